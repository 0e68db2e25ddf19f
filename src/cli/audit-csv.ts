import type { AuditEntry, AuditLog } from '../core/audit-log.ts';

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

/** The whole log, newest first, line by line, as RFC 4180 has it but for the line ends. */
export async function* auditCsv(
  audit: Pick<AuditLog, 'list'>,
  pageSize: number,
): AsyncGenerator<string> {
  yield columns.join(',');
  for (let skip = 0; ; skip += pageSize) {
    const entries = await audit.list({ account: 'default', skip, limit: pageSize });
    for (const entry of entries) yield columns.map((column) => cell(entry, column)).join(',');
    if (entries.length < pageSize) return;
  }
}

const cell = (entry: AuditEntry, column: (typeof columns)[number]): string => {
  if (column === 'at') return new Date(entry.at).toISOString();
  const text = harmless(String(entry[column] ?? ''));
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A spreadsheet would take such a text for a formula, and names come from outside. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text);
