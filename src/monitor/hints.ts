import type { AgentId } from '../platform/agent.ts';
import type { Clock } from '../platform/clock.ts';
import { asAppError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import type { Hint, Hints } from '../platform/store.ts';

/** Hints come in bursts: one targeted poll for all of them, and not one after another. */
const betweenPollsMs = 5000;
/** After a targeted poll that could read nothing. */
const afterFailureMs = 60_000;
/** More than these are read by a whole poll: it asks once for all. */
export const mostHints = 20;
const mostRemembered = 1000;

/** Agents that something hinted at, until they are read. Times by the monotonic clock. */
export interface HintQueue {
  /** Stored, since another instance may be the one that polls. While the store is down they are remembered here. */
  add(agents: readonly AgentId[]): Promise<void>;
  /** What waits by now; at most one more than a targeted poll reads. */
  waiting(): Promise<readonly Hint[]>;
  /** When a targeted poll may be made. */
  dueAt(): number;
  /** A whole poll, or a targeted one, has read them. */
  done(hints: readonly Hint[]): Promise<void>;
  /** Nothing could be read. */
  failed(): void;
}

interface HintPorts {
  readonly account: string;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Logger;
  readonly store: { readonly hints: Hints };
}

export const createHintQueue = ({ account, clock, log, store }: HintPorts): HintQueue => {
  let dueAt = 0;
  let unstored: readonly AgentId[] = [];

  const storeAgain = async (): Promise<void> => {
    const agents = unstored;
    if (agents.length === 0) return;
    await store.hints.add(account, agents);
    unstored = unstored.filter((agent) => !agents.includes(agent));
  };

  return {
    add: async (agents) => {
      try {
        await store.hints.add(account, agents);
      } catch (error) {
        log.warn('hint.not-stored', { code: asAppError(error).code });
        unstored = [...new Set([...unstored, ...agents])].slice(-mostRemembered);
      }
    },
    waiting: async () => {
      await storeAgain();
      return store.hints.waiting(account, mostHints + 1);
    },
    dueAt: () => dueAt,
    done: async (hints) => {
      dueAt = clock.monotonic() + betweenPollsMs;
      await store.hints.done(account, hints);
    },
    failed: () => {
      dueAt = clock.monotonic() + afterFailureMs;
    },
  };
};
