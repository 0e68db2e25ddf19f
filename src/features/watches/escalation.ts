import { wordsBeside } from '../../chat/command-line.ts';
import { findMember, isTypedPerson, type Roster } from '../../chat/person.ts';
import type { Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { unquoted } from '../../shared/text.ts';
import { describeEscalateTo, type EscalateTo, type WatchRule } from './domain/watch.ts';
import type { TypedWatch } from './parse.ts';

interface Ports {
  readonly roster: Roster;
}

/**
 * The rule with whom its escalation means. `before` = that of the watch that a form changes: a name
 * that is left as it is means the same person. Throws as findMember.
 */
export const withEscalation = async (
  ports: Ports,
  turn: Turn,
  { escalation, ...rule }: TypedWatch,
  before?: WatchRule,
): Promise<WatchRule> => {
  if (escalation === undefined) return rule;
  const { to: typed, afterMs } = escalation;
  const known = before?.escalate?.to;
  const isSame = known !== undefined && describeEscalateTo(known) === typed.trim();
  const to = isSame ? known : await whom(ports, turn, typed);
  return { ...rule, ...optional('escalate', { to, afterMs }) };
};

const whom = async (ports: Ports, turn: Turn, typed: string): Promise<EscalateTo> => {
  const field = /^field\.(.+)$/iu.exec(typed.trim())?.[1];
  if (field !== undefined) return { field: unquoted(field) };
  const [mentioned, ...others] = turn.mentions;
  if (others.length > 0) throw refusal('bad-input', 'person.one-at-a-time');
  if (mentioned !== undefined && wordsBeside(mentioned, typed) === '')
    return { person: await findMember(ports)(turn.scope, mentioned) };
  const who = typed.trim();
  if (!isTypedPerson(who)) throw refusal('bad-input', 'person.by-mention', { typed: who });
  return { person: await findMember(ports)(turn.scope, who) };
};
