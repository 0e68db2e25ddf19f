import { takeBack } from '../../use-cases/take-back.ts';
import { outcomeReply } from '../answers.ts';
import type { Command } from '../command.ts';
import { usageError } from '../meant-agent.ts';

export const undo: Command = {
  name: 'undo',
  usage: 'undo',
  summary: 'Take back your last rename, pause or resume here',
  details: [],
  role: 'operator',
  run: async (ports, turn, rest) => {
    if (rest.trim() !== '') throw usageError(undo.usage, rest);
    return outcomeReply(ports, turn, await takeBack(ports)(turn.scope));
  },
};
