import { numbersIn, usageError, wordsBeside } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { findMember, isTypedPerson, type Roster } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { conversationOf, type Reply, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import type { FileLinks } from '../../platform/files.ts';
import type { Logger } from '../../platform/log.ts';
import type { Reader } from '../../platform/messenger.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { plainName } from '../../ui/escape.ts';
import { statement } from '../../ui/plain-cards.ts';
import { counted, dots } from '../../ui/rich-text.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Mutes } from '../silence/store.ts';
import type { Watches } from '../watches/store.ts';
import { type Acknowledged, acknowledge } from './acknowledge.ts';
import { ackReply, notedChange } from './actions.ts';
import { acknowledgedText } from './cards/alert-parts.ts';
import { addNote, alertOfNumber, assign as assignTo, unacknowledge } from './care.ts';
import { alertsAnswer, byNumbers, resultText } from './list-actions.ts';
import {
  ackUsage,
  alertsUsage,
  assignUsage,
  noteUsage,
  parseAck,
  parseAlerts,
  parseAssign,
  parseNote,
} from './parse.ts';
import type { CareCollections } from './start-over.ts';
import type { Alerts, StoredAlert } from './store.ts';

export interface Ports {
  readonly clock: Clock;
  readonly files: FileLinks;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly roster: Roster;
  readonly store: Transactional<CareCollections> & {
    readonly alerts: Alerts;
    readonly mutes: Mutes;
    readonly watches: Watches;
  };
}

export const alerts = defineCommand({
  name: 'alerts',
  group: 'Be told',
  usage: alertsUsage,
  summary: 'What is wrong now of what is watched here, first what nobody has',
  invitation: {
    place: 3,
    does: 'See what is wrong here, and who has it',
    words: 'open alerts',
    button: 'Alerts',
  },
  details: [
    'alerts: all that are open here',
    'alerts unacked, alerts mine: those that nobody has, those that you have',
    'alerts field.Site:Boise since 24h: of some agents, with those that ended since',
    'alerts unacked csv: to copy into a spreadsheet',
    'alerts everywhere: of all conversations, for admins in their 1:1 chat',
  ],
  role: 'viewer',
  reads: true,
  run: async (ports: Ports, turn, rest) => {
    const asked = parseAlerts(rest, turn.reader);
    return reply(await alertsAnswer(ports, turn, asked, rest.trim(), 1));
  },
});

export const ack = defineCommand({
  name: 'ack',
  aliases: ['acknowledge'],
  group: 'Be told',
  usage: ackUsage,
  summary: 'Acknowledge an alert by its number, so that everybody sees who takes care',
  details: [
    'ack 12',
    'ack 12 13 15',
    'ack 12: on it, ISP ticket 4711',
    'ack 12 for 4h: it ends by itself then, and says so',
    'ack: the one alert that is open here',
    'The number stands on the alert’s card.',
  ],
  role: 'operator',
  freeText: true,
  run: async (ports: Ports, turn, rest) => {
    const typed = parseAck(rest);
    const numbers = typed.numbers.length > 0 ? typed.numbers : await theOnlyOne(ports, turn);
    const { note, forMs } = typed;
    const each = await byNumbers(ports, numbers, async (number) => {
      const { id } = await alertOfNumber(ports)(turn.scope, number);
      const done = await acknowledge(ports)(turn.scope, id, { forMs });
      if (note !== undefined) await addNote(ports)(turn.scope, id, note);
      const text = numbers.length === 1 ? oneResult(done, turn.reader) : resultText(done);
      return { taken: done.taken, text };
    });
    // The alert's own card is updated: a second one would stay as it is now.
    return ackReply(each.taken, () => lineCard(each.line), forMs);
  },
});

/** A bare `ack` means the one open alert here. */
const theOnlyOne = async (ports: Ports, { scope }: Turn): Promise<readonly number[]> => {
  const all = await ports.store.alerts.list(conversationOf(scope), Number.MAX_SAFE_INTEGER);
  const open = all.filter(({ closedAt }) => closedAt === undefined);
  const [only] = open;
  if (only === undefined || open.length > 1) throw usageError(ackUsage);
  return [only.number];
};

const oneResult = ({ result, by, alerts: all, taken }: Acknowledged, reader: Reader): string => {
  if (result === 'over') return 'is over';
  const acked = all.find(({ ackedBy }) => ackedBy !== undefined);
  const at = acked?.ackedAt ?? reader.now;
  const agents = new Set(taken.map(({ agentId }) => agentId)).size;
  return dots([
    acknowledgedText({ name: by?.name ?? '', at, ...optional('until', acked?.ackUntil) }, reader),
    agents > 1 && counted(agents, 'agent'),
  ]);
};

const lineCard = (line: string) => statement({ title: line, line: '', actions: [] }, line);

const unackUsage = 'unack <number…>';

export const unack = defineCommand({
  name: 'unack',
  group: 'Be told',
  usage: unackUsage,
  summary: 'Give an acknowledged alert back',
  details: ['unack 12'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    const each = await byNumbers(ports, numbersIn(rest, unackUsage), async (number) => {
      const { id, closedAt } = await alertOfNumber(ports)(turn.scope, number);
      const taken = await unacknowledge(ports)(turn.scope, id);
      const free = closedAt === undefined ? 'was not acknowledged' : 'is over';
      return { taken, text: taken.length > 0 ? 'given back' : free };
    });
    return changed(each, 'given back');
  },
});

export const note = defineCommand({
  name: 'note',
  group: 'Be told',
  usage: noteUsage,
  summary: 'Write something on an alert’s card',
  details: ['note 12 ISP ticket 4711 is open'],
  role: 'operator',
  freeText: true,
  run: async (ports: Ports, turn, rest) => {
    const { number, text } = parseNote(rest);
    const { id } = await alertOfNumber(ports)(turn.scope, number);
    const taken = await addNote(ports)(turn.scope, id, text);
    return changed({ taken, line: `#${number} noted` }, notedChange(text));
  },
});

export const assign = defineCommand({
  name: 'assign',
  group: 'Be told',
  usage: assignUsage,
  summary: 'Hand an alert over to somebody of this conversation',
  details: ['assign 12 to @Megan'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    const { numbers, who } = parseAssign(rest);
    const [mentioned, ...others] = turn.mentions;
    if (others.length > 0) throw refusal('bad-input', 'person.one-at-a-time');
    // A mention of the bot is left out of what was typed.
    if (mentioned === undefined && who === '')
      throw refusal('bad-input', 'person.nobody', { usage: assignUsage });
    if (mentioned === undefined && !isTypedPerson(who)) throw usageError(assignUsage, rest);
    const beside = mentioned === undefined ? '' : wordsBeside(mentioned, who);
    if (beside !== '') throw usageError(assignUsage, beside);
    const { id: personId, name } = await findMember(ports)(turn.scope, mentioned ?? who);
    const to = { id: personId, name };
    const each = await byNumbers(ports, numbers, async (number) => {
      const { id } = await alertOfNumber(ports)(turn.scope, number);
      const taken = await assignTo(ports)(turn.scope, id, to);
      return { taken, text: taken.length > 0 ? `assigned to ${plainName(to.name)}` : 'is over' };
    });
    return changed(each, `assigned to ${to.name}`);
  },
});

const changed = (
  { taken, line }: { readonly taken: readonly StoredAlert[]; readonly line: string },
  after: string,
): Promise<Reply> | Reply =>
  taken.length === 0
    ? reply(lineCard(line))
    : changeReply({ after, detail: taken.map(({ number }) => `#${number}`).join(' ') }, () =>
        lineCard(line),
      );

export const alertCommands = [alerts, ack, unack, note, assign];
