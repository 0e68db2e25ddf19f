import type { CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, runCommand, showsTo } from '../../../ui/action.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { entriesCard } from '../../../ui/plain-cards.ts';
import { bold, counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { MaintenanceWindow } from '../store.ts';

export interface PlannedModel {
  /** The first to begin first. */
  readonly windows: readonly MaintenanceWindow[];
}

/** Each has its button, and Teams shows six. */
const mostRows = 5;

export const plannedCard: CardView<PlannedModel> = ({ windows }, reader) => {
  const shown = windows.slice(0, mostRows);
  const about =
    windows.length === 0 ? 'Nothing is planned here.' : counted(windows.length, 'window');
  const more = windows.length - shown.length;
  return entriesCard(
    {
      title: 'Maintenance',
      about,
      rows: shown.map((window, at) => ({
        name: [bold(dots([windows.length > 1 && `${at + 1}`, nameOf(window)]))],
        line: lineOf(window, reader),
      })),
      note: more > 0 ? `and ${more} more` : undefined,
      actions: showsTo(reader, 'operator') ? actions(windows, shown) : [watches],
    },
    dots(['Maintenance', about, ...shown.map(nameOf)]),
  );
};

const watches = runCommand('Watches', 'watches');

const nameOf = ({ filter }: MaintenanceWindow): string => plain(filter, 80) || 'all agents';

const lineOf = ({ from, until, by }: MaintenanceWindow, reader: Reader): string =>
  dots([`from ${clock(from, reader)} to ${clock(until, reader)}`, `by ${plainName(by.name)}`]);

const actions = (
  windows: readonly MaintenanceWindow[],
  shown: readonly MaintenanceWindow[],
): readonly Action[] => [
  ...shown.map(({ id }, at) =>
    execute(windows.length > 1 ? `End ${at + 1}` : 'End', 'maintenance.end', { windows: [id] }),
  ),
  ...(windows.length > 1
    ? [
        execute(`End all ${windows.length}`, 'maintenance.end', {
          windows: windows.slice(0, 100).map(({ id }) => id),
        }),
      ]
    : []),
  ...(windows.length === 0 ? [watches] : []),
];
