import type { CardView, Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute } from '../../../ui/action.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { entriesCard } from '../../../ui/plain-cards.ts';
import { bold, counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { AuditEntry } from '../store.ts';

export interface AuditModel {
  readonly entries: readonly AuditEntry[];
  readonly older: boolean;
  readonly ownOnly: boolean;
  /** What was asked for. */
  readonly about?: string | undefined;
  readonly by?: string | undefined;
  readonly since: number;
  readonly skip: number;
  readonly pageSize: number;
}

export const auditCard: CardView<AuditModel> = (model, reader) => {
  const { entries, older, ownOnly, skip, pageSize, since, about, by } = model;
  const asked = { ...optional('about', about), ...optional('by', by), since };
  const none = entries.length === 0 && skip === 0;
  const head = dots([
    none ? 'Nothing was done' : counted(entries.length, 'entry', 'entries'),
    `since ${clock(since, reader)}`,
    ownOnly && 'your own',
  ]);
  return entriesCard(
    {
      title: 'Audit',
      about: head,
      rows: entries.map((entry) => row(entry, reader)),
      actions: [
        ...(skip > 0
          ? [execute('Newer', 'audit.page', { ...asked, skip: Math.max(0, skip - pageSize) })]
          : []),
        ...(older ? [execute('Older', 'audit.page', { ...asked, skip: skip + pageSize })] : []),
        ...(none ? [] : [execute('As CSV', 'audit.page', { ...asked, as: 'csv' })]),
      ],
    },
    `Audit: ${head}`,
  );
};

/** A button as it would be said: `agent.rename` as `rename agent`. A command is words already. */
const actionWords = (action: string): string => {
  const [noun = '', verb] = action.split('.');
  return verb === undefined ? action : `${verb} ${nouns.get(noun) ?? noun}`;
};

const nouns: ReadonlyMap<string, string> = new Map([
  ['session', 'target'],
  ['bulk', 'job'],
]);

const row = (entry: AuditEntry, reader: Reader) => {
  const { personName, action, agentId, agentName, at, result, before, after, detail } = entry;
  const agent = agentName ?? agentId;
  const change = before === undefined ? after : `${before} → ${after ?? ''}`;
  return {
    name: [
      bold(
        dots([plainName(personName), actionWords(plain(action, 40)), agent && plainName(agent)]),
      ),
    ],
    line: dots([
      clock(at, reader),
      plain(result.replaceAll('-', ' '), 40),
      change && plain(change, 200),
      detail && plain(detail, 120),
    ]),
  };
};
