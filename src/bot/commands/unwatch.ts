import { endWatchNumber } from '../../use-cases/watch-end.ts';
import { watchEnded } from '../actions/watches.ts';
import type { Command } from '../command.ts';
import { usageError } from '../meant-agent.ts';
import { requireVoiceHere } from '../turn.ts';
import { numbersIn } from './numbers.ts';

const usage = 'unwatch <number>';

export const unwatch: Command = {
  name: 'unwatch',
  usage,
  summary: 'End a watch by its number',
  details: ['unwatch 2', '“watches” shows the numbers.'],
  role: 'viewer',
  run: async (ports, turn, rest) => {
    const [number, ...others] = numbersIn(rest, usage);
    if (others.length > 0) throw usageError(usage, rest);
    requireVoiceHere(turn.scope, 'Ending a watch');
    return watchEnded(ports, turn, await endWatchNumber(ports)(turn.scope, number));
  },
};
