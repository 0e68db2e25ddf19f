import { numbersIn, usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { type Roster, requireVoiceHere } from '../../chat/person.ts';
import { changeReply, reply, settingZone } from '../../chat/reply.ts';
import type { Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { wholeNamed } from '../../shared/names.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { SilencesHere } from '../silence/ports.ts';
import { withEscalation } from './escalation.ts';
import { parseWatch, type TypedWatch, watchNamed } from './parse.ts';
import type { WatchEditor, WatchPreviewer } from './ports.ts';
import { watchChange, watchEnded, watchesHereCard, watchMade } from './replies.ts';
import type { SuppressedPorts } from './suppressed.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly previewer: WatchPreviewer;
  readonly roster: Roster;
  readonly silences: SilencesHere;
  readonly watching: WatchEditor;
}

const usage = 'unwatch <number>';

export const unwatch = defineCommand({
  name: 'unwatch',
  group: 'Be told',
  usage,
  summary: 'End a watch by its number',
  details: ['unwatch 2', '“watches” shows the numbers.'],
  role: 'viewer',
  voice: true,
  run: async (ports: Ports, turn, rest) => {
    const [number, ...others] = numbersIn(rest, usage);
    if (others.length > 0) throw usageError(usage, rest);
    requireVoiceHere(turn.scope, 'Ending a watch');
    return watchEnded(ports, turn, await ports.watching.endNumber(turn.scope, number));
  },
});

export const watch = defineCommand({
  name: 'watch',
  group: 'Be told',
  usage:
    'watch [filter] [below <score> | poor | fair | worse than usual] [latency>150] [loss>2] [jitter>30] [offline] [always] [after <duration>] [remind 15m] [escalate to @person after 30m]',
  summary: 'Be told here when an agent gets bad, goes offline, or comes back',
  invitation: {
    place: 2,
    does: 'Be told here when one gets bad',
    words: 'tell me when an agent goes offline',
    button: 'Tell me when…',
    press: { verb: 'watch.create', data: {} },
  },
  details: [
    'watch',
    'watch field.Site:Boise',
    'watch name:lax* below 70 after 10m',
    'watch is:vpn offline',
    'watch target:crm latency>150 loss>2 after 10m: above 150 ms, or above 2 % lost',
    'watch target:crm worse than usual for 15m: 10 points or more below the same hour of the last two weeks',
    'watch field.Site:Boise always: every absence, not only those in usual hours',
    'watch field.Site:Boise remind 15m: up to three times, until somebody acknowledges',
    'watch escalate to @Megan after 30m, or escalate to field.Manager after 30m',
    'watch changes field.Site:Boise',
    'On its own it tells of Poor, offline and back again.',
    '“watch changes” tells of agents that are new, wait for approval, are renamed elsewhere or deleted.',
    'In groups and channels it takes the role operator.',
  ],
  role: 'viewer',
  voice: true,
  run: async (ports: Ports, turn, rest) => {
    requireVoiceHere(turn.scope, 'Watching');
    const rule = await withEscalation(ports, turn, await ruleOf(ports, turn, rest));
    const made = await ports.watching.create(turn.scope, rule);
    return settingZone(
      await changeReply(watchChange(made), () => watchMade(ports, turn, made, false)),
    );
  },
});

/** An agent's whole name wins over the grammar, but not over a watch that names no agent, like `offline`. */
const ruleOf = async (
  { fleets }: Pick<Ports, 'fleets'>,
  { scope }: Turn,
  rest: string,
): Promise<TypedWatch> => {
  const agents = (await fleets.readIfAny(scope.account))?.agents ?? [];
  const isName =
    wholeNamed(
      [{ agent: rest }],
      agents.map(({ agent }) => agent),
    ) !== undefined;
  if (!isName) return parseWatch(rest);
  const named = watchNamed(rest);
  try {
    const rule = parseWatch(rest);
    return rule.filter === '' && rule.about === undefined ? rule : named;
  } catch {
    return named;
  }
};

export const watches = defineCommand({
  name: 'watches',
  aliases: ['mutes'],
  group: 'Be told',
  usage: 'watches',
  summary: 'What is watched here, with its numbers, and what is muted',
  invitation: {
    place: 6,
    does: 'End or mute what comes here',
    words: 'be quiet',
    button: 'Watches',
  },
  details: [],
  role: 'viewer',
  reads: true,
  run: async (ports: Ports & SuppressedPorts, turn) => reply(await watchesHereCard(ports, turn)),
});

export const watchCommands = [watch, watches, unwatch];
