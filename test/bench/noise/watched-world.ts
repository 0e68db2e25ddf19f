import { createApp } from '../../../src/app.ts';
import { createRateLimiter } from '../../../src/delivery/rate-limiter.ts';
import { createOwnChanges } from '../../../src/features/changes/own-changes.ts';
import { parseWatch } from '../../../src/features/watches/parse.ts';
import { createMonitorView } from '../../../src/monitor/record.ts';
import { createAccounts, onlyAccount } from '../../../src/platform/accounts.ts';
import { createCorrelation } from '../../../src/platform/correlation.ts';
import { noFileLinks } from '../../../src/platform/files.ts';
import type { Address, Card, Delivery, Messenger } from '../../../src/platform/messenger.ts';
import type { PingPlotter } from '../../../src/platform/pingplotter.ts';
import { type BotStore, openStore } from '../../../src/store/open.ts';
import { type FakeClock, settle } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';

/** A message as it arrived in a conversation. */
export interface Post {
  readonly id: string;
  /** The message whose thread it went into. */
  readonly thread: string | undefined;
  /** ms since 1970 */
  readonly at: number;
  readonly conversation: string;
  readonly summary: string;
  /** The agents that its card names. */
  readonly names: ReadonlySet<string>;
  /** Somebody can take it on: a problem that goes on. */
  readonly isOpen: boolean;
}

export interface Channel {
  readonly key: string;
  /** The filter of its one watch; empty = all agents. */
  readonly filter: string;
  readonly timeZone: string;
}

export interface WatchedWorld {
  readonly posts: readonly Post[];
  /** How many messages were changed in place. */
  updates(): number;
  /** A minute passes, with its poll and all that is sent after it. */
  minute(): Promise<void>;
  close(): Promise<void>;
}

const account = 'default';
/** Monitor, delivery, jobs, schedules. */
const loops = 4;
export const pollMs = 60_000;
const agentNames = /\b[A-Z]{3}-(?:LT|SV)-\d{3}\b/gu;

/** The whole bot without HTTP, from its monitor to its messenger, watched by these channels. */
export const watchWorld = async (
  clock: FakeClock,
  pingPlotter: PingPlotter,
  channels: readonly Channel[],
  url: string,
): Promise<WatchedWorld> => {
  const opened = await openStore({ url, clock, log: silentLog });
  for (const { key, filter, timeZone } of channels) {
    await opened.installations.refresh({
      account,
      conversationKey: key,
      tenantId: 'contoso',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      kind: 'channel',
      botId: '28:bot',
      channelId: 'msteams',
      timeZone,
    });
    const rule = parseWatch(filter);
    const madeBy = { id: 'alex', name: 'Alex' };
    await opened.watches.add({
      account,
      conversationKey: key,
      filter: rule.filter,
      rule,
      madeBy,
      createdAt: clock.now(),
    });
  }
  const store = withoutSamples(opened);
  const posts: Post[] = [];
  let updates = 0;
  let polls = 0;
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  const arrived = async (activityId: string): Promise<Delivery> => ({ ok: true, activityId });
  const messenger: Messenger = {
    post: (to, card) => {
      const id = newId();
      posts.push(postOf(id, clock.now(), to, card));
      return arrived(id);
    },
    update: (_to, id) => {
      updates += 1;
      return arrived(id);
    },
    typing: () => arrived(newId()),
  };
  const app = createApp({
    config: { admins: [], defaultRole: 'operator', bulkConcurrency: 8, pollSeconds: pollMs / 1000 },
    pingPlotter: () => pingPlotter,
    accounts: createAccounts([onlyAccount()]),
    roster: { isGuest: async () => false, find: async () => undefined },
    clock,
    log: silentLog,
    correlation: createCorrelation(),
    newId,
    instance: 'only',
    files: noFileLinks,
    store,
    sessions: store.sessions,
    ownChanges: createOwnChanges(),
    monitor: createMonitorView(store.documents),
    clockAheadMs: () => 0,
    credentials: () => undefined,
    random: () => 0,
    messenger,
    rateLimiter: createRateLimiter({ clock }),
    metrics: {
      poll: () => {
        polls += 1;
      },
      alert: () => {},
      turn: () => {},
      delivery: () => {},
    },
  });
  app.start();
  /** Each loop until there is something to do. */
  const allRest = async (): Promise<void> => {
    for (let calm = 0; calm < 3; calm = clock.sleepers().length === loops ? calm + 1 : 0)
      await settle(2);
  };
  const sendAll = async (until: number): Promise<void> => {
    for (;;) {
      await allRest();
      const due = await store.outbox.nextDueAt();
      if (due === undefined || due > until) return;
      await clock.jump(Math.max(1000, due - clock.now()));
    }
  };
  await sendAll(clock.now() + pollMs / 2);
  return {
    posts,
    updates: () => updates,
    minute: async () => {
      const before = polls;
      const end = (Math.floor(clock.now() / pollMs) + 1) * pollMs;
      await clock.jump(end - clock.now());
      while (polls === before) await settle(1);
      await sendAll(end + pollMs / 2);
    },
    close: async () => {
      const stopped = app.stop();
      while (!(await Promise.race([stopped.then(() => true), settle().then(() => false)])))
        await clock.advance(1000);
      await opened.close();
    },
  };
};

const postOf = (
  id: string,
  at: number,
  { conversationId }: Address,
  { content, summary }: Card,
): Post => {
  const text = JSON.stringify(content);
  const [conversation = conversationId, thread] = conversationId.split(';messageid=');
  return {
    ...{ id, thread, at, conversation },
    summary,
    names: new Set(`${summary} ${text}`.match(agentNames)),
    // No card keeps Acknowledge after its end (contract, Alerts).
    isOpen: text.includes('alert.ack'),
  };
};

/** No alert reads them, and those of fourteen days would fill a gigabyte. */
const withoutSamples = (store: BotStore): BotStore => {
  const without = <T extends Pick<BotStore, 'samples'>>(some: T): T => ({
    ...some,
    samples: { ...some.samples, add: async () => {} },
  });
  return {
    ...without(store),
    transaction: (work) => store.transaction((tx) => work(without(tx))),
  };
};
