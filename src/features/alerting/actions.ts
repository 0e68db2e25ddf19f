import { z } from 'zod';
import { numbersIn } from '../../chat/command-line.ts';
import { defineAction, Id, TypedDuration } from '../../chat/define-action.ts';
import { requireRole } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { requireDuration } from '../../chat/typed-time.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AppError, type AuditedChange, asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Card } from '../../platform/messenger.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import { counted, dots } from '../../ui/rich-text.ts';
import { clock } from '../../ui/time.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { SilenceEditor } from '../silence/ports.ts';
import type { Mutes } from '../silence/store.ts';
import type { Watches } from '../watches/store.ts';
import { acknowledge, muteAlert } from './acknowledge.ts';
import { alertCard } from './cards/alert.ts';
import { alertsCard } from './cards/alerts.ts';
import { groupCard } from './cards/group.ts';
import { alertOfNumber, unacknowledge } from './care.ts';
import { listAlerts } from './list-alerts.ts';
import { alertCardOf, alertsHere, goneAlert } from './load-alerts.ts';
import { parseAlerts, type TypedAlerts } from './parse.ts';
import type { Alerts, StoredAlert } from './store.ts';
import type { CardCollections } from './update-cards.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly log: Logger;
  readonly silences: Pick<SilenceEditor, 'mute'>;
  readonly store: Transactional<CardCollections> & {
    readonly alerts: Alerts;
    readonly mutes: Mutes;
    readonly watches: Watches;
  };
}

/** `alert` is the id of an alert or of a group. The action applies to the whole card. */
const AlertData = z.object({ alert: Id });
const PageData = z.object({
  asked: z.string().max(1000).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
/** The numbers of the ticked alerts, as a multiple choice sends them. */
const TickedData = z.object({ alerts: z.string().max(1000).default('') });
const MuteData = AlertData.extend({ for: TypedDuration.default('1h') });

declare module '../../ui/action.ts' {
  interface Verbs {
    'alert.show': z.infer<typeof AlertData>;
    'alert.ack': z.infer<typeof AlertData>;
    'alert.mute': z.infer<typeof MuteData>;
    'alert.unack': z.infer<typeof AlertData>;
    'alerts.ack': z.infer<typeof TickedData>;
    'alerts.mute': z.infer<typeof TickedData>;
    'alerts.page': z.infer<typeof PageData>;
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

const acknowledgedChange = (alerts: readonly StoredAlert[]): AuditedChange => ({
  after: 'acknowledged',
  detail: alerts.map(({ number }) => `#${number}`).join(' '),
  ...optional('agentId', alerts.length === 1 ? alerts[0]?.agentId : undefined),
});

/** Without an acknowledged alert nothing changed, so there is nothing to audit. */
export const ackReply = async (
  taken: readonly StoredAlert[],
  draw: () => Card | Promise<Card>,
): Promise<Reply> =>
  taken.length === 0 ? reply(await draw()) : changeReply(acknowledgedChange(taken), draw);

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
    const { until, agents } = await muteAlert(ports)(turn.scope, alert, requireDuration(span));
    const end = clock(until, readerOf(turn.scope, ports.clock));
    const summary = `${counted(agents, 'agent')} muted here until ${end}`;
    return changeReply({ after: `${counted(agents, 'agent')} muted for ${span}` }, async () => {
      const card = await alertAnswer(ports, turn, await alertsHere(ports)(turn.scope, alert));
      return { ...card, summary };
    });
  },
});

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

/** Does something to each of these alerts: one that is unknown or fails must not prevent the others. */
export const byNumbers = async (
  { log }: { readonly log: Logger },
  numbers: readonly number[],
  act: (
    number: number,
  ) => Promise<{ readonly taken: readonly StoredAlert[]; readonly text: string }>,
): Promise<{ readonly taken: readonly StoredAlert[]; readonly line: string }> => {
  const lines: string[] = [];
  const taken: StoredAlert[] = [];
  let failure: AppError | undefined;
  for (const number of numbers)
    try {
      const done = await act(number);
      lines.push(`#${number} ${done.text}`);
      taken.push(...done.taken);
    } catch (error) {
      const refused = asAppError(error);
      // Alone it is the whole answer.
      if (numbers.length === 1) throw refused;
      const unknown = refused.code === 'not-found' || refused.code === 'changed';
      if (!unknown) failure = refused;
      lines.push(`#${number} ${unknown ? 'is not known here' : 'failed, try it again'}`);
    }
  if (failure !== undefined) {
    // Nothing changed, so the error is the whole reply.
    if (taken.length === 0) throw failure;
    log.warn('ack.incomplete', { error: failure });
  }
  return { taken, line: dots(lines) };
};

/** One page of the alerts that were asked for. */
export const alertsAnswer = async (
  ports: Pick<Ports, 'clock' | 'fleets' | 'store'>,
  { scope }: Turn,
  asked: TypedAlerts,
  typed: string,
  page: number,
): Promise<Card> => {
  const found = await listAlerts(ports)(scope, asked);
  const model = { alerts: found, page, asked: typed };
  return alertsCard(
    { ...model, ...(asked.everywhere ? { everywhere: true } : {}) },
    readerOf(scope, ports.clock),
  );
};

const pageAlerts = defineAction('alerts.page', {
  data: PageData,
  role: 'viewer',
  title: 'Seeing alerts',
  reads: true,
  run: async (ports: Ports, turn, { asked, page }) => {
    const typed = parseAlerts(asked, turn.reader);
    if (typed.everywhere) requireRole(turn.scope, 'admin', '“alerts everywhere”');
    return reply(await alertsAnswer(ports, turn, typed, asked, page));
  },
});

/** The numbers that were ticked. Throws 'bad-input' without one. */
const ticked = (numbers: string): readonly number[] =>
  numbersIn(numbers, 'tick at least one alert');

const ackTicked = defineAction('alerts.ack', {
  data: TickedData,
  role: 'operator',
  title: 'Acknowledging',
  run: async (ports: Ports, turn, { alerts }) => {
    const each = await byNumbers(ports, ticked(alerts), async (number) => {
      const { id } = await alertOfNumber(ports)(turn.scope, number);
      return { taken: (await acknowledge(ports)(turn.scope, id)).taken, text: '' };
    });
    return ackReply(each.taken, () => alertsAnswer(ports, turn, openHere, '', 1));
  },
});

const muteTicked = defineAction('alerts.mute', {
  data: TickedData,
  role: 'operator',
  title: 'Muting',
  run: async (ports: Ports, turn, { alerts }) => {
    let agents = 0;
    for (const number of ticked(alerts)) {
      const { id } = await alertOfNumber(ports)(turn.scope, number);
      agents += (await muteAlert(ports)(turn.scope, id, hourMs)).agents;
    }
    return changeReply({ after: `${counted(agents, 'agent')} muted for 1h` }, () =>
      alertsAnswer(ports, turn, openHere, '', 1),
    );
  },
});

const openHere: TypedAlerts = { filter: '', choice: 'open', everywhere: false };
const hourMs = 60 * 60_000;

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

export const alertActions = {
  'alert.unack': giveBack,
  'alerts.ack': ackTicked,
  'alerts.mute': muteTicked,
  'alerts.page': pageAlerts,
  'alert.show': showAlert,
  'alert.ack': ackAlert,
  'alert.mute': muteAlertAgents,
};
