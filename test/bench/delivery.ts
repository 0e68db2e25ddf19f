import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Bulk } from '../delivery/bulk.ts';
import { temporaryRoot } from '../store/memory-folder.ts';
import { type Budget, budgetTable } from './budget.ts';
import type { Simulated } from './delivery-simulated.ts';
import { mostInASecond } from './in-a-second.ts';
import { startStubConnector } from './stub-connector.ts';

// Queues are sent on a simulated clock, and one over HTTP for a third of a minute, counted where it arrives.

/** What Teams' limits allow at best: the tenant's 50 a second, or one conversation's 60 in 30 s and 1,800 in an hour. */
const loads = [
  { notifications: 10_000, conversations: 500, bestMs: 199_000 },
  { notifications: 800, conversations: 40, bestMs: 15_000 },
  { notifications: 2000, conversations: 1, bestMs: 3_694_000 },
];
const overHttp: Bulk = { notifications: 1000, conversations: 500 };
/** Whoever takes so long is not measured. */
const patienceMs = 90_000;

// In memory: on the simulated clock only waiting for a disk would take time.
const folder = mkdtempSync(join(temporaryRoot, 'bot-bench-'));
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const SimulatedSchema: z.ZodType<Simulated> = z.object({
  tookMs: z.number(),
  violations: z.number(),
});

const simulate = async ({ notifications, conversations }: Bulk): Promise<Simulated> => {
  const url = `file:${join(folder, `${notifications}.db`)}`;
  const args = [url, notifications, conversations].map(String);
  const [answer] = await once(fork(script('delivery-simulated.js'), args), 'message');
  return SimulatedSchema.parse(answer);
};

// At once: how long they take does not matter on that clock.
const simulated = await Promise.all(
  loads.map(async ({ bestMs, ...load }) => ({ bestMs, ...load, ...(await simulate(load)) })),
);
const budgets: Budget[] = simulated.flatMap(
  ({ notifications, conversations, bestMs, tookMs, violations }) => {
    const what = `${notifications.toLocaleString('en')} notifications to ${conversations} conversations`;
    return [
      { what: `${what}, time / best possible`, measured: tookMs / bestMs, must: 1.08 },
      { what: `${what}, violations of Teams' limits`, measured: violations, must: 0 },
    ];
  },
);

/** When each arrived, by `performance.now()`. */
const arrivalsOver = async ({ notifications, conversations }: Bulk): Promise<readonly number[]> => {
  const arrivals: number[] = [];
  const connector = await startStubConnector({
    onRequest: () => void arrivals.push(performance.now()),
  });
  const args = [connector.url, `file:${join(folder, 'http.db')}`, notifications, conversations];
  const child = fork(script('delivery-child.js'), args.map(String));
  const deadline = performance.now() + patienceMs;
  while (arrivals.length < notifications && performance.now() < deadline) await sleep(100);
  child.disconnect();
  connector.close();
  return arrivals;
};

const arrivals = await arrivalsOver(overHttp);
const tookMs = (arrivals.at(-1) ?? Number.NaN) - (arrivals[0] ?? 0);
const bestMs = (overHttp.notifications / 50 - 1) * 1000;
const what = `${overHttp.notifications.toLocaleString('en')} notifications to ${overHttp.conversations} conversations over HTTP`;
budgets.push(
  {
    what: `${what}, time / best possible`,
    measured: arrivals.length < overHttp.notifications ? Number.NaN : tookMs / bestMs,
    must: 1.08,
  },
  { what: `${what}, requests in any second`, measured: mostInASecond(arrivals), must: 50 },
);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(budgetTable(budgets));
