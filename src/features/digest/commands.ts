import { defineCommand } from '../../chat/define-command.ts';
import { reply } from '../../chat/reply.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import type { Card } from '../../platform/messenger.ts';
import { execute } from '../../ui/action.ts';
import { plainName } from '../../ui/escape.ts';
import { statement } from '../../ui/plain-cards.ts';
import { dots } from '../../ui/rich-text.ts';
import { clock } from '../../ui/time.ts';
import { digestAnswer } from './actions.ts';
import { digestHere, type Ports } from './digests.ts';
import { describeDigest } from './domain/schedule.ts';

export const digest = defineCommand({
  name: 'digest',
  group: 'Be told',
  usage: 'digest daily at 08:00 | weekly mon at 08:00 | now | off',
  summary: 'A summary of the fleet, sent here at the times you name',
  invitation: {
    place: 5,
    does: 'Get a summary at fixed times',
    words: 'send a report every day at 8:00',
    button: 'Digest',
  },
  details: [
    'digest daily at 08:00',
    'digest weekly mon at 08:00',
    'digest now',
    'digest off',
    'Times are those of your own time zone. In groups and channels it takes the role operator.',
  ],
  role: 'viewer',
  voice: true,
  run: async (ports: Ports, turn, rest) =>
    rest.trim() === '' ? reply(await digestState(ports, turn)) : digestAnswer(ports, turn, rest),
});

export const digestState = async (ports: Ports, { scope }: Turn): Promise<Card> => {
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

export const digestCommands = [digest];
