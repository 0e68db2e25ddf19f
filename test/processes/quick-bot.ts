import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { loadConfig } from '../../src/config/environment.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/log.ts';
import { createService } from '../../src/service.ts';

/** The bot, but for a fleet that is polled more often than anybody may configure, and a wall time that may be ahead. */
const run = async (): Promise<void> => {
  const pollSeconds = z.coerce.number().positive().parse(process.env['QUICK_POLL_SECONDS']);
  const aheadMs = Number(process.env['QUICK_AHEAD_MS'] ?? 0);
  const config = { ...loadConfig(process.env), pollSeconds };
  const service = await createService(config, {
    clock: { ...systemClock, now: () => Date.now() + aheadMs },
    log: createLogger(config.logLevel),
    newId: randomUUID,
    random: Math.random,
  });
  await service.listen();
  service.start();
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : 'failed'}\n`);
  process.exit(1);
});
