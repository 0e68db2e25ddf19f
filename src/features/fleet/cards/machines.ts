import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { execute, openRow, runCommand, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { counted, dots, opening, small } from '../../../ui/rich-text.ts';
import { appearanceOf } from '../../../ui/status.ts';
import { clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import { fullName } from '../domain/distinction.ts';
import type { Machine } from '../domain/same-machine.ts';
import { lastSeenText } from './agent-line.ts';
import source from './inventory.json' with { type: 'json' };

export interface MachinesModel {
  /** Of this page. */
  readonly machines: readonly Machine[];
  /** Of all pages. */
  readonly total: number;
  readonly agents: number;
  readonly page: number;
  readonly pages: number;
}

/** Machines on one page. */
export const machinesOnPage = 5;
/** Agents that are named of one machine; a machine that is copied may have hundreds. */
const namedOfMachine = 5;

const fill = template(source);

/** The agents that share a machine, with what tells them apart. */
export const machinesCard: CardView<MachinesModel> = (model, reader): Card => {
  const { machines, total, agents, page, pages } = model;
  const title = 'On one machine';
  const about =
    total === 0
      ? 'No machine has more than one agent.'
      : dots([
          `${counted(total, 'machine')} with ${counted(agents, 'agent')}`,
          pages > 1 && `page ${page} of ${pages}`,
        ]);
  return fill(
    {
      title,
      about: [small(about)],
      rows: machines.flatMap((machine, index) => rowsOf(machine, index, reader)),
      notes: machines.flatMap(moreOf),
      actions: [
        ...(agents > 1 && showsTo(reader, 'operator')
          ? [execute(`Act on these ${agents}`, 'bulk.choose', { machines: true })]
          : []),
        ...(page < pages ? [execute('Next', 'agents.machines', { page: page + 1 })] : []),
        ...(page > 1 ? [execute('Previous', 'agents.machines', { page: page - 1 })] : []),
        runCommand('Inventory', 'inventory'),
      ],
    },
    total === 0 ? about : dots([title, about]),
  );
};

const rowsOf = (machine: Machine, index: number, reader: Reader) =>
  machine.slice(0, namedOfMachine).map((view) => {
    const line = dots([machineOf(view, index), ...apart(view, reader)]);
    return {
      open: openRow(fullName(view.agent, 40), line, { agent: view.agent.id }),
      name: [opening(plainName(fullName(view.agent)))],
      hasLine: true,
      line: [small(line)],
    };
  });

const machineOf = ({ agent: { machineName } }: AgentView, index: number): string =>
  machineName === undefined ? `machine ${index + 1}` : `on ${plainName(machineName, 40)}`;

/** When it was made, whether it is there, and its id tell two of one name and machine apart. */
const apart = (
  { agent, statusWord }: AgentView,
  reader: Reader,
): readonly (string | undefined)[] => [
  appearanceOf(statusWord).word,
  agent.online ? undefined : lastSeenText(agent, reader),
  agent.createdAt === undefined ? undefined : `created ${clock(agent.createdAt, reader)}`,
  `id ${plain(agent.id.slice(0, 8), 8)}`,
];

const moreOf = (machine: Machine, index: number) => {
  const [first] = machine;
  const more = machine.length - namedOfMachine;
  if (first === undefined || more <= 0) return [];
  return [{ inlines: [small(`${counted(more, 'more agent')} ${machineOf(first, index)}`)] }];
};
