import { z } from 'zod';
import type { AgentId } from '../../../platform/agent.ts';
import { type CommonCause, isPlace } from '../../diagnosis/domain/common-cause.ts';

/** How an agent of a group is now; 'low' = its score is below the watch's bound, 'over' = it has recovered. */
export type MemberState = 'poor' | 'offline' | 'fair' | 'low' | 'unsteady' | 'over';

export interface GroupState {
  readonly total: number;
  readonly open: number;
  /** The states of those that are still open, worst first. */
  readonly states: readonly Exclude<MemberState, 'over'>[];
}

const spoken = {
  poor: 'Poor',
  offline: 'offline',
  fair: 'Fair',
  low: 'below the score',
  unsteady: 'unsteady',
} as const satisfies Record<Exclude<MemberState, 'over'>, string>;

const byWorstReading = ['poor', 'offline', 'fair', 'low', 'unsteady'] as const;

/** One state for each agent of the group. */
export const groupState = (members: readonly MemberState[]): GroupState => ({
  total: members.length,
  open: members.filter((state) => state !== 'over').length,
  states: byWorstReading.filter((state) => members.includes(state)),
});

/** Like `14 agents at Boise are Poor or offline`: plain text, with outside text in it. */
export const groupTitle = (
  { total, open, states }: GroupState,
  cause: CommonCause | undefined,
): string => {
  const where = cause === undefined ? '' : ` ${describeCause(cause)}`;
  if (open === 0) return `${agents(total)}${where} ${total === 1 ? 'is' : 'are'} fine again`;
  const verb = open === 1 ? 'is' : 'are';
  return `${agents(open)}${where} ${verb} ${states.map((state) => spoken[state]).join(' or ')}`;
};

const agents = (count: number): string => `${count} ${count === 1 ? 'agent' : 'agents'}`;

const describeCause = (cause: CommonCause): string => {
  if (cause.kind === 'gateway') return `behind ${cause.value}`;
  if (cause.kind === 'target') return `→ ${cause.value}`;
  return isPlace(cause) ? `at ${cause.value}` : `with ${cause.name} ${cause.value}`;
};

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

/** Problems a minute apart may be seen up to one poll further apart; ms. */
export const groupWindowMs = (pollSeconds: number): number =>
  60_000 + Math.min(pollSeconds, 60) * 1000;

/** `raised` = what one poll raised for one watch; `open` = the problems of that watch that are open already. */
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

/** A group whose end people have not been told yet. */
export const OpenGroup = z
  .object({
    watchId: z.string(),
    /** How many agents were bad when its card was posted last. */
    posted: z.number(),
    /** One of its members recovered: its end is good news, not just the end of its agents. */
    recovered: z.boolean(),
  })
  .readonly();
export type OpenGroup = z.infer<typeof OpenGroup>;
