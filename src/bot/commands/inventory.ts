import { inventoryCard } from '../../cards/inventory.ts';
import type { Agent } from '../../core/agent.ts';
import { pageSize } from '../../use-cases/list-agents.ts';
import { reply } from '../answers.ts';
import type { Command } from '../command.ts';

export const templates: Command = {
  name: 'templates',
  usage: 'templates',
  summary: 'The templates that new agents are made from',
  details: [],
  role: 'viewer',
  looksOnly: true,
  run: async ({ pingPlotter }, { scope, reader, signal }) => {
    const fleet = await pingPlotter(scope.account).agents({ templates: true }, signal);
    const found = fleet.agents.filter(({ template, deleted }) => template && !deleted);
    return reply(
      inventoryCard({ what: 'templates', ...firstPage(found.toSorted(byName)) }, reader),
    );
  },
};

export const deleted: Command = {
  name: 'deleted',
  usage: 'deleted',
  summary: 'Agents that were deleted, the latest first',
  details: [],
  role: 'viewer',
  looksOnly: true,
  run: async ({ pingPlotter }, { scope, reader, signal }) => {
    const fleet = await pingPlotter(scope.account).agents({ deleted: true }, signal);
    const found = fleet.agents.filter((agent) => agent.deleted);
    return reply(
      inventoryCard({ what: 'deleted', ...firstPage(found.toSorted(latestFirst)) }, reader),
    );
  },
};

const firstPage = (agents: readonly Agent[]) => ({
  agents: agents.slice(0, pageSize),
  page: 1,
  pages: Math.max(1, Math.ceil(agents.length / pageSize)),
  total: agents.length,
});

const byName = (a: Agent, b: Agent): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true });

const latestFirst = (a: Agent, b: Agent): number =>
  (b.deletedAt ?? 0) - (a.deletedAt ?? 0) || byName(a, b);
