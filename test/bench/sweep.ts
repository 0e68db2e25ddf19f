import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseWatch } from '../../src/core/watch-command.ts';
import { keepHeapSmall } from '../../src/heap.ts';
import { loadMemory } from '../../src/monitor/memory.ts';
import { sweep } from '../../src/monitor/sweep.ts';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { createExpectations } from '../../src/store/memory/expectations.ts';
import { openStore } from '../../src/store/open.ts';
import { systemClock } from '../../src/system-clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { quietPorts } from '../monitor/quiet-ports.ts';
import { bigFleet } from './big-fleet.ts';
import { type Budget, budgetTable } from './budget.ts';
import { median } from './median.ts';

// One process serves the bytes, one only fetches and parses them, one is the bot: measured apart,
// in turn, in one run. What is printed are ratios of medians.

interface Measured {
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly blockedMs: number;
}

/** As many as the flap window is long: then the fleet is as it is on most days, settled. */
const warmUps = 22;
/** A whole collection of garbage falls into every third sweep: fewer rounds would count it by chance. */
const measuredRounds = 15;
const batch = 500;
/** Sweeps are at least five seconds apart. What a process does after one, collecting garbage above all, counts as its own. */
const pauseMs = 400;

const serve = async (agents: number): Promise<void> => {
  const fleet = bigFleet(agents);
  let sweeps = 0;
  const server = createServer(async (request, response) => {
    const now = Date.now();
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') {
      sweeps += 1;
      response.end(fleet.list(now));
      return;
    }
    const { AgentUniqueIds: ids } = JSON.parse(await text(request));
    response.end(fleet.statuses(ids, now, sweeps));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('message', () => process.exit());
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
};

/** Does the work once each time it is told to, and tells what it took. */
const onDemand = (work: () => Promise<void>, end: () => Promise<void>): void => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on('message', async (asked) => {
    if (asked === 'end') {
      await end();
      process.disconnect();
      return;
    }
    delay.reset();
    const before = process.cpuUsage();
    await work();
    const blockedMs = delay.max / 1e6;
    await sleep(pauseMs);
    const { user, system } = process.cpuUsage(before);
    const measured: Measured = {
      cpuMs: (user + system) / 1000,
      peakMb: process.resourceUsage().maxRSS / 1024,
      blockedMs,
    };
    process.send?.(measured);
  });
  process.send?.('ready');
};

const peer = (url: string, agents: number): void =>
  onDemand(
    async () => {
      const list: unknown = JSON.parse(await (await fetch(`${url}/agents`)).text());
      const ids = Array.isArray(list) ? list.map(({ UniqueId }) => UniqueId) : [];
      if (ids.length !== agents) throw new Error('the list is not whole');
      for (let from = 0; from < ids.length; from += batch) {
        const body = JSON.stringify({ AgentUniqueIds: ids.slice(from, from + batch) });
        const answer = await fetch(`${url}/agents/status`, { method: 'POST', body });
        JSON.parse(await answer.text());
      }
    },
    async () => {},
  );

const bot = async (url: string): Promise<void> => {
  keepHeapSmall();
  const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
  const clock = systemClock;
  const store = await openStore({ url: `file:${join(folder, 'bot.db')}`, clock, log: silentLog });
  const here = { account: 'default', conversationKey: 'chat' };
  const madeBy = { id: 'alex', name: 'Alex' };
  // One watch that asks everything of everybody.
  const rule = parseWatch('');
  await store.watches.add({ ...here, filter: rule.filter, rule, madeBy, createdAt: 0 });
  const api = createPingPlotter({
    baseUrl: url,
    apiKey: 'key',
    timeoutMs: 60_000,
    clock,
    random: () => 0.5,
  });
  const ports = {
    ...quietPorts(),
    store,
    pingPlotter: () => api,
    expectations: createExpectations(),
    clock,
    pollSeconds: 5,
    admins: new Set<string>(),
  };
  let memory = await loadMemory(store, 'default');
  onDemand(
    async () => {
      memory = await ports.correlation.within(ports.newId(), () =>
        sweep(ports, memory, async () => {}, new AbortController().signal),
      );
    },
    async () => {
      api.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  );
};

interface Child<T> {
  readonly answer: T;
  round(): Promise<Measured>;
  end(): void;
}

const inChild = async <T>(...args: readonly string[]): Promise<Child<T>> => {
  const child = fork(fileURLToPath(import.meta.url), args);
  const [answer] = await once(child, 'message');
  return {
    answer,
    round: async () => {
      child.send('go');
      const [measured] = await once(child, 'message');
      return measured;
    },
    end: () => child.send('end'),
  };
};

const compare = async (agents: number): Promise<readonly Budget[]> => {
  const server = await inChild<{ port: number }>('serve', String(agents));
  const url = `http://127.0.0.1:${server.answer.port}`;
  const bare = await inChild<string>('peer', url, String(agents));
  const own = await inChild<string>('bot', url);
  for (let round = 0; round < warmUps; round += 1) {
    await bare.round();
    await own.round();
  }
  // In turn, so that whatever else the machine does falls on both.
  const [theirs, ours]: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < measuredRounds; round += 1) {
    theirs.push(await bare.round());
    ours.push(await own.round());
  }
  for (const { end } of [bare, own, server]) end();
  const ratio = (of: keyof Measured): number =>
    median(ours.map((one) => one[of])) / median(theirs.map((one) => one[of]));
  const fleet = `sweep of ${agents.toLocaleString('en')} agents`;
  return [
    { what: `${fleet}, CPU / fetch + JSON.parse`, measured: ratio('cpuMs'), must: 1.6, aim: 1.35 },
    { what: `${fleet}, peak memory / theirs`, measured: ratio('peakMb'), must: 1.4, aim: 1.15 },
    {
      what: `${fleet}, longest block of the event loop`,
      measured: median(ours.map(({ blockedMs }) => blockedMs)),
      must: agents > 10_000 ? 300 : 120,
      aim: 60,
      unit: 'ms',
    },
    {
      what: `${fleet}, peak memory`,
      measured: Math.round(Math.max(...ours.map(({ peakMb }) => peakMb))),
      must: agents > 10_000 ? 2000 : 400,
      unit: 'MB',
    },
  ];
};

const [role, first = '', second = ''] = process.argv.slice(2);
if (role === 'serve') await serve(Number(first));
else if (role === 'peer') peer(first, Number(second));
else if (role === 'bot') await bot(first);
else {
  const sizes =
    process.argv.slice(2).length > 0 ? process.argv.slice(2).map(Number) : [1000, 10_000];
  const budgets: Budget[] = [];
  for (const size of sizes) budgets.push(...(await compare(size)));
  process.stdout.write(budgetTable(budgets));
}
