import { z } from 'zod';
import type { AgentId } from '../../../platform/agent.ts';
import { type CommonCause, isPlace } from '../../diagnosis/domain/common-cause.ts';

/** 'low' = its score is below the bound of the watch, 'over' = it has recovered. */
export type MemberState = 'poor' | 'offline' | 'fair' | 'low' | 'unsteady' | 'over';

export interface GroupState {
  readonly total: number;
  readonly open: number;
  /** The states of the open problems, worst first. */
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

/** `members` has one state for each agent. */
export const groupState = (members: readonly MemberState[]): GroupState => ({
  total: members.length,
  open: members.filter((state) => state !== 'over').length,
  states: byWorstReading.filter((state) => members.includes(state)),
});

/** Like `14 agents at Boise are Poor or offline`. It contains text from outside: escape it. */
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

/** The number of agents from which the problems of one watch share a card. */
const groupFrom = 3;
/**
 * A group is posted again if half again as many agents are bad as at the last post, and at least
 * three more.
 */
const worseShare = 1.5;
const worseBy = 3;

/** One open problem of one watch. */
export interface Problem {
  readonly id: string;
  readonly agent: AgentId;
  /** ms since 1970 */
  readonly raisedAt: number;
  /** The group whose card shows it. */
  readonly group?: string;
}

/** Whether new problems get a card each, or share one. */
export type Placement =
  | { readonly kind: 'alone' }
  | {
      readonly kind: 'group';
      /** The group that they join. Absent = they form a new one. */
      readonly group?: string;
      /** The new problems, and recent ones that had their own card until now. */
      readonly members: readonly Problem[];
    };

/** In ms. Problems that begin a minute apart may be observed up to one poll further apart. */
export const groupWindowMs = (pollSeconds: number): number =>
  60_000 + Math.min(pollSeconds, 60) * 1000;

/** `raised` = what one poll raised for one watch. `open` = its problems that were open before. */
export const groupProblems = (
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

/** True if a group needs a new post, because an update of its card makes no toast. */
export const isMuchWorse = (openWhenPosted: number, openNow: number): boolean =>
  openNow >= openWhenPosted * worseShare && openNow - openWhenPosted >= worseBy;

/** How many cards these problems of one watch would make. */
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

/** A group whose end was not notified yet. */
export const OpenGroup = z
  .object({
    watchId: z.string(),
    /** How many agents were bad when its card was last posted. */
    posted: z.number(),
    /** True if a member recovered. If all were deleted or closed instead, the end is no news. */
    recovered: z.boolean(),
  })
  .readonly();
export type OpenGroup = z.infer<typeof OpenGroup>;
