import type { CardView } from '../../../platform/messenger.ts';
import { csvLine } from '../../../shared/csv.ts';
import { execute } from '../../../ui/action.ts';
import { csvCard } from '../../../ui/csv-card.ts';
import { plain } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { isOpen, openRows, sinceOf, worstRow } from '../domain/alert-detail.ts';
import type { AlertView } from '../domain/alert-view.ts';
import type { AlertsModel } from './alerts.ts';

const columns = [
  'number',
  'agentId',
  'agentName',
  'state',
  'word',
  'score',
  'target',
  'badTargets',
  'targets',
  'since',
  'ended',
  'acknowledgedBy',
  'acknowledgedAt',
  'acknowledgedUntil',
  'assignedTo',
] as const;

/** The alerts that were asked for, to copy into a spreadsheet. Times are in UTC. */
export const alertsCsvCard: CardView<Omit<AlertsModel, 'page'>> = ({ alerts, asked, everywhere }) =>
  csvCard({
    title: everywhere === true ? 'Alerts everywhere as CSV' : 'Alerts here as CSV',
    about: (shown) =>
      alerts.length === 0
        ? 'No alert is open for what was asked.'
        : dots([
            shown === alerts.length
              ? counted(shown, 'alert')
              : `${shown} of ${counted(alerts.length, 'alert')}`,
            plain(`“${asked}”`, 80),
          ]),
    head: columns.join(','),
    lines: alerts.map(line),
    rest: 'These are the first. Ask with a filter, or for “unacked” or “mine”.',
    actions: [execute('List', 'alerts.page', { asked: withoutCsv(asked), page: 1 })],
  });

const withoutCsv = (asked: string): string => asked.replace(/\s*csv$/iu, '');

const line = ({ number, agentId, detail, ackedBy, assignedTo }: AlertView): string => {
  const worst = worstRow(detail.rows);
  const bad = openRows(detail).filter(({ sessionId }) => sessionId !== '').length;
  const { agentName, state, targets, endedAt } = detail;
  return csvLine([
    `${number}`,
    agentId,
    agentName,
    state,
    worst?.shown.word ?? '',
    `${worst?.shown.score ?? ''}`,
    worst?.target?.name ?? '',
    `${bad}`,
    `${targets}`,
    time(sinceOf(detail)),
    time(isOpen(detail) ? undefined : endedAt),
    ackedBy?.name ?? '',
    time(ackedBy?.at),
    time(ackedBy?.until),
    assignedTo ?? '',
  ]);
};

const time = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString();
