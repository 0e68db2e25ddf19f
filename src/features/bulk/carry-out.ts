import type { AgentId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AppError, asAppError } from '../../platform/errors.ts';
import type { PingPlotterCalls } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import type { BulkJob, BulkMember } from './domain/job.ts';
import { afterDoubt, type BulkCall, type MemberNow, nextStep } from './domain/member.ts';
import { afterEvent, type MemberEvent, newMember } from './domain/member-state.ts';
import type { Gate } from './gate.ts';
import type { MemberOutcome } from './store.ts';

export interface CarryPorts {
  readonly api: PingPlotterCalls;
  readonly clock: Clock;
  readonly gate: Gate;
  /** The agent as it is now; nothing where it is gone. */
  readonly read: (id: AgentId) => Promise<MemberNow | undefined>;
  /** Aborted when no call may begin any more. */
  readonly signal: AbortSignal;
}

/** An agent whose calls are about to be made, as it was read right before. */
export interface Ready {
  readonly member: BulkMember;
  readonly calls: readonly BulkCall[];
  readonly now: MemberNow;
  /** When it was read, by the monotonic clock. */
  readonly readAt: number;
}

export interface Carried extends MemberOutcome {
  /** The HTTP status of PingPlotter's last refusal. */
  readonly status?: number;
}

/** What fails for a while is tried again after so long, in ms; then twice that. */
const firstWaitMs = 1000;

/**
 * Changes one agent. What was answered by a 5xx, or not at all, is read again and repeated only if it was not done; a
 * reconnect is not repeated, for nothing shows it. Never rejects.
 */
export const carryOut = async (
  ports: CarryPorts,
  job: BulkJob,
  { member, ...ready }: Ready,
): Promise<Carried> => {
  const { clock, signal } = ports;
  const { place } = member;
  let { calls, readAt } = ready;
  let progress = newMember;
  const pass = (event: MemberEvent): void => {
    progress = afterEvent(job.act, progress, event);
  };
  for (;;) {
    const failure = await makeCalls(ports, member.agentId, calls, readAt, () => pass('begin'));
    if (failure === undefined) return { place, state: 'done' };
    if (failure === 'stopped') return { place, state: 'waiting' };
    if (failure === 'stale') {
      const now = await readAgain(ports, member.agentId);
      readAt = clock.monotonic();
      if (now === 'unreadable') return { place, state: 'failed', why: 'unavailable' };
      const step = nextStep(job, member, now, clock.now());
      if ('leftOut' in step) return { place, state: 'left-out', why: step.leftOut };
      calls = step.calls;
      continue;
    }
    const ended = (): Carried => ({
      place,
      state: progress.state,
      why: failure.code,
      ...optional('status', failure.detail.status),
    });
    const waitMs = firstWaitMs * 2 ** (progress.calls - 1);
    if (failure.detail.ambiguous === true) {
      pass('doubt');
      if (progress.state === 'not-known') return ended();
      await clock.sleep(waitMs, forOne(signal)).catch(() => {});
      const now = await readAgain(ports, member.agentId);
      if (now === 'unreadable') {
        // Read when the job goes on: until then it counts as in flight.
        if (signal.aborted) return { place, state: 'in-flight' };
        pass('unreadable');
        return ended();
      }
      const step = nextStep(job, member, now, clock.now());
      const found = afterDoubt(job, step);
      if (found !== 'seen' && found !== 'unseen') return { place, state: 'left-out', why: found };
      pass(found);
      if (progress.state === 'done') return { place, state: 'done' };
      if ('calls' in step) calls = step.calls;
      readAt = clock.monotonic();
    } else if (failure.code === 'not-found') return { place, state: 'left-out', why: 'gone' };
    else if (passing.has(failure.code)) {
      pass('not-made');
      if (progress.state === 'waiting') await clock.sleep(waitMs, forOne(signal)).catch(() => {});
    } else pass('refused');
    if (progress.state !== 'waiting') return ended();
    if (signal.aborted) return { place, state: 'waiting' };
  }
};

/** The request did not get there: nothing was done, and it may work in a moment. */
const passing: ReadonlySet<AppError['code']> = new Set(['unreachable', 'unavailable']);

/** A 429 may make it wait for long: what was read before that says nothing any more. */
const staleMs = 10_000;

const makeCalls = async (
  { api, clock, gate, signal }: CarryPorts,
  id: AgentId,
  calls: readonly BulkCall[],
  readAt: number,
  onBegin: () => void,
): Promise<AppError | 'stopped' | 'stale' | undefined> => {
  let begun = false;
  for (const call of calls) {
    let failure: AppError | undefined;
    try {
      const answer = await gate.call(
        async () => {
          failure = undefined;
          if (clock.monotonic() - readAt > staleMs) return 'stale';
          if (!begun) onBegin();
          begun = true;
          await makeCall(api, id, call).catch((error: unknown) => {
            failure = asAppError(error);
            throw failure;
          });
          return 'made';
        },
        signal,
        { once: call.call === 'reconnect', is: 'change' },
      );
      if (answer === 'stale') return 'stale';
    } catch (error) {
      // Of several calls, some may be made by then: those that are left show when it is read again.
      const isUnmade = failure === undefined || failure.code === 'rate-limited';
      return isUnmade && signal.aborted ? 'stopped' : asAppError(error);
    }
  }
  return undefined;
};

/** Without a signal: what is under way is finished, so that its outcome is known. */
const makeCall = (api: PingPlotterCalls, id: AgentId, call: BulkCall): Promise<void> => {
  switch (call.call) {
    case 'sessions':
      return api.setSessions(id, call.action);
    case 'session':
      return api.setSession(id, call.session, call.action);
    case 'rename':
      return api.rename(id, call.name);
    case 'reconnect':
      return api.reconnect(id);
    case 'delete':
      return api.remove(id, { uninstall: call.uninstall });
    default:
      return call satisfies never;
  }
};

/** For one wait: many that listen to the same signal at once look like a leak to Node. */
export const forOne = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal]);

const mostReads = 3;

const readAgain = async (
  { read, clock, signal }: CarryPorts,
  id: AgentId,
): Promise<MemberNow | undefined | 'unreadable'> => {
  for (let made = 1; ; made += 1)
    try {
      return await read(id);
    } catch {
      if (made >= mostReads || signal.aborted) return 'unreadable';
      await clock.sleep(firstWaitMs * 2 ** made, forOne(signal)).catch(() => {});
    }
};
