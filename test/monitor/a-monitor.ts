import { onTestFinished } from 'vitest';
import { createOwnChanges } from '../../src/features/changes/own-changes.ts';
import type { OwnChanges } from '../../src/features/changes/store.ts';
import { createUsualScores } from '../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import type { WatchRule } from '../../src/features/watches/domain/watch.ts';
import { parseWatch } from '../../src/features/watches/parse.ts';
import type { StoredWatch } from '../../src/features/watches/store.ts';
import { flushSuppressed } from '../../src/monitor/loop.ts';
import { poll } from '../../src/monitor/poll.ts';
import type { MonitorPorts } from '../../src/monitor/state.ts';
import { loadMonitorState, type MonitorState } from '../../src/monitor/state.ts';
import { targetedPoll } from '../../src/monitor/targeted-poll.ts';
import type { Notice } from '../../src/platform/notice.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { readNotice } from '../fakes/notices.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { aFleet, type FleetFake } from './a-fleet.ts';
import { quietPorts } from './quiet-ports.ts';

export const minute = 60_000;

/** A message that waits to be sent. */
export interface Message {
  readonly to: string;
  readonly card: string;
  readonly kind: 'post' | 'update';
  readonly notice: Notice;
}

export interface MonitorBed {
  readonly clock: FakeClock;
  readonly fleet: FleetFake;
  readonly ownChanges: OwnChanges;
  store(): BotStore;
  ports(): MonitorPorts;
  watch(typed: string, more?: Partial<WatchRule>, conversationKey?: string): Promise<StoredWatch>;
  /** A minute passes, then there is a poll. */
  poll(): Promise<void>;
  hint(...agents: readonly string[]): Promise<void>;
  settle(): Promise<void>;
  /** As if the process had ended and another one had begun. */
  restart(options?: Partial<MonitorPorts>): Promise<void>;
  /** What is to be sent since the last time somebody asked. */
  messages(): Promise<readonly Message[]>;
}

const free = async (): Promise<void> => {};

/** A monitor on a database of its own unless one is named, whose polls are made by the test. */
export const aMonitor = async (
  options: Partial<MonitorPorts> = {},
  databaseUrl?: string,
): Promise<MonitorBed> => {
  const clock = fakeClock();
  const fleet = aFleet(clock.now);
  const ownChanges = createOwnChanges();
  const url = databaseUrl ?? (await aDatabase());
  const open = (): Promise<BotStore> => openStore({ url, clock, log: silentLog });
  let store = await open();
  onTestFinished(() => store.close());
  let monitorState: MonitorState | undefined;
  let changed: Partial<MonitorPorts> = options;
  let usualHours = createUsualHours({ store, clock });
  let usualScores = createUsualScores({ store });
  const quiet = quietPorts();
  const ports = (): MonitorPorts => ({
    ...quiet,
    store,
    usualHours,
    usualScores,
    pingPlotter: () => fleet.pingPlotter,
    ownChanges,
    clock,
    pollSeconds: 60,
    admins: new Set(['ada']),
    ...changed,
  });
  const known = async (): Promise<MonitorState> =>
    monitorState ?? loadMonitorState(store, 'default', ports().source);
  const never = new AbortController().signal;

  return {
    clock,
    fleet,
    ownChanges,
    store: () => store,
    ports,
    watch: (typed, more = {}, conversationKey = ops.conversationKey) => {
      const rule = { ...parseWatch(typed), ...more };
      return store.watches.add({
        ...ops,
        conversationKey,
        filter: rule.filter,
        rule,
        madeBy: ada,
        createdAt: clock.now(),
      });
    },
    poll: async () => {
      await clock.advance(minute);
      monitorState = await poll(ports(), await known(), free, never);
    },
    hint: async (...agents) => {
      monitorState = await targetedPoll(ports(), await known(), agents, free, never);
    },
    settle: async () => {
      monitorState = await flushSuppressed(ports(), await known(), free);
    },
    restart: async (more = {}) => {
      changed = { ...changed, ...more };
      await store.close();
      monitorState = undefined;
      store = await open();
      usualHours = createUsualHours({ store, clock });
      usualScores = createUsualScores({ store });
    },
    messages: async () => drain(store, clock),
  };
};

const drain = async (store: BotStore, clock: FakeClock): Promise<readonly Message[]> => {
  const messages: Message[] = [];
  for (;;) {
    const queue = await store.outbox.claimQueue(clock.now(), minute);
    if (queue === undefined) return messages;
    for (;;) {
      const item = await store.outbox.next(queue, clock.now());
      if (item === undefined) break;
      const { conversationKey: to, card, kind, payload } = item;
      messages.push({ to, card, kind, notice: readNotice(payload) });
      await store.outbox.done(queue, item, clock.now());
    }
    await store.outbox.leave(queue, clock.now());
  }
};

/** Like `post alert`, `update group`, `post alert end`. */
export const said = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ kind, notice }) =>
    [
      kind,
      notice.kind,
      ...('what' in notice && notice.what !== undefined ? [notice.what] : []),
    ].join(' '),
  );
