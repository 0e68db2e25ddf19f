import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { requireRole } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { type AgentFinder, resolveAgent } from '../../chat/resolve-agent.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import { isAll } from '../../shared/text.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { muteReply, unmuteReply } from './actions.ts';
import { plannedCard } from './cards/planned.ts';
import { parseMute } from './parse.ts';
import { planMaintenance } from './plan.ts';
import type { SilenceEditor, SilencePreviewer } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly finder: AgentFinder;
  readonly fleets: FleetReader;
  readonly hiding: SilencePreviewer;
  readonly silences: SilenceEditor;
}

export const maintenance = defineCommand({
  name: 'maintenance',
  group: 'Be told',
  usage: 'maintenance <filter> from <time> to <time>',
  summary: 'Plan a time in which nothing is told here of the agents that match',
  details: [
    'maintenance field.Site:Boise from 22:00 to 23:30',
    'maintenance all from now to 18:00',
    'maintenance lax-12 from sat 20:00 to sun 06:00',
    'maintenance: what is planned',
    'maintenance off: asks which to end',
  ],
  role: 'viewer',
  run: async (ports: Ports, turn, rest) => {
    const typed = rest.trim();
    const off = isWord(tokenize(typed)[0], 'off');
    if (typed === '' || off) {
      const behind = typed.slice('off'.length).trim();
      if (behind !== '') throw refusal('bad-input', 'maintenance.unclear', { typed });
      if (off) requireRole(turn.scope, 'operator', '“maintenance off”');
      return plannedHere(ports, turn, off);
    }
    requireRole(turn.scope, 'operator', '“maintenance”');
    return changeReply(
      { after: 'planned', detail: typed },
      await planMaintenance(ports, turn, typed),
    );
  },
});

/** What is planned here, each with a button that ends it: nothing ends unasked. */
const plannedHere = async (ports: Ports, { scope }: Turn, off: boolean): Promise<Reply> => {
  const windows = await ports.silences.maintenance(scope);
  if (off && windows.length === 0) throw refusal('changed', 'maintenance.none');
  return reply(plannedCard({ windows }, readerOf(scope, ports.clock)));
};

const usage = 'mute <agent | all> for <duration> | until <time>';

export const mute = defineCommand({
  name: 'mute',
  aliases: ['snooze'],
  group: 'Be told',
  usage,
  summary: 'Hold what would be told here of an agent, or of all, for a while',
  details: [
    'mute lax-12 for 1h',
    'mute all for 30m',
    'mute lax-12 until tomorrow 08:00',
    'It ends by itself; “unmute” ends it early.',
  ],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    const { agent, ms, span } = parseMute(rest, turn.reader);
    if (agent === undefined) return muteReply(ports, turn, undefined, ms);
    // "Room for 2h" may be the name of an agent: then the duration is missing.
    const name = await ports.finder.readingOfWholeName(turn.scope.account, [{ agent: rest }]);
    if (name !== undefined) throw usageError(usage, rest);
    return resolveAgent(ports, turn, {
      name: agent,
      usage,
      verb: 'agent.mute',
      data: { for: span },
      act: async (found) => muteReply(ports, turn, { id: found.id, name: fullName(found) }, ms),
    });
  },
});

const unmuteUsage = 'unmute <agent | all>';

export const unmute = defineCommand({
  name: 'unmute',
  group: 'Be told',
  usage: unmuteUsage,
  summary: 'Tell of an agent, or of all, again',
  details: ['unmute lax-12', 'unmute all: ends the mutes of single agents too'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() === '') throw usageError(unmuteUsage);
    if (isAll(rest)) return unmuteReply(ports, turn, undefined);
    return resolveAgent(ports, turn, {
      name: rest,
      usage: unmuteUsage,
      verb: 'mute.end',
      act: async (found) => unmuteReply(ports, turn, { id: found.id, name: fullName(found) }),
    });
  },
});

export const silenceCommands = [mute, unmute, maintenance];
