import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Measured } from './sweep-child.ts';

/** A process of `sweep-child.ts`. */
export interface Child<T> {
  readonly answer: T;
  round(): Promise<Measured>;
  /** Told of each message that comes. */
  listen(heard: (message: unknown) => void): void;
  end(): void;
}

export const inChild = async <T>(...args: readonly string[]): Promise<Child<T>> => {
  const child = fork(fileURLToPath(new URL('sweep-child.js', import.meta.url)), args);
  const [answer] = await once(child, 'message');
  return {
    answer,
    round: async () => {
      child.send('go');
      const [measured] = await once(child, 'message');
      return measured;
    },
    listen: (heard) => void child.on('message', heard),
    end: () => child.send('end'),
  };
};
