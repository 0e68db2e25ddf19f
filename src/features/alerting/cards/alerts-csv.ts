import type { Table } from '../../../chat/table.ts';
import { type CsvCell, csvTime } from '../../../shared/csv.ts';
import { execute } from '../../../ui/action.ts';
import { plain } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { isOpen, openRows, sinceOf, worstRow } from '../domain/alert-detail.ts';
import type { AlertView } from '../domain/alert-view.ts';
import type { AlertsModel } from './alerts.ts';
import { isOverAlone } from './over-text.ts';

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
export const alertsTable = ({ alerts, asked, everywhere }: Omit<AlertsModel, 'page'>): Table => ({
  title: everywhere === true ? 'Alerts everywhere as CSV' : 'Alerts here as CSV',
  name: 'alerts',
  about:
    alerts.length === 0
      ? 'No alert is open for what was asked.'
      : dots([counted(alerts.length, 'alert'), quoted(withoutCsv(asked))]),
  columns,
  rows: alerts.map(cells),
  fewer: 'Ask with a filter, or for “unacked” or “mine”.',
  actions: [execute('List', 'alerts.page', { asked: withoutCsv(asked), page: 1 })],
});

const withoutCsv = (asked: string): string => asked.replace(/\s*csv$/iu, '');

const quoted = (asked: string): string => (asked === '' ? '' : plain(`“${asked}”`, 80));

const cells = ({ number, agentId, detail, ackedBy, assignedTo }: AlertView): readonly CsvCell[] => {
  const worst = worstRow(detail.rows);
  const { agentName, state, targets, endedAt } = detail;
  return [
    number,
    agentId,
    agentName,
    state,
    isOverAlone(worst?.shown) ? 'limit' : worst?.shown.word,
    worst?.shown.score,
    worst?.target?.name,
    openRows(detail).filter(({ sessionId }) => sessionId !== '').length,
    targets,
    csvTime(sinceOf(detail)),
    csvTime(isOpen(detail) ? undefined : endedAt),
    ackedBy?.name,
    csvTime(ackedBy?.at),
    csvTime(ackedBy?.until),
    assignedTo,
  ];
};
