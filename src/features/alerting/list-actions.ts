import { z } from 'zod';
import { numbersIn, usageError } from '../../chat/command-line.ts';
import { defineAction } from '../../chat/define-action.ts';
import { requireRole } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { csvCard } from '../../chat/table.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import { type AppError, asAppError, refusal } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Card } from '../../platform/messenger.ts';
import { plainName } from '../../ui/escape.ts';
import { counted, dots } from '../../ui/rich-text.ts';
import { type Acknowledged, acknowledge } from './acknowledge.ts';
import { ackReply, type Ports } from './actions.ts';
import { alertsCard } from './cards/alerts.ts';
import { alertsTable } from './cards/alerts-csv.ts';
import { alertOfNumber } from './care.ts';
import { listAlerts } from './list-alerts.ts';
import { ackUsage, alertsUsage, parseAlerts, type TypedAlerts } from './parse.ts';
import type { StoredAlert } from './store.ts';

const PageData = z.object({
  asked: z.string().max(1000).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
/** The numbers of the ticked alerts, as a multiple choice sends them, and the page that they were ticked on. */
const TickedData = PageData.extend({ alerts: z.string().max(1000).default('') });

declare module '../../ui/action.ts' {
  interface Verbs {
    'alerts.ack': z.infer<typeof TickedData>;
    'alerts.mute': z.infer<typeof TickedData>;
    'alerts.page': z.infer<typeof PageData>;
  }
}

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
      if (done.text !== '') lines.push(`#${number} ${done.text}`);
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

/** One page of the alerts that were asked for. Those of all conversations are for admins in their 1:1 chat. */
export const alertsAnswer = async (
  ports: Pick<Ports, 'clock' | 'files' | 'fleets' | 'store'>,
  { scope }: Turn,
  asked: TypedAlerts,
  typed: string,
  page: number,
  notice = '',
): Promise<Card> => {
  if (asked.everywhere) {
    requireRole(scope, 'admin', '“alerts everywhere”');
    if (scope.address.kind !== 'personal') throw usageError(alertsUsage, 'everywhere');
  }
  const found = await listAlerts(ports)(scope, asked);
  const model = {
    alerts: found,
    page,
    asked: typed,
    notice,
    ...(asked.everywhere ? { everywhere: true as const } : {}),
  };
  if (asked.csv === true) return csvCard(ports, alertsTable(model));
  return alertsCard(model, readerOf(scope, ports.clock));
};

const pageAlerts = defineAction('alerts.page', {
  data: PageData,
  role: 'viewer',
  title: 'Seeing alerts',
  reads: true,
  run: async (ports: Ports, turn, place) => reply(await pageOf(ports, turn, place)),
});

const pageOf = (
  ports: Ports,
  turn: Turn,
  { asked, page }: z.infer<typeof PageData>,
  notice = '',
): Promise<Card> => alertsAnswer(ports, turn, parseAlerts(asked, turn.reader), asked, page, notice);

/** The numbers that were ticked. Throws 'bad-input' without one. */
const ticked = (numbers: string): readonly number[] => {
  if (numbers.trim() === '') throw refusal('bad-input', 'alert.nobody-ticked');
  return numbersIn(numbers, ackUsage);
};

const overText = 'is over';

/** What became of the acknowledgement of one of several. */
export const resultText = ({ result, by }: Acknowledged): string => {
  switch (result) {
    case 'acknowledged':
      return `acknowledged by ${plainName(by?.name ?? '')}`;
    case 'already':
      return `was acknowledged by ${plainName(by?.name ?? '')} before`;
    case 'over':
      return overText;
    default:
      return result satisfies never;
  }
};

const ackTicked = defineAction('alerts.ack', {
  data: TickedData,
  role: 'operator',
  title: 'Acknowledging',
  card: 'alerts.page',
  run: async (ports: Ports, turn, { alerts, ...place }) => {
    const at = ports.clock.now();
    const each = await byNumbers(ports, ticked(alerts), async (number) => {
      const { id } = await alertOfNumber(ports)(turn.scope, number);
      const done = await acknowledge(ports)(turn.scope, id, { alone: true, at });
      return { taken: done.taken, text: done.result === 'acknowledged' ? '' : resultText(done) };
    });
    return ackReply(each.taken, () => pageOf(ports, turn, place, each.line));
  },
});

const muteTicked = defineAction('alerts.mute', {
  data: TickedData,
  role: 'operator',
  title: 'Muting',
  card: 'alerts.page',
  run: async (ports: Ports, turn, { alerts, ...place }) => {
    const found: StoredAlert[] = [];
    // All are looked up before any is muted: an unknown number changes nothing.
    for (const number of ticked(alerts)) found.push(await alertOfNumber(ports)(turn.scope, number));
    const open = found.filter(({ closedAt }) => closedAt === undefined);
    const over = found.filter(({ closedAt }) => closedAt !== undefined);
    const notice = dots(over.map(({ number }) => `#${number} ${overText}`));
    const draw = () => pageOf(ports, turn, place, notice);
    const agents = [...new Set(open.map(({ agentId }) => agentId))];
    if (agents.length === 0) return reply(await draw());
    await ports.silences.mute(turn.scope, agents, hourMs);
    return changeReply({ after: `${counted(agents.length, 'agent')} muted for 1h` }, draw);
  },
});

const hourMs = 60 * 60_000;

export const alertListActions = {
  'alerts.ack': ackTicked,
  'alerts.mute': muteTicked,
  'alerts.page': pageAlerts,
};
