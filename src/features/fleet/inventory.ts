import { z } from 'zod';
import { usageError } from '../../chat/command-line.ts';
import { defineAction } from '../../chat/define-action.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { reply } from '../../chat/reply.ts';
import { overviewCard } from './cards/inventory-overview.ts';
import { machinesCard, machinesOnPage } from './cards/machines.ts';
import { countInventory } from './domain/inventory-counts.ts';
import { machinesTwice } from './domain/same-machine.ts';
import type { FleetReader } from './ports.ts';

interface Ports {
  readonly fleets: FleetReader;
}

const MachinesPage = z.object({ page: z.number().int().min(1).max(100_000).default(1) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'agents.machines': z.infer<typeof MachinesPage>;
  }
}

const inventory = defineCommand({
  name: 'inventory',
  group: 'Look',
  usage: 'inventory',
  summary: 'Agents to see to: stale, never connected, waiting for approval, twice on one machine',
  details: ['Each count opens a list, from which many can be paused, renamed or deleted at once.'],
  role: 'viewer',
  reads: true,
  run: async ({ fleets }: Ports, { scope, reader }, rest) => {
    if (rest.trim() !== '') throw usageError('inventory', rest);
    const { agents, takenAt, skipped } = await fleets.read(scope.account);
    const counts = await countInventory(agents);
    return reply(
      overviewCard({ fleet: { agents: agents.length, takenAt, skipped }, counts }, reader),
    );
  },
});

const showMachines = defineAction('agents.machines', {
  data: MachinesPage,
  role: 'viewer',
  title: 'Seeing agents',
  reads: true,
  run: async ({ fleets }: Ports, { scope, reader }, { page: asked }) => {
    const found = await machinesTwice((await fleets.read(scope.account)).agents);
    const pages = Math.max(1, Math.ceil(found.length / machinesOnPage));
    const page = Math.min(asked, pages);
    const machines = found.slice((page - 1) * machinesOnPage, page * machinesOnPage);
    const [total, agents] = [found.length, found.flat().length];
    return reply(machinesCard({ machines, total, agents, page, pages }, reader));
  },
});

export const overviewCommands = [inventory];
export const overviewActions = { 'agents.machines': showMachines };
