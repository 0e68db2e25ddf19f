import { z } from 'zod';
import { ListPlace } from '../../fleet/domain/list.ts';

/** What somebody chose to act on: a list of agents, or those that share machines. */
export const PickedFrom = z.object({
  list: ListPlace.optional(),
  machines: z.literal(true).optional(),
});
export type PickedFrom = z.infer<typeof PickedFrom>;

/** Boxes on one card: a longer list is no help, and a card has its size. */
export const mostOffered = 25;

const idsIn = (ticked: string): ReadonlySet<string> =>
  new Set(ticked.split(',').filter((id) => id !== ''));

/** A multiple choice sends its values with commas between them. */
export const mayBeOffered = (id: string): boolean => !id.includes(',') && id === id.trim();

/**
 * Whether an agent is meant: of those that were offered only who is ticked, and of the others who was in the list beyond
 * them. `offered` is absent where the card offered all that there were: then nobody else is meant.
 */
export const isMeant = (
  ticked: string,
  offered: readonly string[] | undefined,
): ((id: string) => boolean) => {
  const inside = idsIn(ticked);
  if (offered === undefined) return (id) => inside.has(id);
  const shown = new Set(offered);
  return (id) => !shown.has(id) || inside.has(id);
};
