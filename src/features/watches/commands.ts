import { numbersIn, usageError } from '../../chat/command-line.ts';
import type { Command } from '../../chat/define-command.ts';
import { requireVoiceHere } from '../../chat/person.ts';
import { reply, tellDone } from '../../chat/reply.ts';
import { parseWatch } from './parse.ts';
import { watchDeed, watchEnded, watchesHereCard, watchMade } from './replies.ts';
import { createWatch, endWatchNumber } from './watches.ts';

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

export const watch: Command = {
  name: 'watch',
  usage: 'watch [filter] [below <score> | poor | fair] [offline] [after <duration>]',
  summary: 'Be told here when an agent gets bad, goes offline, or comes back',
  details: [
    'watch',
    'watch field.Site:Boise',
    'watch name:lax* below 70 after 10m',
    'watch is:vpn offline',
    'On its own it tells of Poor, offline and back again.',
    'In groups and channels it takes the role operator.',
  ],
  role: 'viewer',
  run: async (ports, turn, rest) => {
    requireVoiceHere(turn.scope, 'Watching');
    const made = await createWatch(ports)(turn.scope, parseWatch(rest));
    return tellDone(watchDeed(made), () => watchMade(ports, turn, made, false));
  },
};

export const watches: Command = {
  name: 'watches',
  aliases: ['mutes'],
  usage: 'watches',
  summary: 'What is watched here, with its numbers, and what is muted',
  details: [],
  role: 'viewer',
  looksOnly: true,
  run: async (ports, turn) => reply(await watchesHereCard(ports, turn)),
};
