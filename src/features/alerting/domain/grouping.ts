import { z } from 'zod';
import type { AgentId } from '../../../platform/agent.ts';
import { isPlace, type Trait } from '../../diagnosis/domain/traits.ts';

/** 'missing' = it did not come when its hours began, 'limit' = a limit of the watch is exceeded, 'low' = its score is below the bound of the watch, 'over' = it has recovered. */
export type MemberState =
  | 'poor'
  | 'offline'
  | 'missing'
  | 'fair'
  | 'low'
  | 'limit'
  | 'unsteady'
  | 'over';

export interface GroupState {
  readonly total: number;
  readonly open: number;
  /** The states of the open problems, worst first. */
  readonly states: readonly Exclude<MemberState, 'over'>[];
}

const spoken = {
  poor: 'Poor',
  offline: 'offline',
  missing: 'missing',
  fair: 'Fair',
  low: 'below the score',
  limit: 'over a limit',
  unsteady: 'unsteady',
} as const satisfies Record<Exclude<MemberState, 'over'>, string>;

const byWorstReading = ['poor', 'offline', 'missing', 'fair', 'low', 'limit', 'unsteady'] as const;

/** `members` has one state for each agent. */
export const groupState = (members: readonly MemberState[]): GroupState => ({
  total: members.length,
  open: members.filter((state) => state !== 'over').length,
  states: byWorstReading.filter((state) => members.includes(state)),
});

/** What a member of a group came to: who left by anything else than recovering is not called fine. */
export type GroupEnd = 'over' | 'usual' | 'closed' | 'gone' | 'elsewhere' | 'unwatched';

const ended = {
  over: 'fine again',
  usual: 'away as usual',
  closed: 'closed',
  gone: 'deleted',
  elsewhere: 'not in the account that is read now',
  unwatched: 'not watched any more',
} as const satisfies Record<GroupEnd, string>;

const byBestEnd = ['over', 'usual', 'closed', 'gone', 'elsewhere', 'unwatched'] as const;

/** Like `14 agents at Boise are Poor or offline`. It contains text from outside: escape it. */
export const groupTitle = (
  { total, open, states }: GroupState,
  cause: Trait | undefined,
  ends: readonly GroupEnd[] = ['over'],
): string => {
  const where = cause === undefined ? '' : ` ${describeCause(cause)}`;
  if (open === 0) {
    const came = byBestEnd.filter((end) => ends.includes(end)).map((end) => ended[end]);
    return `${agents(total)}${where} ${total === 1 ? 'is' : 'are'} ${came.join(' or ')}`;
  }
  if (states.every((state) => state === 'missing')) return `${agents(open)}${where} did not come`;
  const verb = open === 1 ? 'is' : 'are';
  return `${agents(open)}${where} ${verb} ${states.map((state) => spoken[state]).join(' or ')}`;
};

const agents = (count: number): string => `${count} ${count === 1 ? 'agent' : 'agents'}`;

const describeCause = (cause: Trait): string => {
  const { kind, name, value } = cause;
  switch (kind) {
    case 'gateway':
    case 'line':
      return `behind ${value}`;
    case 'target':
      return `→ ${value}`;
    case 'prefix':
      return `at ${value}`;
    case 'vpn':
      return 'on the VPN';
    case 'pool':
      return `on the VPN at ${value}`;
    case 'field':
      return isPlace(cause) ? `at ${value}` : `with ${name} ${value}`;
    default:
      return `with ${value}`;
  }
};

/** From so many agents on, the problems of one conversation share a card (contract, Alerts). */
const groupFrom = 3;
/** A group is posted again when it has grown so much since its last message (contract, Alerts). */
const worseShare = 2;

/** The beginning of one problem. */
export interface Beginning {
  readonly id: string;
  readonly agent: AgentId;
  /** ms since 1970 */
  readonly raisedAt: number;
}

/** Problems that begin within it belong together (contract, Alerts). */
export const groupWindowMs = 2 * 60_000;

/** Whether so many problems share a card. */
export const isGroup = (members: readonly Pick<Beginning, 'agent'>[]): boolean =>
  new Set(members.map(({ agent }) => agent)).size >= groupFrom;

/** True if a group needs a new post, because an update of its card makes no toast. */
export const isMuchWorse = (openWhenPosted: number, openNow: number): boolean =>
  openNow >= openWhenPosted * worseShare;

/** How many cards these problems of one conversation would make. */
export const countCards = (problems: readonly Beginning[], windowMs: number): number => {
  const inOrder = problems.toSorted((a, b) => a.raisedAt - b.raisedAt);
  const together: Beginning[][] = [];
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
    /** Up to version 0.1 a group had a watch instead: then its members say where it is. */
    conversationKey: z.string().exactOptional(),
    /** How many agents were bad when its card was last posted. */
    posted: z.number(),
    /** True if a member recovered. If all were deleted or closed instead, the end is no news. */
    recovered: z.boolean(),
    /** So many more members were away as usual all along than came back; below 0 it is the other way round. */
    usual: z.number().exactOptional(),
  })
  .readonly();
export type OpenGroup = z.infer<typeof OpenGroup>;
