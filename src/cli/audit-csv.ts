import { auditCsvHead, auditCsvLine } from '../core/audit-csv.ts';
import type { AuditLog } from '../core/audit-log.ts';

/** The whole log, newest first, line by line, without the lines' ends. */
export async function* auditCsv(
  audit: Pick<AuditLog, 'list'>,
  pageSize: number,
): AsyncGenerator<string> {
  yield auditCsvHead;
  for (let skip = 0; ; skip += pageSize) {
    const entries = await audit.list({ account: 'default', skip, limit: pageSize });
    for (const entry of entries) yield auditCsvLine(entry);
    if (entries.length < pageSize) return;
  }
}
