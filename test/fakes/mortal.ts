/** The process was killed: nothing that it does has an effect any more. */
export class Killed extends Error {}

export interface Mortal {
  /** As the ports, until the process is killed. Each call is a step before it begins, and one after it has taken effect. */
  readonly bind: <T extends object>(ports: T) => T;
  readonly isDead: () => boolean;
  readonly steps: () => number;
}

/** A process that is killed at its step `last`. What a transaction did is rolled back, if it was not over. */
export const mortal = (last = Number.POSITIVE_INFINITY): Mortal => {
  let steps = 0;
  const step = (): void => {
    if (steps < last) steps += 1;
    if (steps >= last) throw new Killed('killed');
  };
  const bind = <T extends object>(ports: T): T =>
    new Proxy(ports, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        if (typeof found === 'object' && found !== null) return bind(found);
        if (typeof found !== 'function') return found;
        return async (...args: readonly unknown[]): Promise<unknown> => {
          step();
          const result: unknown = await Reflect.apply(
            found,
            target,
            name === 'transaction' ? args.map(bindWork) : args,
          );
          step();
          return result;
        };
      },
    });
  const bindWork = (work: unknown): unknown =>
    typeof work === 'function' ? (tx: object) => Reflect.apply(work, undefined, [bind(tx)]) : work;
  return { bind, isDead: () => steps >= last, steps: () => steps };
};
