import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { createOwnChanges } from '../../src/features/changes/own-changes.ts';
import { createUsualScores } from '../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import { parseWatch } from '../../src/features/watches/parse.ts';
import { poll } from '../../src/monitor/poll.ts';
import { loadMonitorState } from '../../src/monitor/state.ts';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { keepHeapSmall } from '../../src/platform/heap.ts';
import { openStore } from '../../src/store/open.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { quietPorts } from '../monitor/quiet-ports.ts';
import { bigFleet } from './big-fleet.ts';

// The processes of the sweep's bench: one role each, by the first argument.

const batch = 500;

export interface Measured {
  readonly cpuMs: number;
  readonly peakMb: number;
  /** Of it what came with the first sweep and since. */
  readonly aboveIdleMb: number;
  readonly blockedMs: number;
  /** Of PingPlotter, by the bot. */
  readonly calls: number;
}

const serve = async (agents: number): Promise<void> => {
  const fleet = bigFleet(agents);
  let polls = 0;
  const server = createServer(async (request, response) => {
    const now = Date.now();
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') {
      polls += 1;
      response.end(fleet.list(now));
      return;
    }
    const { AgentUniqueIds: ids } = JSON.parse(await text(request));
    response.end(fleet.statuses(ids, now, polls));
    process.send?.('statuses');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('message', () => process.exit());
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
};

/**
 * Does the work once each time it is told to, and tells what the time before took: what a process does
 * between two sweeps, collecting garbage above all, counts as its own.
 */
const onDemand = (
  work: () => Promise<void>,
  end: () => Promise<void>,
  callsMade: () => number = () => 0,
): void => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let counted = process.cpuUsage();
  let blockedMs = 0;
  let calls = 0;
  const idleMb = process.memoryUsage.rss() / 2 ** 20;
  process.on('message', async (asked) => {
    if (asked === 'end') {
      await end();
      process.disconnect();
      return;
    }
    const used = process.cpuUsage();
    const peakMb = process.resourceUsage().maxRSS / 1024;
    const before: Measured = {
      cpuMs: (used.user + used.system - counted.user - counted.system) / 1000,
      peakMb,
      aboveIdleMb: peakMb - idleMb,
      blockedMs,
      calls,
    };
    counted = used;
    const callsBefore = callsMade();
    delay.reset();
    await work();
    calls = callsMade() - callsBefore;
    blockedMs = delay.max / 1e6;
    process.send?.(before);
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

/** On a file of its own unless a database is given. */
const bot = async (url: string, database: string): Promise<void> => {
  keepHeapSmall();
  const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
  const clock = systemClock;
  const databaseUrl = database === '' ? `file:${join(folder, 'bot.db')}` : database;
  const store = await openStore({ url: databaseUrl, clock, log: silentLog });
  const here = { account: 'default', conversationKey: 'chat' };
  const madeBy = { id: 'alex', name: 'Alex' };
  // One watch that asks everything of everybody.
  const rule = parseWatch('');
  await store.watches.add({ ...here, filter: rule.filter, rule, madeBy, createdAt: 0 });
  let calls = 0;
  const api = createPingPlotter({
    baseUrl: url,
    apiKey: 'key',
    timeoutMs: 60_000,
    clock,
    random: () => 0.5,
    onCall: () => {
      calls += 1;
    },
  });
  const ports = {
    ...quietPorts(),
    store,
    pingPlotter: () => api,
    usualHours: createUsualHours({ store, clock }),
    usualScores: createUsualScores({ store }),
    ownChanges: createOwnChanges(),
    clock,
    // Not less than half of it may lie between two sweeps.
    pollSeconds: 1,
    admins: new Set<string>(),
  };
  let monitorState = await loadMonitorState(store, 'default');
  onDemand(
    async () => {
      monitorState = await ports.correlation.within(ports.newId(), () =>
        poll(ports, monitorState, async () => {}, new AbortController().signal),
      );
    },
    async () => {
      api.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
    () => calls,
  );
};

const [role, first = '', second = ''] = process.argv.slice(2);
if (role === 'serve') await serve(Number(first));
else if (role === 'peer') peer(first, Number(second));
else if (role === 'bot') await bot(first, second);
