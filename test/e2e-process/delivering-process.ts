import { createInterface } from 'node:readline';
import { z } from 'zod';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { createDelivery } from '../../src/delivery/worker.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import { openStore } from '../../src/store/open.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { createMessenger } from '../../src/teams/messenger.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** Delivers what is in the outbox. Says `ready`, begins at the line `go` and ends at the line `stop`. */
const deliver = async (): Promise<void> => {
  const options = z
    .object({
      url: z.string(),
      instance: z.string(),
      queuesAtOnce: z.number(),
      leaseMs: z.number(),
    })
    .parse(JSON.parse(process.argv[2] ?? ''));
  const clock = systemClock;
  const store = await openStore({ url: options.url, clock, log: silentLog });
  // Without what signs in, which takes longest of all to load.
  const messenger = createMessenger({
    connector: createConnector(async () => undefined),
    clock,
    log: silentLog,
    metrics: { sent: () => undefined },
  });
  const worker = createDelivery({
    ...options,
    store,
    messenger,
    rateLimiter: createRateLimiter({ clock }),
    clock,
    log: silentLog,
    correlation: createCorrelation(),
    random: () => 0.5,
    render: async ({ payload }) => ({
      card: { content: { type: 'AdaptiveCard', version: '1.5' }, summary: `${payload}` },
    }),
    onSent: () => undefined,
    onFailed: () => undefined,
  });
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'go') worker.start();
    if (line === 'stop') break;
  }
  await worker.stop();
  await store.close();
  process.exit(0);
};

deliver().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : 'failed'}\n`);
  process.exit(1);
});
