import { parseWatch } from '../../core/watch-command.ts';
import { createWatch } from '../../use-cases/watch-create.ts';
import { watchDeed } from '../actions/watches.ts';
import { tellDone } from '../answers.ts';
import type { Command } from '../command.ts';
import { requireVoiceHere } from '../turn.ts';
import { watchMade } from '../watch-answers.ts';

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
