import type { Table } from '../../../chat/table.ts';
import type { Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute } from '../../../ui/action.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { auditCells, auditColumns } from '../domain/csv.ts';
import type { AuditModel } from './audit.ts';

/** The entries to copy into a spreadsheet. */
export const auditTable = (model: Omit<AuditModel, 'skip' | 'pageSize'>, reader: Reader): Table => {
  const { entries, older, ownOnly, since, about, by } = model;
  const asked = { ...optional('about', about), ...optional('by', by), since };
  return {
    title: 'Audit as CSV',
    name: 'audit',
    about: dots([
      counted(entries.length, 'entry', 'entries'),
      `since ${clock(since, reader)}`,
      ownOnly && 'your own',
    ]),
    columns: auditColumns,
    rows: entries.map(auditCells),
    more: older,
    fewer:
      'Ask for fewer days, or for one agent; whoever runs the bot gets all of them by “npm run audit -- --csv”.',
    actions: [execute('Entries', 'audit.page', asked)],
  };
};
