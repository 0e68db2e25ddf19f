import type { AgentId } from './agent.ts';

/** From so many agents on, problems of one watch share a card. */
const groupFrom = 3;
/** A group is posted anew when half again as many are bad as when it was posted last, and at least three more. */
const worseShare = 1.5;
const worseBy = 3;

/** One open problem of one watch. */
export interface Problem {
  readonly id: string;
  readonly agent: AgentId;
  /** ms since 1970 */
  readonly raisedAt: number;
  /** The card that it shares with others. */
  readonly group?: string;
}

/** Where problems that were just raised are told: each on its own card, or all on one. */
export type Placement =
  | { readonly kind: 'alone' }
  | {
      readonly kind: 'group';
      /** The group that they join; absent = they found one. */
      readonly group?: string;
      /** All that move in, with those that were told alone a moment ago. */
      readonly members: readonly Problem[];
    };

/** Problems a minute apart may be seen up to one sweep further apart; ms. */
export const groupWindowMs = (pollSeconds: number): number =>
  60_000 + Math.min(pollSeconds, 60) * 1000;

/** `raised` = what one sweep raised for one watch; `open` = the problems of that watch that are open already. */
export const placeProblems = (
  open: readonly Problem[],
  raised: readonly Problem[],
  windowMs: number,
  now: number,
): Placement => {
  const recent = open.filter(({ raisedAt }) => now - raisedAt <= windowMs);
  const group = recent.find((one) => one.group !== undefined)?.group;
  const members = [...recent.filter((one) => one.group === undefined), ...raised];
  if (group !== undefined) return { kind: 'group', group, members };
  return isGroup(members) ? { kind: 'group', members } : { kind: 'alone' };
};

const isGroup = (members: readonly Problem[]): boolean =>
  new Set(members.map(({ agent }) => agent)).size >= groupFrom;

/** Whether a group has become so much worse that people are told anew instead of by an update. */
export const isMuchWorse = (openWhenPosted: number, openNow: number): boolean =>
  openNow >= openWhenPosted * worseShare && openNow - openWhenPosted >= worseBy;

/** How many cards all these problems of one watch make when those that come together share one. */
export const countCards = (problems: readonly Problem[], windowMs: number): number => {
  const inOrder = problems.toSorted((a, b) => a.raisedAt - b.raisedAt);
  const together: Problem[][] = [];
  for (const [at, problem] of inOrder.entries()) {
    const last = together.at(-1);
    const gapMs = problem.raisedAt - (inOrder[at - 1]?.raisedAt ?? -Infinity);
    if (last !== undefined && gapMs <= windowMs) last.push(problem);
    else together.push([problem]);
  }
  return together.reduce((cards, members) => cards + (isGroup(members) ? 1 : members.length), 0);
};
