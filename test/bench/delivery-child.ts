import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { createDelivery } from '../../src/delivery/worker.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import { openStore } from '../../src/store/open.ts';
import { createTeamsClient } from '../../src/teams/teams-client.ts';
import { aDraft, aPlace } from '../delivery/drafts.ts';
import { silentLog } from '../fakes/silent-log.ts';

// Sends notifications over HTTP until its parent ends it: the real worker, store, limits and client of Teams.

const [serviceUrl = '', url = '', notifications = '', conversations = ''] = process.argv.slice(2);
const clock = systemClock;
const log = silentLog;
const store = await openStore({ url, clock, log });
const keys = Array.from({ length: Number(conversations) }, (_, index) => `chat-${index}`);
for (const key of keys) await store.installations.refresh(aPlace(key, { serviceUrl }));
await store.outbox.enqueue(
  Array.from({ length: Number(notifications) }, (_, index) =>
    aDraft(keys[index % keys.length] ?? '', `card-${index}`, { dueAt: clock.now() }),
  ),
);
const rateLimiter = createRateLimiter({ clock });
const { messenger } = createTeamsClient({
  bot: { auth: 'disabled' },
  rateLimiter,
  clock,
  log,
  metrics: { sent: () => {} },
});
createDelivery({
  store,
  messenger,
  rateLimiter,
  clock,
  log,
  correlation: createCorrelation(),
  random: () => 0,
  instance: 'one',
  render: async ({ payload }) => ({ card: { content: {}, summary: `${payload}` } }),
  onSent: () => undefined,
  onFailed: () => undefined,
}).start();
process.on('disconnect', () => process.exit());
