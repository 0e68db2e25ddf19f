import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { createOwnChanges } from '../../src/features/changes/own-changes.ts';
import { createUsualScores } from '../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import { parseWatch } from '../../src/features/watches/parse.ts';
import { poll } from '../../src/monitor/poll.ts';
import { loadMonitorState } from '../../src/monitor/state.ts';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { keepHeapSmall } from '../../src/platform/heap.ts';
import type { Outbox } from '../../src/platform/outbox.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { quietPorts } from '../monitor/quiet-ports.ts';
import { bigFleet, managerOf } from './big-fleet.ts';

// The processes of the storm's bench: a PingPlotter whose agents all turn bad at once, and a bot that watches them.

/** One poll, by what the fleet was like. */
export interface Measured {
  readonly cpuMs: number;
  readonly blockedMs: number;
  /** Rows that it put into the outbox, and for how many conversations. */
  readonly rows: number;
  readonly conversations: number;
}

/** Each has two watches on the agents of one manager: 100 managers share the fleet. */
const conversations = 100;

const serve = async (agents: number): Promise<void> => {
  let isStorm = false;
  let polls = 0;
  const fleet = bigFleet(agents, () => isStorm);
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') {
      polls += 1;
      response.end(fleet.list(Date.now()));
      return;
    }
    const { AgentUniqueIds: ids } = JSON.parse(await text(request));
    response.end(fleet.statuses(ids, Date.now(), polls));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('message', (asked) => {
    if (asked === 'end') process.exit();
    isStorm = asked === 'storm';
    process.send?.('changed');
  });
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
};

interface Counted {
  rows: number;
  readonly conversations: Set<string>;
}

const counting = (store: BotStore, counted: Counted): BotStore => {
  const around = (outbox: Outbox): Outbox => ({
    ...outbox,
    enqueue: (drafts) => {
      counted.rows += drafts.length;
      for (const { conversationKey } of drafts) counted.conversations.add(conversationKey);
      return outbox.enqueue(drafts);
    },
  });
  return {
    ...store,
    outbox: around(store.outbox),
    transaction: (work) => store.transaction((tx) => work({ ...tx, outbox: around(tx.outbox) })),
  };
};

const bot = async (url: string): Promise<void> => {
  keepHeapSmall();
  const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
  const clock = systemClock;
  const opened = await openStore({ url: `file:${join(folder, 'bot.db')}`, clock, log: silentLog });
  const counted: Counted = { rows: 0, conversations: new Set() };
  const store = counting(opened, counted);
  for (let index = 0; index < conversations; index += 1)
    for (const terms of ['', 'below 60']) {
      const rule = parseWatch(`field.Manager:"${managerOf(index)}" ${terms}`);
      await store.watches.add({
        account: 'default',
        conversationKey: `chat-${index}`,
        filter: rule.filter,
        rule,
        madeBy: { id: 'alex', name: 'Alex' },
        createdAt: 0,
      });
    }
  const api = createPingPlotter({
    baseUrl: url,
    apiKey: 'key',
    timeoutMs: 60_000,
    clock,
    random: () => 0.5,
    onCall: () => {},
  });
  const ports = {
    ...quietPorts(),
    store,
    usualHours: createUsualHours({ store, clock }),
    usualScores: createUsualScores({ store }),
    pingPlotter: () => api,
    ownChanges: createOwnChanges(),
    clock,
    // Not less than half of it may lie between two polls.
    pollSeconds: 1,
    admins: new Set<string>(),
  };
  let monitorState = await loadMonitorState(store, 'default');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const measure = async (): Promise<Measured> => {
    counted.rows = 0;
    counted.conversations.clear();
    delay.reset();
    const before = process.cpuUsage();
    monitorState = await ports.correlation.within(ports.newId(), () =>
      poll(ports, monitorState, async () => {}, new AbortController().signal),
    );
    const { user, system } = process.cpuUsage(before);
    // A block counts once the loop has turned again.
    await setTimeout(20);
    return {
      cpuMs: (user + system) / 1000,
      blockedMs: delay.max / 1e6,
      rows: counted.rows,
      conversations: counted.conversations.size,
    };
  };
  process.on('message', async (asked) => {
    if (asked === 'go') {
      process.send?.(await measure());
      return;
    }
    api.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
  process.send?.('ready');
};

const [role, first = ''] = process.argv.slice(2);
if (role === 'serve') await serve(Number(first));
else if (role === 'bot') await bot(first);
