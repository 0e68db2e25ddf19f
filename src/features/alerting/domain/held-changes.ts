import { z } from 'zod';
import { InventoryChange, isStillSo } from '../../fleet/domain/inventory-changes.ts';
import type { KnownAgents } from '../../fleet/domain/known-agent.ts';

/** A change of the fleet, with the watches of one conversation that it is about. */
export const MatchedChange = z
  .object({ change: InventoryChange, watchIds: z.array(z.string()).readonly() })
  .readonly();
export type MatchedChange = z.infer<typeof MatchedChange>;

/** What a silence holds back in one conversation. */
export const HeldHere = z
  .object({
    changes: z.array(MatchedChange).readonly(),
    /** How many more there were than are listed. */
    more: z.number(),
    /** When the first silence ends that holds one, in ms since 1970. */
    until: z.number(),
  })
  .readonly();
export type HeldHere = z.infer<typeof HeldHere>;

/** By conversation key; plain JSON. */
export const HeldChanges = z.record(z.string(), HeldHere).readonly();
export type HeldChanges = z.infer<typeof HeldChanges>;

/** Under this name they are stored. */
export const heldDocument = 'held-changes';

/** Of one conversation. The document of an account is written as a whole. */
const mostHeld = 200;

export const holdBack = (
  changes: readonly MatchedChange[],
  more: number,
  until: number,
): HeldHere | undefined =>
  changes.length + more === 0
    ? undefined
    : {
        changes: changes.slice(0, mostHeld),
        more: more + Math.max(0, changes.length - mostHeld),
        until,
      };

/** What was held back and is still so, together with what is new. An agent that was renamed twice was renamed once. */
export const joined = (
  held: readonly MatchedChange[],
  fresh: readonly MatchedChange[],
  known: Pick<KnownAgents, 'get'>,
): readonly MatchedChange[] => {
  const renamedAgain = new Set(
    fresh.filter(({ change }) => change.kind === 'renamed').map(({ change }) => change.agent),
  );
  const firstNames = new Map<string, string>();
  for (const { change } of held)
    if (change.kind === 'renamed' && change.was !== undefined)
      firstNames.set(change.agent, change.was);
  const before = held.filter(
    ({ change }) =>
      !(change.kind === 'renamed' && renamedAgain.has(change.agent)) && isStillSo(change, known),
  );
  const now = fresh.flatMap((one) => {
    const was = one.change.kind === 'renamed' ? firstNames.get(one.change.agent) : undefined;
    if (was === undefined) return [one];
    return was === one.change.name ? [] : [{ ...one, change: { ...one.change, was } }];
  });
  return [...before, ...now];
};

/** When the first silence ends that holds something back, in ms since 1970. */
export const heldUntil = (held: HeldChanges): number | undefined => {
  const ends = Object.values(held).map(({ until }) => until);
  return ends.length === 0 ? undefined : Math.min(...ends);
};
