import { reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { digestAnswer, digestState } from '../digest-answers.ts';

export const digest: Command = {
  name: 'digest',
  usage: 'digest daily at 08:00 | weekly mon at 08:00 | now | off',
  summary: 'A summary of the fleet, sent here at the times you name',
  details: [
    'digest daily at 08:00',
    'digest weekly mon at 08:00',
    'digest now',
    'digest off',
    'Times are those of your own time zone. In groups and channels it takes the role operator.',
  ],
  role: 'viewer',
  run: async (ports, turn, rest) =>
    rest.trim() === '' ? reply(await digestState(ports, turn)) : digestAnswer(ports, turn, rest),
};
