import { takeBack } from '../../use-cases/take-back.ts';
import { outcomeReply } from '../answers.ts';
import type { Command } from '../command.ts';

export const undo: Command = {
  name: 'undo',
  usage: 'undo',
  summary: 'Take back your last rename, pause or resume here',
  details: [],
  role: 'operator',
  run: async (ports, turn) => outcomeReply(ports, turn, await takeBack(ports)(turn.scope)),
};
