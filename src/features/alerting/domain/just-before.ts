import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';
import type { OwnChange } from '../../changes/domain/own-change.ts';
import { ConnectionChange } from '../../fleet/domain/connection-change.ts';

const acts = ['rename', 'resume', 'reconnect'] as const;

/** A change shortly before a problem: it says what, not that it is the cause. Its texts come from outside: escape them. */
export const JustBefore = z
  .object({
    what: z.enum([...ConnectionChange.unwrap().shape.what.options, ...acts]),
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
    /** Whose act it was; absent = the bot's own. */
    by: z.string().exactOptional(),
    /** When it was, or a poll first saw it, in ms since 1970. */
    at: z.number(),
    /** Both came between the same two polls: nobody knows which was first. */
    isUnsure: z.literal(true).exactOptional(),
  })
  .readonly();
export type JustBefore = z.infer<typeof JustBefore>;

/** A change that is older than this is none that came just before. */
const spanMs = 30 * 60_000;

/** The nearest one. `own` are acts on this agent; those on other sessions than these say nothing. */
export const findJustBefore = (
  since: number,
  sessions: readonly string[],
  changes: readonly ConnectionChange[],
  own: readonly OwnChange[],
): JustBefore | undefined => {
  if (changes.length === 0 && own.length === 0) return undefined;
  const found: readonly JustBefore[] = [
    ...changes.flatMap(({ after, ...change }) => {
      if (change.at <= since) return [change];
      return after < since ? [{ ...change, isUnsure: true as const }] : [];
    }),
    ...own.flatMap((one) => actBefore(since, sessions, one)),
  ];
  return found.filter(({ at }) => since - at <= spanMs).toSorted((a, b) => b.at - a.at)[0];
};

const actBefore = (
  since: number,
  sessions: readonly string[],
  { kind, session, at, by, name }: OwnChange,
): readonly JustBefore[] => {
  const what = acts.find((act) => act === kind);
  if (what === undefined || at === undefined || at > since) return [];
  if (session !== undefined && !sessions.includes(session)) return [];
  return [{ what, at, ...optional('by', by), ...optional('to', name) }];
};

/** What all of them share: the same change, however far apart in time. */
export interface CommonChange {
  readonly change: JustBefore;
  /** When the last of them had it, in ms since 1970. */
  readonly until: number;
}

/** Of several problems, the change that came before each. An address is another one for each agent. */
export const commonChange = (
  all: readonly (JustBefore | undefined)[],
): CommonChange | undefined => {
  const known = all.filter((one) => one !== undefined).toSorted((a, b) => a.at - b.at);
  const [first] = known;
  if (first === undefined || known.length < all.length) return undefined;
  if (known.some(({ what, by }) => what !== first.what || by !== first.by)) return undefined;
  const { from: _, to: __, ...change } = first;
  const isUnsure = known.some((one) => one.isUnsure === true);
  return {
    change: { ...change, ...(isUnsure ? { isUnsure: true as const } : {}) },
    until: known.at(-1)?.at ?? first.at,
  };
};
