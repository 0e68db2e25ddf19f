import type { CardView, Reader } from '../../../platform/messenger.ts';
import { orList } from '../../../shared/text.ts';
import { type Execute, execute, runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { counted, dots, opening, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { FleetView } from '../domain/agent-view.ts';
import type { InventoryCounts, InventoryState } from '../domain/inventory-counts.ts';
import source from './inventory.json' with { type: 'json' };

export interface OverviewModel {
  readonly fleet: Pick<FleetView, 'takenAt' | 'skipped'> & { readonly agents: number };
  readonly counts: InventoryCounts;
}

interface Row {
  readonly count: number;
  /** `12 stale` */
  readonly name: string;
  readonly line: string;
  /** What is said where there are none. */
  readonly none: string;
  readonly open: Execute;
}

const fill = template(source);

const stateRow = (
  state: InventoryState,
  count: number,
  word: string,
  line: string,
  none = word,
): Row => {
  const name = `${count} ${word}`;
  return { count, name, line, none, open: execute(name, 'agents.page', { filter: `is:${state}` }) };
};

const onOneMachine = 'on a machine with another';

const rowsOf = ({ stale, never, waiting, sharing, machines }: InventoryCounts): readonly Row[] => [
  stateRow('stale', stale, 'stale', 'not seen for 30 days'),
  stateRow('never', never, 'never connected', 'made, and not heard of since'),
  stateRow(
    'waiting',
    waiting,
    'may wait for approval',
    'by their settings: PingPlotter does not say who waits',
    'waiting for approval',
  ),
  {
    count: sharing,
    name: `${sharing} ${onOneMachine}`,
    line: `${counted(machines, 'machine')} with more than one agent`,
    none: onOneMachine,
    open: execute(`${sharing} ${onOneMachine}`, 'agents.machines', {}),
  },
];

/** What of the fleet somebody should see to; each row opens a list. */
export const overviewCard: CardView<OverviewModel> = ({ fleet, counts }, reader: Reader) => {
  const rows = rowsOf(counts);
  const found = rows.filter(({ count }) => count > 0);
  const none = rows.flatMap((row) => (row.count === 0 ? row.none : []));
  const notes = [
    ...(none.length > 0 ? [`No agent is ${orList(none)}.`] : []),
    ...(fleet.skipped > 0
      ? [`${counted(fleet.skipped, 'agent')} could not be read and may be any of these.`]
      : []),
  ];
  return fill(
    {
      title: 'Inventory',
      about: [small(dots([counted(fleet.agents, 'agent'), clock(fleet.takenAt, reader)]))],
      rows: found.map(({ name, line, open }) => ({
        open: { ...open, tooltip: line },
        name: [opening(name)],
        hasLine: true,
        line: [small(line)],
      })),
      notes: notes.map((note) => ({ inlines: [small(note)] })),
      actions: [runCommand('Refresh', 'inventory'), runCommand('Agents', 'agents')],
    },
    found.length === 0
      ? 'Nothing to see to in the inventory'
      : dots(['Inventory', ...found.map(({ name }) => name)]),
  );
};
