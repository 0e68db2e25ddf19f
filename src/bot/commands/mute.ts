import { isAll } from '../../core/command-line.ts';
import { parseMute } from '../../core/silence-command.ts';
import { formatDuration } from '../../core/when.ts';
import { readingOfWholeName } from '../../use-cases/find-agent.ts';
import type { Command } from '../command.ts';
import { usageError, withAgent } from '../meant-agent.ts';
import { muteReply, unmuteReply } from '../silence-answers.ts';

const usage = 'mute <agent | all> for <duration>';

export const mute: Command = {
  name: 'mute',
  aliases: ['snooze'],
  usage,
  summary: 'Hold what would be told here of an agent, or of all, for a while',
  details: ['mute lax-12 for 1h', 'mute all for 30m', 'It ends by itself; “unmute” ends it early.'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    const { agent, ms } = parseMute(rest);
    if (agent === undefined) return muteReply(ports, turn, undefined, ms);
    // "Room for 2h" may be a name: then nobody said how long.
    const name = await readingOfWholeName(ports)(turn.scope.account, [{ agent: rest }]);
    if (name !== undefined) throw usageError(usage, rest);
    return withAgent(ports, turn, {
      name: agent,
      usage,
      verb: 'agent.mute',
      data: { for: formatDuration(ms) },
      act: async (found) => muteReply(ports, turn, found, ms),
    });
  },
};

const unmuteUsage = 'unmute <agent | all>';

export const unmute: Command = {
  name: 'unmute',
  usage: unmuteUsage,
  summary: 'Tell of an agent, or of all, again',
  details: ['unmute lax-12', 'unmute all'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    if (rest.trim() === '') throw usageError(unmuteUsage);
    if (isAll(rest)) return unmuteReply(ports, turn, undefined);
    return withAgent(ports, turn, {
      name: rest,
      usage: unmuteUsage,
      verb: 'mute.end',
      act: async (found) => unmuteReply(ports, turn, found),
    });
  },
};
