import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, openRow, runCommand, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { bold, dots, opening, run, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { InventoryChange } from '../../fleet/domain/inventory-changes.ts';
import { changeWatch, watchesLine } from '../../watches/cards/watch-line.ts';
import type { NamedWatch } from '../../watches/domain/watch.ts';
import source from './changes.json' with { type: 'json' };

export interface ChangesModel {
  /** At least one, the most important first. */
  readonly changes: readonly InventoryChange[];
  /** How many more there are. */
  readonly more: number;
  readonly watches: readonly NamedWatch[];
  /** ms since 1970 */
  readonly at: number;
  /** Nothing of it is so: it is a test, which says so. */
  readonly test?: string;
}

const fill = template(source);

const shownRows = 10;

/** What has changed in the fleet, in one message. */
export const changesCard: CardView<ChangesModel> = (model, reader): Card => {
  const { changes, more, test } = model;
  const total = changes.length + more;
  const [only] = changes;
  const isOne = total === 1 && only !== undefined;
  return fill(
    {
      title: `${test === undefined ? '' : 'Test: '}${isOne ? sentence(only, markdownName) : `${total} changes of the fleet`}`,
      rows: isOne ? [] : changes.slice(0, shownRows).map(row),
      notes: notes(model, reader),
      actions: actions(model, reader),
    },
    toast(model),
  );
};

/** What several changes say in a toast; the rest stands on the card. */
const spoken = 2;

const toast = ({ changes, more, test }: ChangesModel): string => {
  const total = changes.length + more;
  return dots([
    test !== undefined && 'Test',
    total > 1 && `${total} changes of the fleet`,
    ...changes.slice(0, spoken).map((change) => sentence(change, plainName)),
  ]);
};

type Escape = (text: string, max: number) => string;

/** Like `KIOSK-7 is new`. */
const sentence = (change: InventoryChange, name: Escape): string => {
  const who = name(fullName(change), 60);
  switch (change.kind) {
    case 'waiting':
      return `${who} may wait for approval`;
    case 'same-machine':
      return `${who} runs on the machine of ${name(fullName(change.other ?? change), 60)}`;
    case 'deleted':
      return `${who} was deleted`;
    case 'renamed':
      return `${name(change.was ?? '', 60)} is called ${who} now`;
    case 'new':
      return `${who} is new`;
    case 'back':
      return `${who} is listed again`;
    default:
      return change.kind satisfies never;
  }
};

const words = {
  waiting: 'May wait',
  'same-machine': 'Same machine',
  deleted: 'Deleted',
  renamed: 'Renamed',
  new: 'New',
  back: 'Back',
} as const satisfies Record<InventoryChange['kind'], string>;

const row = (change: InventoryChange) => {
  const name = fullName(change);
  const line = lineOf(change);
  const state = words[change.kind];
  const said = dots([state, plainName(name, 60), line]);
  const isGone = change.kind === 'deleted';
  return {
    opens: !isGone,
    isGone,
    open: openRow(name, said, { agent: change.agent }),
    name: [isGone ? bold(plainName(name, 60)) : opening(plainName(name, 60))],
    hasLine: line !== '',
    line: [small(line)],
    state,
  };
};

const lineOf = ({ kind, was, other }: InventoryChange): string => {
  if (kind === 'renamed') return `was called ${plainName(was ?? '', 60)}`;
  if (kind === 'same-machine' && other !== undefined)
    return `runs on the machine of ${plainName(fullName(other), 60)}`;
  if (kind === 'waiting') return 'perhaps for approval in the Agent Lobby';
  return kind === 'back' ? 'is listed again after it was gone' : '';
};

const approvalHint =
  'Approving is done in PingPlotter Cloud, in the Agent Lobby; the bot cannot do it.';

const notes = ({ changes, more, watches, at, test }: ChangesModel, reader: Reader) => {
  const hidden = changes.length + more - shownRows;
  return [
    ...(test === undefined ? [] : [{ inlines: [run(test)] }]),
    ...(hidden > 0 ? [{ inlines: [small(`and ${hidden} more`)] }] : []),
    ...(changes.some(({ kind }) => kind === 'waiting') ? [{ inlines: [run(approvalHint)] }] : []),
    { inlines: [small(dots([`as of ${clock(at, reader)}`, watchesLine(watches)]))] },
  ];
};

const actions = (model: ChangesModel, reader: Reader): readonly Action[] => {
  const { changes, more, watches, test } = model;
  const [watch] = watches;
  const only = changes.length + more === 1 ? changes[0] : undefined;
  const shown = [
    ...(only === undefined ? [runCommand('Inventory', 'inventory')] : agentActions(only, reader)),
    ...(test === undefined && changes.some(({ kind }) => kind === 'deleted')
      ? [runCommand('Deleted agents', 'deleted')]
      : []),
  ];
  if (watch === undefined) return shown;
  // Three dots alone would hide the only button.
  return shown.length === 0
    ? [execute('Change watch', 'watch.edit', { watch: watch.id })]
    : [...shown, changeWatch(watch)];
};

/** What the API allows with it; of an agent that waits also what makes the waiting needless. */
const agentActions = (
  { kind, agent, other }: InventoryChange,
  reader: Reader,
): readonly Action[] => {
  if (kind === 'deleted') return [];
  const waits = kind === 'waiting';
  return [
    execute('Open', 'agent.show', { agent }),
    ...(other === undefined
      ? []
      : [execute('Open the other', 'agent.show', { agent: other.agent })]),
    ...(waits && showsTo(reader, 'operator') ? [execute('Rename', 'agent.rename', { agent })] : []),
    ...(waits && showsTo(reader, 'admin') ? [execute('Delete', 'agent.delete', { agent })] : []),
  ];
};
