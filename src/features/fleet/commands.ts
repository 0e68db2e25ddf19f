import { defineCommand } from '../../chat/define-command.ts';
import { reply } from '../../chat/reply.ts';
import { type AgentFinder, resolveAgent } from '../../chat/resolve-agent.ts';
import { csvCard } from '../../chat/table.ts';
import type { Turn } from '../../chat/turn.ts';
import type { Agent } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { FileLinks } from '../../platform/files.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { byName as inOrder } from '../../shared/names.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { agentAnswer, listCard } from './actions.ts';
import { agentsTable } from './cards/agents-csv.ts';
import { fieldsCard } from './cards/fields.ts';
import { inventoryCard } from './cards/inventory.ts';
import { distinguished } from './domain/distinction.ts';
import { pageSize } from './domain/list.ts';
import type { AgentReader, FleetReader } from './ports.ts';

interface Ports {
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly files: FileLinks;
  readonly finder: AgentFinder;
  readonly fleets: FleetReader;
  readonly pingPlotter: (account: string) => PingPlotter;
}

const usage = 'agent <name>';

export const agent = defineCommand({
  name: 'agent',
  aliases: ['show', 'status'],
  group: 'Look',
  usage,
  summary: 'One agent: state, network, targets with scores',
  details: ['agent lax-12', 'A part of the name is enough.'],
  role: 'viewer',
  reads: true,
  run: (ports: Ports, turn, name) =>
    resolveAgent(ports, turn, {
      name,
      usage,
      verb: 'agent.show',
      act: async ({ id }) => {
        const view = await ports.agents.read(turn.scope.account, id, turn.signal);
        return reply(await agentAnswer(ports, turn, { view }));
      },
    }),
});

export const agents = defineCommand({
  name: 'agents',
  aliases: ['fleet', 'list'],
  group: 'Look',
  usage: 'agents [filter] [csv]',
  summary: 'All agents with their quality, the worst first',
  invitation: {
    place: 1,
    does: 'See which agents have trouble',
    words: 'which agents are bad?',
    button: 'Fleet',
  },
  details: [
    'agents is:poor',
    'agents field.Site:Boise score<70',
    'agents name:lax* -is:offline OR is:vpn',
    'agents @boise: by a filter that was saved here, see help save',
    'agents is:poor csv: to copy into a spreadsheet',
  ],
  role: 'viewer',
  reads: true,
  run: async (ports: Ports, turn, rest) => {
    const filter = await filterOfTable(ports, turn, rest);
    if (filter === undefined)
      return reply(await listCard(ports, turn, { filter: rest.trim(), page: 1 }));
    const found = await ports.fleets.matching(turn.scope, filter);
    return reply(await csvCard(ports, await agentsTable(found, turn.reader)));
  },
});

/** What stands before `csv`; nothing where that is not the last word, or part of an agent's whole name. */
const filterOfTable = async (
  { finder }: Pick<Ports, 'finder'>,
  { scope }: Turn,
  rest: string,
): Promise<string | undefined> => {
  const last = tokenize(rest).at(-1);
  if (!isWord(last, 'csv')) return undefined;
  const named = await finder.readingOfWholeName(scope.account, [{ agent: rest }]);
  return named === undefined ? rest.slice(0, last?.begin).trim() : undefined;
};

export const fields = defineCommand({
  name: 'fields',
  aliases: ['customfields'],
  group: 'Look',
  usage: 'fields',
  summary: 'The custom fields that agents have',
  details: ['Filter by one of them: agents field.Site:Boise'],
  role: 'viewer',
  reads: true,
  run: async ({ pingPlotter }: Ports, { scope, reader, signal }) =>
    reply(fieldsCard({ names: await pingPlotter(scope.account).customFields(signal) }, reader)),
});

export const templates = defineCommand({
  name: 'templates',
  group: 'Look',
  usage: 'templates',
  summary: 'The templates that new agents are made from',
  details: [],
  role: 'viewer',
  reads: true,
  run: async ({ pingPlotter }: Ports, { scope, reader, signal }) => {
    const fleet = await pingPlotter(scope.account).agents({ templates: true }, signal);
    const found = fleet.agents.filter(({ template, deleted }) => template && !deleted);
    return reply(
      inventoryCard(
        { what: 'templates', ...firstPage(distinguished(found).toSorted(byName)) },
        reader,
      ),
    );
  },
});

export const deleted = defineCommand({
  name: 'deleted',
  group: 'Look',
  usage: 'deleted',
  summary: 'Agents that were deleted, the latest first',
  details: [],
  role: 'viewer',
  reads: true,
  run: async ({ pingPlotter }: Ports, { scope, reader, signal }) => {
    const fleet = await pingPlotter(scope.account).agents({ deleted: true }, signal);
    const found = fleet.agents.filter((agent) => agent.deleted);
    return reply(
      inventoryCard(
        { what: 'deleted', ...firstPage(distinguished(found).toSorted(latestFirst)) },
        reader,
      ),
    );
  },
});

const firstPage = (agents: readonly Agent[]) => ({
  agents: agents.slice(0, pageSize),
  page: 1,
  pages: Math.max(1, Math.ceil(agents.length / pageSize)),
  total: agents.length,
});

const byName = (a: Agent, b: Agent): number => inOrder(a.name, b.name);

const latestFirst = (a: Agent, b: Agent): number =>
  (b.deletedAt ?? 0) - (a.deletedAt ?? 0) || byName(a, b);

export const fleetCommands = [agents, agent];
export const inventoryCommands = [fields, templates, deleted];
