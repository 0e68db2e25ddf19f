import type { MemberState } from '../../core/group.ts';
import type { ToldMember } from '../../core/told-group.ts';
import type { Reader } from '../../core/turn.ts';
import { execute } from '../action.ts';
import { plainName } from '../outside-text.ts';
import { bold, subtle } from '../rich-text.ts';
import { shownCell } from '../shown.ts';
import { clock } from '../time.ts';

/** Several targets of one agent are one row, which shows the worst of them. */
export const worstOfEach = (members: readonly ToldMember[]): readonly ToldMember[] => {
  const worst = members.toSorted(worseFirst);
  const seen = new Map(worst.toReversed().map((member) => [member.agentId, member]));
  return worst.filter((member) => seen.get(member.agentId) === member);
};

const states: readonly MemberState[] = ['poor', 'offline', 'fair', 'low', 'unsteady', 'over'];

const worseFirst = (a: ToldMember, b: ToldMember): number =>
  states.indexOf(a.state) - states.indexOf(b.state) ||
  (a.shown.score ?? 0) - (b.shown.score ?? 0) ||
  a.since - b.since ||
  a.number - b.number;

export const memberRow = (member: ToldMember, reader: Reader) => {
  const { agentId, agentName, target, since } = member;
  const to = target === undefined ? '' : ` → ${plainName(target, 30)}`;
  return {
    open: execute(`Open ${plainName(agentName, 40)}`, 'agent.show', { agent: agentId }),
    name: [bold(`${plainName(agentName, 60)}${to}`), subtle(`  ${clock(since, reader)}`)],
    ...stateOf(member),
  };
};

const stateOf = ({ state, shown }: ToldMember) =>
  state === 'unsteady'
    ? { ...shownCell(shown), state: 'Unsteady', color: 'Default' }
    : shownCell(shown);
