import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from './log.ts';

/** One id for all that a turn, a poll or a notification brings about. */
export interface Correlation {
  /** Runs the work, and whatever it starts, under this id; without one, under none. */
  within<T>(id: string | undefined, work: () => T): T;
  current(): string | undefined;
}

interface Work {
  readonly of: Correlation;
  readonly id: string | undefined;
}

/** One for all: Node carries each that was ever used through every promise from then on. */
const works = new AsyncLocalStorage<Work>();

/**
 * Follows the work by itself through everything that is awaited. Handed on by argument instead, the id
 * would stand in every method of PingPlotter's and the messenger's ports and in each use-case between.
 */
export const createCorrelation = (): Correlation => {
  const correlation: Correlation = {
    within: (id, work) => works.run({ of: correlation, id }, work),
    current: () => {
      const work = works.getStore();
      return work?.of === correlation ? work.id : undefined;
    },
  };
  return correlation;
};

/** Each line says which turn, poll or notification it belongs to, unless it says so by itself. */
export const correlatedLog = (log: Logger, { current }: Correlation): Logger => {
  const entry =
    (level: keyof Logger): Logger['info'] =>
    (message, fields) => {
      const correlationId = current();
      log[level](message, correlationId === undefined ? fields : { correlationId, ...fields });
    };
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') };
};
