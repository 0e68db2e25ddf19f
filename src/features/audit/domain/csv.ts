import { csvLine } from '../../../shared/csv.ts';
import type { AuditEntry } from '../store.ts';

const columns = [
  'at',
  'tenantId',
  'conversationKey',
  'personId',
  'personName',
  'action',
  'agentId',
  'agentName',
  'result',
  'status',
  'before',
  'after',
  'detail',
  'correlationId',
] as const satisfies readonly (keyof AuditEntry)[];

export const auditCsvHead = columns.join(',');

/** One entry, without the line's end. */
export const auditCsvLine = (entry: AuditEntry): string =>
  csvLine(columns.map((column) => value(entry, column)));

const value = (entry: AuditEntry, column: (typeof columns)[number]): string =>
  column === 'at' ? new Date(entry.at).toISOString() : String(entry[column] ?? '');
