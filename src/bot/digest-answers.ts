import { execute } from '../cards/action.ts';
import { digestSetCard } from '../cards/digest-set.ts';
import { plainName } from '../cards/outside-text.ts';
import { dots } from '../cards/rich-text.ts';
import { statement } from '../cards/statement.ts';
import { clock } from '../cards/time.ts';
import { describeDigest, parseDigest } from '../core/digest-schedule.ts';
import { optional } from '../core/optional.ts';
import type { Card, Reply } from '../core/turn.ts';
import { digestHere, endDigest, sendDigest, setDigest } from '../use-cases/set-digest.ts';
import { tellDone } from './answers.ts';
import { type BotPorts, readerOf, requireVoiceHere, type Turn } from './turn.ts';

/** Does what stands after `digest`, typed or pressed. Throws 'bad-input'. */
export const digestAnswer = async (ports: BotPorts, turn: Turn, typed: string): Promise<Reply> => {
  const { scope } = turn;
  const did = { after: typed.trim() };
  const wanted = parseDigest(typed, scope.timeZone);
  if (wanted === 'now') {
    await sendDigest(ports)(scope);
    return tellDone(did, () => statement(onItsWay, onItsWay.title));
  }
  requireVoiceHere(scope, 'Setting a digest');
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  if (wanted !== 'off') {
    const { dueAt } = await setDigest(ports)(scope, wanted);
    const set = { schedule: describeDigest(wanted), ...optional('nextAt', dueAt) };
    return tellDone(did, () => digestSetCard({ ...set, ...by }, reader));
  }
  const { schedule } = await digestHere(ports)(scope);
  await endDigest(ports)(scope);
  const before = optional('before', schedule && describeDigest(schedule));
  return tellDone(did, () => digestSetCard({ ...before, ...by }, reader));
};

const onItsWay = { title: 'A digest is on its way', line: '', actions: [] };

/** When the next digest comes here, if one does. */
export const digestState = async (ports: BotPorts, { scope }: Turn): Promise<Card> => {
  const { schedule, dueAt, by = '' } = await digestHere(ports)(scope);
  if (schedule === undefined || dueAt === undefined) {
    const title = 'No digest comes here';
    const sentence = 'Ask for one with “digest daily at 08:00” or “digest weekly mon at 08:00”.';
    const now = [execute('Send one now', 'digest.set', { when: 'now' })];
    return statement({ title, line: '', sentence, actions: now }, title);
  }
  const title = `A digest comes ${describeDigest(schedule)}`;
  const next = clock(dueAt, readerOf(scope, ports.clock));
  const line = dots([`next ${next}`, `asked for by ${plainName(by)}`]);
  const actions = [
    execute('Send one now', 'digest.set', { when: 'now' }),
    execute('Turn off', 'digest.set', { when: 'off' }),
  ];
  return statement({ title, line, actions }, dots([title, line]));
};
