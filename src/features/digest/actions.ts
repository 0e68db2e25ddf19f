import type { BotPorts } from '../../app.ts';
import { requireVoiceHere } from '../../chat/person.ts';
import { tellDone } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { optional } from '../../shared/optional.ts';
import { statement } from '../../ui/plain-cards.ts';
import { digestSetCard } from './cards/digest-set.ts';
import { digestHere, endDigest, sendDigest, setDigest } from './digests.ts';
import { describeDigest, parseDigest } from './domain/schedule.ts';

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
