import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Incoming, Scope, Trigger } from '../../src/chat/turn.ts';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { createOwnChanges } from '../../src/features/changes/own-changes.ts';
import type { OwnChanges } from '../../src/features/changes/store.ts';
import type { PollState } from '../../src/features/health/domain/troubles.ts';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { createAccounts, onlyAccount } from '../../src/platform/accounts.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import { type FileLinks, noFileLinks } from '../../src/platform/files.ts';
import type { Logger } from '../../src/platform/log.ts';
import type {
  ConversationKind,
  CredentialsRefusal,
  Delivery,
  Messenger,
} from '../../src/platform/messenger.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { OutboxItem } from '../../src/platform/outbox.ts';
import type { Role } from '../../src/shared/role.ts';
import type { SimulatedAgent } from '../../src/simulator/agent.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { type CardContent, executesOf } from '../fakes/card-actions.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { smallFleet } from '../simulator/started.ts';
import { aDatabase } from '../store/a-database.ts';
import type { WhenDone } from '../store/a-folder.ts';

/** What somebody sees: the card, and what is read out. */
export interface Seen {
  readonly card: CardContent;
  readonly summary: string;
}

export interface SpeakerOptions {
  readonly name: string;
  readonly kind: ConversationKind;
  readonly key: string;
  /** Empty = the client sends none. */
  readonly timeZone: string;
}

export interface Speaker {
  say(text: string, activityId?: string): Promise<Seen | undefined>;
  press(
    card: CardContent,
    verb: string,
    inputs?: Readonly<Record<string, unknown>>,
  ): Promise<Seen | undefined>;
  execute(verb: string, data: unknown, trigger?: Trigger): Promise<Seen | undefined>;
  comesOrGoes(kind: 'installed' | 'removed'): Promise<Seen | undefined>;
}

export interface Talk {
  readonly clock: FakeClock;
  readonly store: BotStore;
  readonly simulator: Simulator;
  readonly ownChanges: OwnChanges;
  readonly logged: readonly string[];
  polls: PollState;
  credentials: CredentialsRefusal | undefined;
  /** Alex, in a 1:1 chat unless told otherwise. */
  speaker(options?: Partial<SpeakerOptions>): Speaker;
  /** What waits to be sent to a conversation, as a delivery worker would get it. */
  waiting(): Promise<readonly OutboxItem[]>;
  /** The calls to PingPlotter that change something. */
  changes(): readonly string[];
}

export interface TalkOptions {
  readonly role?: Exclude<Role, 'admin'>;
  readonly admins?: readonly string[];
  /** Everybody is a guest of the tenant. */
  readonly guests?: boolean;
  readonly agents?: readonly SimulatedAgent[];
  readonly files?: FileLinks;
  /** Stands in for parts of the store, to make them fail. */
  readonly broken?: (store: BotStore) => BotStore;
  /** Has it closed: with the test, if left out. */
  readonly whenDone?: WhenDone;
}

export const here = { account: 'default', conversationKey: 'chat-alex' };
export const channel = { kind: 'channel', key: '19:ops@thread.tacv2' } as const;

const refused = async (): Promise<Delivery> => ({ ok: false, reason: 'denied' });

/** Nothing is sent by itself here: neither monitor nor delivery is started. */
const noMessenger: Messenger = { post: refused, update: refused, typing: refused };

/** The bot without Teams and HTTP: a simulated PingPlotter on one side, a real store on the other. */
export const startTalk = async (options: TalkOptions = {}): Promise<Talk> => {
  const clock = fakeClock();
  const { agents = smallFleet, whenDone = onTestFinished } = options;
  const now = () => clock.now();
  const simulator = await startSimulator({ now, agents, collapseEveryMinutes: 0 });
  const logged: string[] = [];
  const log = loggerTo(logged);
  const store = await openStore({ url: await aDatabase(whenDone), clock, log });
  const pingPlotter = createPingPlotter({
    baseUrl: simulator.url,
    apiKey: simulator.key,
    timeoutMs: 5000,
    // Pauses between tries take no time.
    clock: { now, monotonic: clock.monotonic, sleep: async () => {} },
    random: () => 0.5,
    onCall: () => {},
  });
  whenDone(async () => {
    pingPlotter.close();
    await store.close();
    await simulator.close();
  });
  const ownChanges = createOwnChanges();
  const state: { polls: PollState; credentials?: CredentialsRefusal | undefined } = { polls: {} };
  const ids = counter('id');
  const seen = options.broken?.(store) ?? store;
  const { handler } = createApp({
    config: {
      admins: options.admins ?? [],
      defaultRole: options.role ?? 'operator',
      pollSeconds: 60,
      bulkConcurrency: 8,
    },
    pingPlotter: () => pingPlotter,
    accounts: createAccounts([onlyAccount()]),
    roster: { isGuest: async () => options.guests === true, find: async () => undefined },
    clock,
    log,
    correlation: createCorrelation(),
    newId: ids,
    instance: 'only',
    store: seen,
    files: options.files ?? noFileLinks,
    ownChanges,
    monitor: { polls: async () => state.polls },
    clockAheadMs: pingPlotter.clockAheadMs,
    credentials: () => state.credentials,
    random: () => 0.5,
    messenger: noMessenger,
    rateLimiter: createRateLimiter({ clock }),
    sessions: seen.sessions,
    metrics: createMetrics(),
  });
  const activities = counter('activity');
  const turn = async (incoming: Incoming): Promise<Seen | undefined> => {
    const reply = await handler(incoming, new AbortController().signal);
    if (reply?.kind !== 'card') return undefined;
    return { card: reply.card.content, summary: reply.card.summary };
  };
  const speaker = (as: Partial<SpeakerOptions> = {}): Speaker => {
    const scope = (activityId = activities()): Scope => scopeOf(as, activityId);
    const execute: Speaker['execute'] = (verb, data, trigger = 'manual') =>
      turn({ kind: 'action', verb, data, trigger, scope: scope() });
    return {
      say: (text, activityId) =>
        turn({ kind: 'command', text, mentions: [], scope: scope(activityId) }),
      press: (card, verb, inputs = {}) => {
        const found = executesOf(card).find((action) => action.verb === verb);
        if (found === undefined) throw new Error(`no button ${verb} on the card`);
        return execute(verb, { ...found.data, ...inputs });
      },
      execute,
      comesOrGoes: (kind) => turn({ kind, scope: scope() }),
    };
  };
  return {
    clock,
    store,
    simulator,
    ownChanges,
    logged,
    get polls() {
      return state.polls;
    },
    set polls(polls) {
      state.polls = polls;
    },
    get credentials() {
      return state.credentials;
    },
    set credentials(credentials) {
      state.credentials = credentials;
    },
    speaker,
    waiting: () => drain(store, clock),
    changes: () =>
      simulator.requests
        .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/status'))
        .map(({ method, path, query, body }) => {
          const search = new URLSearchParams({ ...query }).toString();
          return `${method} ${path}${search === '' ? '' : `?${search}`}${body === '' ? '' : ` ${body}`}`;
        }),
  };
};

const counter = (name: string): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return `${name}-${count}`;
  };
};

export const scopeOf = (
  {
    name = 'Alex',
    kind = 'personal',
    key = here.conversationKey,
    timeZone = 'Europe/Berlin',
  }: Partial<SpeakerOptions>,
  activityId: string,
): Scope => ({
  account: 'default',
  address: {
    tenantId: 'tenant-1',
    serviceUrl: 'https://smba.example/',
    conversationId: key,
    kind,
    botId: '28:bot',
    channelId: 'msteams',
  },
  conversationKey: key,
  person: { id: `29:${name}`, objectId: name.toLowerCase(), name },
  role: 'none',
  locale: 'en-GB',
  ...(timeZone === '' ? { timeZone: 'UTC', zoneUnknown: true as const } : { timeZone }),
  activityId,
  correlationId: activityId,
});

const loggerTo = (lines: string[]): Logger => {
  const note = (level: string) => (message: string) => {
    lines.push(`${level} ${message}`);
  };
  return { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
};

/** Takes everything that is due out of the outbox. */
const drain = async (store: BotStore, clock: FakeClock): Promise<readonly OutboxItem[]> => {
  const items: OutboxItem[] = [];
  const leaseMs = 60_000;
  for (;;) {
    const queue = await store.outbox.claimQueue(clock.now(), leaseMs);
    if (queue === undefined) return items;
    for (;;) {
      const item = await store.outbox.next(queue, clock.now());
      if (item === undefined) break;
      await store.outbox.done(queue, item, clock.now());
      items.push(item);
    }
    await store.outbox.leave(queue, clock.now());
  }
};
