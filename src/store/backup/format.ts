import { z } from 'zod';
import { everyCollection } from '../open.ts';

/** In the order in which a backup holds them. */
export const tablesBackedUp = everyCollection
  .filter(({ backUp }) => backUp)
  .flatMap(({ tables }) => tables);

const names: ReadonlySet<string> = new Set(tablesBackedUp.map(({ name }) => name));

/** The first line. `schema` names the migrations that made the tables. */
export const Head = z.object({
  format: z.literal('pingplotter-teams-bot backup'),
  version: z.literal(1),
  schema: z.array(z.string()),
});
export type Head = z.infer<typeof Head>;

/** Every line between. The columns of both databases hold texts, numbers and NULL only. */
export const Line = z.object({
  table: z.string().refine((name) => names.has(name)),
  row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type Line = z.infer<typeof Line>;

const Check = z.discriminatedUnion('intact', [
  z.object({ intact: z.literal(true), entries: z.number() }),
  z.object({ intact: z.literal(false), brokenAt: z.number() }),
]);

/**
 * The last line. Without it the file was cut off. Older backups have the rows only: they show neither
 * whether the file was changed nor how the audit log was.
 */
export const End = z.object({
  rows: z.number(),
  /** Of all lines before, each with a line feed. */
  sha256: z.string().exactOptional(),
  /** The audit log when it was backed up. */
  audit: Check.exactOptional(),
});
export type End = z.infer<typeof End>;
