import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { SessionAction } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import { ownChangeLifetimeMs } from '../changes/domain/own-change.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { Schedule } from './domain/schedule.ts';
import type { ScheduleJobPorts as Ports, ScheduleCollections } from './ports.ts';

/** The right to work on schedules, as long as nobody else has it. */
export interface Claim {
  readonly holder: string;
  readonly signal: AbortSignal;
}

/** Renewed with each agent; one agent takes far less. */
export const leaseMs = 60_000;
/** What fails for now is tried again then. */
export const retryMs = 60_000;

/** For one call: many that listen to the same signal at once look like a leak to Node. */
export const ownSignal = ({ signal }: Claim): AbortSignal => AbortSignal.any([signal]);

/** The schedule was ended meanwhile, or another instance works on it. */
export class ClaimLost extends Error {}

export const requireClaim = async (
  { schedules }: Pick<ScheduleCollections, 'schedules'>,
  { id }: Schedule,
  { holder, signal }: Claim,
): Promise<void> => {
  signal.throwIfAborted();
  if (!(await schedules.extend(id, holder, leaseMs))) throw new ClaimLost();
};

/** Works on all of them, so many at once. What fails ends the work on the others, too. */
export const atMost = async <T>(
  many: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: Math.min(many, items.length) }, async () => {
      for (const item of rest) await work(item);
    }),
  );
};

/** Notes what the bot is about to do itself, before it does: a poll in between must not announce it. */
export const suppress = async (
  { ownChanges, clock, pollSeconds }: Ports,
  account: string,
  agent: AgentId,
  kind: SessionAction,
  session?: SessionId,
): Promise<void> => {
  const at = clock.now();
  const until = at + ownChangeLifetimeMs(pollSeconds);
  await ownChanges.add(account, { agent, kind, at, until, ...optional('session', session) });
};

/** What the agents of an account are called, as far as the fleet was read. */
export const agentNames = (
  { fleets }: Pick<Ports, 'fleets'>,
  account: string,
): ReadonlyMap<AgentId, string> =>
  new Map(fleets.last(account)?.agents.map(({ agent }) => [agent.id, fullName(agent)]));

/** Writes down what was done to an agent in the name of who made the schedule. */
export const audit = async (
  tx: ScheduleCollections,
  schedule: Schedule,
  entry: {
    readonly action: 'agent.pause' | 'agent.resume';
    readonly agentId: AgentId;
    readonly agentName: string;
    readonly at: number;
    readonly result: string;
    readonly tenantId: string | undefined;
    readonly by?: { readonly id: string; readonly name: string };
  },
): Promise<void> => {
  const { tenantId, by = schedule.by, agentName, ...rest } = entry;
  if (tenantId === undefined) return;
  await tx.audit.append({
    ...rest,
    account: schedule.account,
    conversationKey: schedule.conversationKey,
    tenantId,
    personId: by.id,
    personName: by.name,
    agentName: agentName.slice(0, 200),
    detail: `by schedule ${schedule.number}`,
    correlationId: schedule.id,
  });
};
