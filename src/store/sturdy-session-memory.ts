import { asAppError } from '../core/errors.ts';
import type { Logger } from '../core/ports.ts';
import type { SessionMemory } from '../core/session-memory.ts';
import { createSessionMemory } from './memory/session-memory.ts';

/**
 * What the store knows of sessions, or while it is down what this process has seen: listing agents
 * and pausing them need no store, and must not fail for want of one.
 */
export const createSturdySessionMemory = (kept: SessionMemory, log: Logger): SessionMemory => {
  const own = createSessionMemory();
  const orElse = async <T>(attempt: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
    try {
      return await attempt();
    } catch (error) {
      log.warn('session memory out of reach', { code: asAppError(error).code });
      return otherwise();
    }
  };
  const both = async (change: (memory: SessionMemory) => Promise<void>): Promise<void> => {
    await change(own);
    await orElse(
      () => change(kept),
      async () => undefined,
    );
  };
  return {
    seen: (account, agent) =>
      orElse(
        () => kept.seen(account, agent),
        () => own.seen(account, agent),
      ),
    all: (account) =>
      orElse(
        () => kept.all(account),
        () => own.all(account),
      ),
    remember: (account, agent, sessions) =>
      both((memory) => memory.remember(account, agent, sessions)),
    rememberAll: (account, seen) => both((memory) => memory.rememberAll(account, seen)),
    markPaused: (account, agent, sessions, by) =>
      both((memory) => memory.markPaused(account, agent, sessions, by)),
    forget: (account, agent) => both((memory) => memory.forget(account, agent)),
  };
};
