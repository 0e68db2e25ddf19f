import type { AgentId } from '../../platform/agent.ts';
import { asAppError, type ErrorCode } from '../../platform/errors.ts';
import { forOne } from './carry-out.ts';
import type { BulkJob, BulkMember } from './domain/job.ts';
import type { MemberNow } from './domain/member.ts';
import type { Gate } from './gate.ts';
import type { RunnerPorts } from './ports.ts';
import { type ReadPorts, readAllMembers, readMember } from './read-members.ts';

interface Ports extends Pick<RunnerPorts, 'clock' | 'pingPlotter' | 'store'> {
  readonly gate: Gate;
  readonly halt: AbortSignal;
}

/** As it is now; gone; or why it could not be read. */
export type Read = MemberNow | 'gone' | ErrorCode;

export interface Reading {
  /** Nothing where it is gone. Rejects when it cannot be read. */
  one(id: AgentId): Promise<MemberNow | undefined>;
  /** These agents, and when they were read by the monotonic clock. Rejects when PingPlotter does not answer for long. */
  some(
    members: readonly BulkMember[],
  ): Promise<{ readonly at: number; readonly as: (id: AgentId) => Read }>;
}

/** Up to there each agent is read by itself. */
const readSingly = 40;
/** What was read of all agents counts so long, in ms. */
const freshMs = 3000;

/** The agents of a job as they are right before their change. */
export const createReading = (ports: Ports, job: BulkJob): Reading => {
  const { clock, gate, halt, pingPlotter, store } = ports;
  const { account, act, id } = job;
  const reading: ReadPorts = {
    api: pingPlotter(account).once,
    clock,
    call: (work) => gate.call(work, halt),
    sessions: store.sessions,
  };
  const listing: ReadPorts = {
    ...reading,
    call: (work) => gate.call(work, halt, { is: 'list' }),
  };
  let all: { readonly at: number; readonly found: ReadonlyMap<AgentId, MemberNow> } | undefined;
  const one = (agent: AgentId) => patiently(ports, () => readMember(reading, account, agent, act));
  const each = async (members: readonly BulkMember[]): Promise<ReadonlyMap<AgentId, Read>> =>
    new Map(
      await Promise.all(
        members.map(async ({ agentId }): Promise<readonly [AgentId, Read]> => {
          const now = await one(agentId).catch((error: unknown) => {
            halt.throwIfAborted();
            return asAppError(error).code;
          });
          return [agentId, now ?? 'gone'];
        }),
      ),
    );
  const list = async (): Promise<NonNullable<typeof all> | ErrorCode> => {
    const at = clock.monotonic();
    if (all !== undefined && at - all.at <= freshMs) return all;
    try {
      const found = await patiently(ports, () => readAllMembers(listing, account, act));
      all = { at, found };
      return all;
    } catch (error) {
      const { code } = asAppError(error);
      if (final.has(code)) return code;
      throw error;
    }
  };
  return {
    one,
    some: async (members) => {
      const waiting = (await store.bulkJobs.counts([id])).get(id)?.waiting ?? 0;
      if (all === undefined && waiting <= readSingly) {
        const at = clock.monotonic();
        const found = await each(members);
        return { at, as: (agent) => found.get(agent) ?? 'gone' };
      }
      const listed = await list();
      if (typeof listed === 'string') return { at: clock.monotonic(), as: () => listed };
      const { at, found } = listed;
      // A list also leaves out what it holds in a form that cannot be read.
      const others = await each(members.filter(({ agentId }) => !found.has(agentId)));
      return { at, as: (agent) => found.get(agent) ?? others.get(agent) ?? 'gone' };
    },
  };
};

const mostTries = 5;

/** Reads again what could not be read for a while: nothing is changed before it was read. */
const patiently = async <T>(
  { clock, halt }: Pick<Ports, 'clock' | 'halt'>,
  read: () => Promise<T>,
): Promise<T> => {
  for (let made = 1; ; made += 1)
    try {
      return await read();
    } catch (error) {
      if (final.has(asAppError(error).code) || made >= mostTries || halt.aborted) throw error;
      await clock.sleep(500 * 2 ** made, forOne(halt));
    }
};

/** Nothing else comes of asking again. */
const final: ReadonlySet<ErrorCode> = new Set(['key-wrong', 'permission-missing', 'rejected']);
