import { overviewCard } from '../../src/features/fleet/cards/inventory-overview.ts';
import { machinesCard } from '../../src/features/fleet/cards/machines.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { aReader, aView, hostile, hour, now } from './a-fleet.ts';

type Picture = readonly [name: string, card: Card];

const day = 24 * hour;

const twins = [
  aView({
    agent: { id: 'agent-one', name: 'LAX-12', machineName: 'DESK-12', createdAt: now - 400 * day },
    targets: [],
  }),
  aView({
    agent: {
      id: 'agent-two',
      name: hostile,
      machineName: 'DESK-12',
      online: false,
      lastSeen: now - 45 * day,
      createdAt: now - 500 * day,
    },
    targets: [],
  }),
];

export const inventories: readonly Picture[] = [
  [
    'inventory.overview',
    overviewCard(
      {
        fleet: { agents: 1204, takenAt: now - 2000, skipped: 3 },
        counts: { stale: 12, never: 3, waiting: 0, sharing: 5, machines: 2 },
      },
      aReader(),
    ),
  ],
  [
    'inventory.nothing',
    overviewCard(
      {
        fleet: { agents: 4, takenAt: now - 2000, skipped: 0 },
        counts: { stale: 0, never: 0, waiting: 0, sharing: 0, machines: 0 },
      },
      aReader(),
    ),
  ],
  [
    'inventory.machines',
    machinesCard(
      {
        machines: [twins, Array.from({ length: 8 }, () => twins[0] ?? []).flat()],
        total: 7,
        agents: 25,
        page: 1,
        pages: 2,
      },
      aReader({ role: 'operator' }),
    ),
  ],
  [
    'inventory.no-machines',
    machinesCard({ machines: [], total: 0, agents: 0, page: 1, pages: 1 }, aReader()),
  ],
];
