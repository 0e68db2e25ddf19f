import { fleetCard } from '../../src/features/fleet/cards/agent-list.ts';
import { countStatuses } from '../../src/features/fleet/domain/agent-view.ts';
import { aReader, now, tenAgents } from '../cards/a-fleet.ts';
import { budgetTable } from './budget.ts';
import { timed } from './timed.ts';

// The list card of ten agents, made anew each time, beside turning the finished card into JSON.

const page = {
  agents: tenAgents,
  counts: countStatuses(tenAgents),
  matching: 200,
  page: 1,
  pages: 20,
  place: { filter: '', page: 1 },
  takenAt: now,
  skipped: 0,
};
const reader = aReader();
const { content } = fleetCard(page, reader);

const [card = 0, json = 0] = timed(
  [() => fleetCard(page, reader), () => JSON.stringify(content)],
  100,
);
const kilobytes = Buffer.byteLength(JSON.stringify(content)) / 1024;

process.stdout.write(
  [
    budgetTable([
      { what: 'list card of ten agents', measured: card, must: 1.5, unit: 'ms' },
      { what: 'the same, its size', measured: kilobytes, must: 12, unit: 'KB' },
    ]),
    `A list card takes ${(card / json).toFixed(1)} times as long as JSON.stringify of the finished card.`,
    '',
  ].join('\n'),
);
