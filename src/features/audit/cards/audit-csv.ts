import type { CardView } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute } from '../../../ui/action.ts';
import { csvCard } from '../../../ui/csv-card.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { auditCsvHead, auditCsvLine } from '../domain/csv.ts';
import type { AuditModel } from './audit.ts';

/** The entries to copy into a spreadsheet. */
export const auditCsvCard: CardView<Omit<AuditModel, 'skip' | 'pageSize'>> = (model, reader) => {
  const { entries, older, ownOnly, since, about, by } = model;
  const asked = { ...optional('about', about), ...optional('by', by), since };
  return csvCard({
    title: 'Audit as CSV',
    about: (shown) =>
      dots([
        counted(shown, 'entry', 'entries'),
        `since ${clock(since, reader)}`,
        ownOnly && 'your own',
      ]),
    head: auditCsvHead,
    lines: entries.map(auditCsvLine),
    more: older,
    rest,
    actions: [execute('Entries', 'audit.page', asked)],
  });
};

const rest =
  'These are the newest. Ask for fewer days, or for one agent; whoever runs the bot gets all of them by “npm run audit -- --csv”.';
