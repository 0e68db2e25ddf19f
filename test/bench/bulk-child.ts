import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { readAccountsFile } from '../../src/config/accounts-file.ts';
import { loadConfig } from '../../src/config/environment.ts';
import { textFiles } from '../../src/config/files.ts';
import { createOwnChanges } from '../../src/features/changes/own-changes.ts';
import { createUsualScores } from '../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import { poll } from '../../src/monitor/poll.ts';
import { loadMonitorState } from '../../src/monitor/state.ts';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { keepHeapSmall } from '../../src/platform/heap.ts';
import { createService } from '../../src/service.ts';
import { openStore } from '../../src/store/open.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { quietPorts } from '../monitor/quiet-ports.ts';
import { startSlowPingPlotter } from './slow-pingplotter.ts';

// The processes of the bench of fleets: PingPlotter, the bot, and one that polls accounts.

const serve = async (latencyMs: number): Promise<void> => {
  const { url, asked } = await startSlowPingPlotter(latencyMs);
  process.on('message', () => process.send?.(asked()));
  process.send?.(url);
};

/** The very bot; asked, it tells its longest block of the event loop since it was asked last, in ms. */
const bot = async (): Promise<void> => {
  keepHeapSmall();
  const config = loadConfig(process.env, undefined, textFiles);
  const { accountsFile } = config;
  const service = await createService(config, {
    clock: systemClock,
    log: silentLog,
    newId: randomUUID,
    random: Math.random,
    ...(accountsFile === undefined
      ? {}
      : { readAccounts: () => readAccountsFile(accountsFile, textFiles, process.env) }),
  });
  await service.listen();
  service.start();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on('message', async () => {
    // A block counts once the loop has turned again.
    await setTimeout(20);
    const blockedMs = delay.max / 1e6;
    delay.reset();
    process.send?.(blockedMs);
  });
  process.send?.('ready');
};

/** Polls so many accounts when it is asked, and tells the CPU that it took, in ms. */
const polls = async (url: string, accounts: number, agents: number): Promise<void> => {
  keepHeapSmall();
  const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
  const clock = systemClock;
  const store = await openStore({ url: `file:${join(folder, 'bot.db')}`, clock, log: silentLog });
  const names = Array.from({ length: accounts }, (_, index) => `${agents}-${index}`);
  const apis = new Map(
    names.map((name) => [
      name,
      createPingPlotter({
        baseUrl: `${url}/${name}`,
        apiKey: 'key',
        timeoutMs: 60_000,
        clock,
        random: () => 0.5,
      }),
    ]),
  );
  const ports = {
    ...quietPorts(),
    store,
    usualHours: createUsualHours({ store, clock }),
    usualScores: createUsualScores({ store }),
    pingPlotter: (account: string) => {
      const api = apis.get(account);
      if (api === undefined) throw new Error(`no account ${account}`);
      return api;
    },
    ownChanges: createOwnChanges(),
    clock,
    // Not less than half of it may lie between two polls.
    pollSeconds: 1,
    admins: new Set<string>(),
  };
  const states = new Map(
    await Promise.all(
      names.map(async (name) => [name, await loadMonitorState(store, name)] as const),
    ),
  );
  const one = async (name: string): Promise<void> => {
    const state = states.get(name);
    if (state === undefined) return;
    const next = await ports.correlation.within(ports.newId(), () =>
      poll({ ...ports, account: name }, state, async () => {}, new AbortController().signal),
    );
    states.set(name, next);
  };
  process.on('message', async (asked) => {
    if (asked === 'end') {
      for (const api of apis.values()) api.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
      process.exit();
    }
    const before = process.cpuUsage();
    await Promise.all(names.map(one));
    const { user, system } = process.cpuUsage(before);
    process.send?.((user + system) / 1000);
  });
  process.send?.('ready');
};

const [role, first = '', second = '', third = ''] = process.argv.slice(2);
if (role === 'serve') await serve(Number(first));
else if (role === 'bot') await bot();
else if (role === 'polls') await polls(first, Number(second), Number(third));
