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

/** One entry, as RFC 4180 has it, without the line's end. */
export const auditCsvLine = (entry: AuditEntry): string =>
  columns.map((column) => cell(entry, column)).join(',');

const cell = (entry: AuditEntry, column: (typeof columns)[number]): string => {
  if (column === 'at') return new Date(entry.at).toISOString();
  const text = harmless(String(entry[column] ?? ''));
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A spreadsheet would take such a text for a formula, and names come from outside. */
const harmless = (text: string): string =>
  /^\s*[=+\-@]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
