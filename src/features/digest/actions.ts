import { z } from 'zod';
import { defineAction } from '../../chat/define-action.ts';
import { requireVoiceHere } from '../../chat/person.ts';
import { changeReply, settingZone } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { optional } from '../../shared/optional.ts';
import { statement } from '../../ui/plain-cards.ts';
import { digestSetCard } from './cards/digest-set.ts';
import { digestHere, endDigest, type Ports, sendDigest, setDigest } from './digests.ts';
import { describeDigest, parseDigest } from './domain/schedule.ts';

/** Carries out the text after `digest`, typed or from a button. Throws 'bad-input'. */
export const digestAnswer = async (ports: Ports, turn: Turn, typed: string): Promise<Reply> => {
  const { scope } = turn;
  const auditedChange = { after: typed.trim() };
  const wanted = parseDigest(typed, scope.timeZone);
  requireVoiceHere(scope, wanted === 'now' ? 'Asking for a digest' : 'Setting a digest');
  if (wanted === 'now') {
    await sendDigest(ports)(scope);
    return changeReply(auditedChange, () => statement(onItsWay, onItsWay.title));
  }
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  if (wanted !== 'off') {
    const { dueAt } = await setDigest(ports)(scope, wanted);
    const set = { schedule: describeDigest(wanted), ...optional('nextAt', dueAt) };
    return settingZone(
      await changeReply(auditedChange, () => digestSetCard({ ...set, ...by }, reader)),
    );
  }
  const { schedule } = await digestHere(ports)(scope);
  await endDigest(ports)(scope);
  const before = optional('before', schedule && describeDigest(schedule));
  return changeReply(auditedChange, () => digestSetCard({ ...before, ...by }, reader));
};

const onItsWay = { title: 'A digest is on its way', line: '', actions: [] };

/** `when` is the text that a person would type after `digest`. */
const DigestData = z.object({ when: z.string().max(200) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'digest.set': z.infer<typeof DigestData>;
  }
}

const setDigestAction = defineAction('digest.set', {
  data: DigestData,
  role: 'viewer',
  title: 'A digest',
  run: (ports: Ports, turn, { when }) => digestAnswer(ports, turn, when),
});

export const digestActions = { 'digest.set': setDigestAction };
