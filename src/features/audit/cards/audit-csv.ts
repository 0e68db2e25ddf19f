import type { CardView } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { counted, dots, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { auditCsvHead, auditCsvLine } from '../domain/csv.ts';
import type { AuditEntry } from '../store.ts';
import type { AuditModel } from './audit.ts';
import source from './audit-csv.json' with { type: 'json' };

const fill = template(source);

/** As many signs of JSON as leave the card light enough for any client. */
const mostSigns = 20_000;

/** The entries to copy into a spreadsheet; a bot cannot hand over a file in groups and channels. */
export const auditCsvCard: CardView<Omit<AuditModel, 'skip' | 'pageSize'>> = (model, reader) => {
  const { entries, older, ownOnly, since, about, by } = model;
  const lines = fitting(entries);
  const head = dots([
    counted(lines.length, 'entry', 'entries'),
    `since ${clock(since, reader)}`,
    ownOnly && 'your own',
  ]);
  const complete = !older && lines.length === entries.length;
  const asked = { ...optional('about', about), ...optional('by', by), since };
  return fill(
    {
      about: [small(head)],
      csv: [auditCsvHead, ...lines].join('\n'),
      notes: complete ? [] : [{ inlines: [small(rest)] }],
      actions: [execute('Entries', 'audit.page', asked)],
    },
    `Audit as CSV: ${head}`,
  );
};

const rest =
  'These are the newest. Ask for fewer days, or for one agent; whoever runs the bot gets all of them by “npm run audit -- --csv”.';

const fitting = (entries: readonly AuditEntry[]): readonly string[] => {
  let signs = 0;
  const lines = entries.map(auditCsvLine);
  const tooMuch = lines.findIndex((line) => {
    signs += JSON.stringify(line).length;
    return signs > mostSigns;
  });
  return tooMuch === -1 ? lines : lines.slice(0, tooMuch);
};
