import { inject } from 'vitest';
import { z } from 'zod';

/** What the files of a run share, made when the first of them asks. */
const schemas = {
  /** The folder of all built programs. */
  programs: z.string(),
  /** A server, and the name of a database on it to copy. */
  postgres: z.object({ url: z.string(), template: z.string() }),
};

type Shared = { readonly [Name in keyof typeof schemas]: z.infer<(typeof schemas)[Name]> };

export type Starter<Name extends keyof Shared> = () => Promise<{
  readonly value: Shared[Name];
  stop(): void | Promise<void>;
}>;

export type Starters = { readonly [Name in keyof Shared]: Starter<Name> };

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for it. */
    readonly shared: string;
  }
}

const ask = async (name: keyof Shared): Promise<unknown> => {
  const response = await fetch(`${inject('shared')}/${name}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};

export const sharedPrograms = async (): Promise<Shared['programs']> =>
  schemas.programs.parse(await ask('programs'));

export const sharedServer = async (): Promise<Shared['postgres']> =>
  schemas.postgres.parse(await ask('postgres'));
