import { type CommonCause, isPlace } from './common-cause.ts';

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

const worstFirst = ['poor', 'offline', 'fair', 'low', 'unsteady'] as const;

/** One state for each agent of the group. */
export const groupState = (members: readonly MemberState[]): GroupState => ({
  total: members.length,
  open: members.filter((state) => state !== 'over').length,
  states: worstFirst.filter((state) => members.includes(state)),
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
