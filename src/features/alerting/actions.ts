import { z } from 'zod';
import { defineAction, Id, TypedDuration } from '../../chat/define-action.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { requireDuration } from '../../chat/typed-time.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AppError, type AuditedChange, refusal } from '../../platform/errors.ts';
import type { FileLinks } from '../../platform/files.ts';
import type { Logger } from '../../platform/log.ts';
import type { Card } from '../../platform/messenger.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { formatDuration } from '../../shared/time.ts';
import { counted } from '../../ui/rich-text.ts';
import { clock } from '../../ui/time.ts';
import type { Comparisons } from '../diagnosis/ports.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { SilenceEditor } from '../silence/ports.ts';
import type { Mutes } from '../silence/store.ts';
import type { Watches } from '../watches/store.ts';
import { acknowledge, muteCard, unmuteAlert } from './acknowledge.ts';
import { alertCard } from './cards/alert.ts';
import { groupCard } from './cards/group.ts';
import { noteFormCard } from './cards/note-form.ts';
import { addNote, unacknowledge } from './care.ts';
import { alertCardOf, alertsHere, goneAlert } from './load-alerts.ts';
import { requireNote } from './parse.ts';
import type { CareCollections } from './start-over.ts';
import type { Alerts, StoredAlert } from './store.ts';

export interface Ports {
  readonly clock: Clock;
  readonly comparisons: Comparisons;
  readonly files: FileLinks;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly silences: Pick<SilenceEditor, 'mute' | 'mutes' | 'unmute'>;
  readonly store: Transactional<CareCollections> & {
    readonly alerts: Alerts;
    readonly mutes: Mutes;
    readonly watches: Watches;
  };
}

/** `alert` is the id of an alert or of a group. The action applies to the whole card. */
const AlertData = z.object({ alert: Id });
const MuteData = AlertData.extend({ for: TypedDuration.default('1h') });
/** Without a text it asks for one. */
const NoteData = AlertData.extend({ text: z.string().max(5000).optional() });

declare module '../../ui/action.ts' {
  interface Verbs {
    'alert.show': z.infer<typeof AlertData>;
    'alert.ack': z.infer<typeof AlertData>;
    'alert.mute': z.infer<typeof MuteData>;
    'alert.note': z.infer<typeof NoteData>;
    'alert.unack': z.infer<typeof AlertData>;
    'alert.unmute': z.infer<typeof AlertData>;
  }
}

const showAlert = defineAction('alert.show', {
  data: AlertData,
  role: 'viewer',
  title: 'Seeing alerts',
  reads: true,
  run: async (ports: Ports, turn, { alert }) =>
    reply(await alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert))),
});

const acknowledgedChange = (alerts: readonly StoredAlert[], forMs?: number): AuditedChange => ({
  after: forMs === undefined ? 'acknowledged' : `acknowledged for ${formatDuration(forMs)}`,
  detail: alerts.map(({ number }) => `#${number}`).join(' '),
  ...optional('agentId', alerts.length === 1 ? alerts[0]?.agentId : undefined),
});

/** Without an acknowledged alert nothing changed, so there is nothing to audit. */
export const ackReply = async (
  taken: readonly StoredAlert[],
  draw: () => Card | Promise<Card>,
  forMs?: number,
): Promise<Reply> =>
  taken.length === 0 ? reply(await draw()) : changeReply(acknowledgedChange(taken, forMs), draw);

/** Only the person who pressed gets this reply. The others see the update of the message itself. */
const ackAlert = defineAction('alert.ack', {
  data: AlertData,
  role: 'operator',
  title: 'Acknowledging',
  card: 'alert.show',
  run: async (ports: Ports, turn, { alert }) => {
    const { taken, alerts } = await acknowledge(ports)(turn.scope, alert);
    return ackReply(taken, () => alertAnswer(ports, turn, alerts));
  },
});

const muteAlertAgents = defineAction('alert.mute', {
  data: MuteData,
  role: 'operator',
  title: 'Muting',
  card: 'alert.show',
  run: async (ports: Ports, turn, { alert, for: span }) => {
    const { until, agents } = await muteCard(ports)(turn.scope, alert, requireDuration(span));
    const end = clock(until, readerOf(turn.scope, ports.clock));
    const summary = `${counted(agents, 'agent')} muted here until ${end}`;
    return changeReply({ after: `${counted(agents, 'agent')} muted for ${span}` }, async () => {
      const card = await alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert));
      return { ...card, summary };
    });
  },
});

const unmuteAlertAgents = defineAction('alert.unmute', {
  data: AlertData,
  role: 'operator',
  title: 'Unmuting',
  card: 'alert.show',
  run: async (ports: Ports, turn, { alert }) => {
    const agents = await unmuteAlert(ports)(turn.scope, alert);
    const [only, ...others] = agents;
    if (only === undefined) throw await notMuted(ports, turn);
    const change = {
      after: 'unmuted',
      detail: counted(agents.length, 'agent'),
      ...optional('agentId', others.length === 0 ? only : undefined),
    };
    return changeReply(change, async () => {
      const card = await alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert));
      return { ...card, summary: `${counted(agents.length, 'agent')} unmuted here` };
    });
  },
});

/** The card says that its agent is muted where all are; to end that takes more than this button. */
const notMuted = async ({ silences }: Ports, { scope }: Turn): Promise<AppError> => {
  const mutes = await silences.mutes(scope);
  return mutes.some(({ agentId }) => agentId === '')
    ? refusal('changed', 'mute.of-all')
    : refusal('changed', 'mute.none', { name: 'mute' });
};

/** The card that these alerts share. Throws 'changed' if none of their details can be read. */
export const alertAnswer = async (
  ports: Omit<Ports, 'silences' | 'log'>,
  { scope }: Turn,
  alerts: readonly StoredAlert[],
): Promise<Card> => {
  const shown = await alertCardOf(ports)(alerts);
  if (shown === undefined) throw goneAlert();
  const reader = readerOf(scope, ports.clock);
  return shown.kind === 'alert' ? alertCard(shown.alert, reader) : groupCard(shown.group, reader);
};

const giveBack = defineAction('alert.unack', {
  data: AlertData,
  role: 'operator',
  title: 'Giving an alert back',
  card: 'alert.show',
  run: async (ports: Ports, turn, { alert }) => {
    const taken = await unacknowledge(ports)(turn.scope, alert);
    const draw = async () => alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert));
    return taken.length === 0
      ? reply(await draw())
      : changeReply(
          { after: 'given back', detail: taken.map(({ number }) => `#${number}`).join(' ') },
          draw,
        );
  },
});

/** What the audit log says of a note. */
export const notedChange = (text: string): string => `noted: ${text.slice(0, 200)}`;

/** Opens the form, or writes what was filled in. */
const noteAlert = defineAction('alert.note', {
  data: NoteData,
  role: 'operator',
  title: 'Writing a note',
  card: 'alert.show',
  run: async (ports: Ports, turn, { alert, text }) => {
    const note = requireNote(text ?? '');
    const before = await alertsHere(ports)(turn.scope, alert);
    if (note === '') return reply(noteFormCard({ id: alert, numbers: numbersOf(before) }));
    const taken = await addNote(ports)(turn.scope, alert, note);
    return changeReply(
      { after: notedChange(note), detail: taken.map(({ number }) => `#${number}`).join(' ') },
      async () => alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert)),
    );
  },
});

const numbersOf = (alerts: readonly StoredAlert[]): readonly number[] =>
  alerts.map(({ number }) => number);

export const alertActions = {
  'alert.unack': giveBack,
  'alert.show': showAlert,
  'alert.ack': ackAlert,
  'alert.mute': muteAlertAgents,
  'alert.note': noteAlert,
  'alert.unmute': unmuteAlertAgents,
};
