import { expect, it } from 'vitest';
import { loadAlertCard } from '../../../src/features/alerting/load-alerts.ts';
import { createComparisons } from '../../../src/features/diagnosis/comparisons.ts';
import type { FleetView } from '../../../src/features/fleet/domain/agent-view.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { aMember, now } from '../../cards/a-fleet.ts';
import { anOfflineAgent } from '../../cards/a-problem.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aDatabase } from '../../store/a-database.ts';
import { bedOn } from '../../store/bed.ts';

const boise = ['BOI-1', 'BOI-2', 'BOI-3'].map((name) => aMember(name, 'Boise', {}));
const denver = Array.from({ length: 9 }, (_, at) => aMember(`DEN-${at}`, 'Denver', {}));
const fleet: FleetView = { agents: [...boise, ...denver], takenAt: now, readAt: 1, skipped: 0 };

/** The title of a card that all of Boise shares. */
const titleWith = async (
  last: FleetView | undefined,
  read: () => Promise<FleetView>,
): Promise<string | undefined> => {
  const { store, clock } = await bedOn(await aDatabase());
  await store.alerts.open(
    boise.map(({ agent: { id, name } }) => ({
      account: 'default',
      conversationKey: '19:ops',
      id,
      watchId: 'watch',
      agentId: id,
      sessionId: '',
      groupId: 'together',
      openedAt: now,
      detail: anOfflineAgent({ agentName: name }),
    })),
  );
  const fleets = { last: () => last, read };
  const comparisons = createComparisons({ store, clock, fleets, log: silentLog });
  const told = await loadAlertCard({ store, clock, comparisons })('together');
  return told?.kind === 'group' ? told.group.title : undefined;
};

it('knows what a group has in common from the last reading, however old', async () => {
  const unasked = () => Promise.reject(new Error('asked for another one'));
  expect(await titleWith(fleet, unasked)).toBe('3 agents at Boise are offline');
});

it('asks for a reading where there was none, as in an instance that does not poll', async () => {
  expect(await titleWith(undefined, async () => fleet)).toBe('3 agents at Boise are offline');
});

it('shows what it knows while PingPlotter cannot be read', async () => {
  const down = () => Promise.reject(new AppError('unavailable', 'down'));
  expect(await titleWith(undefined, down)).toBe('3 agents are offline');
});
