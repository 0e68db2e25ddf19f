import { type CsvCell, csvLine, csvTime } from '../../../shared/csv.ts';
import type { AuditEntry } from '../store.ts';

export const auditColumns = [
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

export const auditCsvHead = csvLine(auditColumns);

export const auditCells = (entry: AuditEntry): readonly CsvCell[] =>
  auditColumns.map((column) => (column === 'at' ? csvTime(entry.at) : entry[column]));

/** One entry, without the line's end. */
export const auditCsvLine = (entry: AuditEntry): string => csvLine(auditCells(entry));
