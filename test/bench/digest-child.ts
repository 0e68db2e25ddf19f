import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { createWatchPreviewer } from '../../src/features/alerting/preview.ts';
import { digestCard } from '../../src/features/digest/cards/digest.ts';
import { type DigestBaseline, fleetDocument } from '../../src/features/digest/domain/baseline.ts';
import type { DigestSchedule } from '../../src/features/digest/domain/schedule.ts';
import { createDigestLoader } from '../../src/features/digest/load-digest.ts';
import type { AgentMark, FleetSnapshot } from '../../src/features/fleet/domain/snapshot.ts';
import { snapshotDocument } from '../../src/features/fleet/domain/snapshot.ts';
import type { Sample } from '../../src/features/history/store.ts';
import { createUsualScores } from '../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { keepHeapSmall } from '../../src/platform/heap.ts';
import type { Reader } from '../../src/platform/messenger.ts';
import { openStore } from '../../src/store/open.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aView } from '../features/fleet/an-agent.ts';

// The processes of the digest's bench: one role each, by the first argument.

export interface Measured {
  readonly cpuMs: number;
  readonly tookMs: number;
  readonly blockedMs: number;
  readonly peakMb: number;
  /** Whether there was something to tell in the end. */
  readonly told: boolean;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const to = Date.parse('2026-11-24T08:00:00Z');
const here = { account: 'default', conversationKey: 'chat' };
const alex = { id: 'alex', name: 'Alex' };
const targets = ['crm', 'voice'];
const reader: Reader = {
  role: 'viewer',
  kind: 'channel',
  locale: 'en-US',
  timeZone: 'UTC',
  now: to,
};

const [role, url = '', first = '', second = '', third = '1'] = process.argv.slice(2);
const agents = Number(first);
const from = to - Number(third) * day;
const indexes = Array.from({ length: agents }, (_, index) => index);
const idOf = (index: number): string => `agent-${index}`;
const open = () => openStore({ url, clock: systemClock, log: silentLog });

const markOf = (index: number): AgentMark => ({
  id: idOf(index),
  name: `LAX-${index}`,
  online: true,
  missed: 0,
  lastSeen: to,
});

/** One session in a hundred is bad all the time, and each of the others for a minute in a day or so. */
const sampleOf = (index: number, session: number, at: number): Sample => {
  const turn = at / minute;
  const bad = (index + session) % 100 === 0 || (index + turn) % 1000 === 0;
  const score = bad ? 40 : 85 + ((index + turn) % 15);
  const sessionId = `session-${index}-${session}`;
  return { agentId: idOf(index), sessionId, at, word: bad ? 'poor' : 'good', score };
};

const prepare = async (everyMs: number): Promise<void> => {
  const store = await open();
  const fleet: FleetSnapshot = { takenAt: to, agents: indexes.map(markOf) };
  const told: DigestBaseline = { at: to, fleetAt: to, beforeAt: from };
  const schedule: DigestSchedule = { time: '08:00', timeZone: 'UTC' };
  await store.documents.write(here.account, snapshotDocument, fleet);
  for (const at of [from, to])
    await store.documents.write(here.account, fleetDocument(at), { ...fleet, takenAt: at });
  await store.digests.set({ ...here, schedule, dueAt: to, by: alex });
  const digest = await store.digests.find(here);
  if (digest !== undefined) await store.digests.claim(digest, { dueAt: to + day, baseline: told });
  await store.sessions.rememberAll(
    here.account,
    new Map(
      indexes.map((index) => [
        idOf(index),
        targets.map((name, session) => ({ id: `session-${index}-${session}`, name })),
      ]),
    ),
  );
  for (let at = from; at < to; at += everyMs)
    await store.samples.add(
      here.account,
      indexes.flatMap((index) => targets.map((_, session) => sampleOf(index, session, at))),
    );
  await store.close();
};

const measure = async (work: () => Promise<boolean>): Promise<Measured> => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  // The first span is not counted, and must not be the work.
  await setTimeout(50);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const told = await work();
  const { user, system } = process.cpuUsage(before);
  const tookMs = performance.now() - startedAt;
  // A block counts once the loop has turned again.
  await setTimeout(20);
  return {
    cpuMs: (user + system) / 1000,
    tookMs,
    blockedMs: delay.max / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    told,
  };
};

const digest = async (): Promise<Measured> => {
  const store = await open();
  const measured = await measure(async () => {
    const model = await createDigestLoader({ store })(here, { from, to });
    return model !== undefined && digestCard(model, reader).summary !== '';
  });
  await store.close();
  return measured;
};

const preview = async (): Promise<Measured> => {
  const store = await open();
  const view = {
    agents: indexes.map((index) => aView({ agent: { id: idOf(index), name: `LAX-${index}` } })),
    takenAt: to,
    readAt: 1,
    skipped: 0,
  };
  const fleets = { read: async () => view, last: () => view, forget: () => undefined };
  const startedAt = systemClock.now();
  const clock = { ...systemClock, now: () => to + systemClock.now() - startedAt };
  const ports = { store, fleets, clock, log: silentLog, pollSeconds: 60 };
  const rule = { filter: '', quality: { word: 'poor' }, offline: true } as const;
  const measured = await measure(
    async () =>
      (
        await createWatchPreviewer({
          ...ports,
          usualHours: createUsualHours(ports),
          usualScores: createUsualScores(ports),
        }).preview(here.account, rule, 'UTC')
      )?.backtest !== undefined,
  );
  await store.close();
  return measured;
};

/** What the bot does each quarter of an hour: this is its first time after a day, or a week, without. */
const pack = async (): Promise<Measured> => {
  const store = await open();
  const measured = await measure(async () => {
    await store.prune(to);
    return true;
  });
  await store.close();
  return measured;
};

/** Characters of all pages; each takes a byte in both databases. */
const size = async (): Promise<number> => {
  const { db, close } = await connectUpToDate({ url, log: silentLog });
  const { chars } = await db
    .selectFrom('samplePages')
    .select(({ fn }) => fn.sum<number>(fn<number>('length', ['page'])).as('chars'))
    .executeTakeFirstOrThrow();
  await close();
  return Number(chars);
};

/** The same samples as a poll writes them, read and parsed. */
const floor = async (): Promise<Measured> => {
  const { db, close } = await connectUpToDate({ url, log: silentLog });
  const measured = await measure(async () => {
    let pages = 0;
    for (let shard = 0; shard < 64; shard += 1)
      for (let at = from; at < to; at += 15 * minute) {
        const rows = await db
          .selectFrom('samplePages')
          .select('page')
          .where((eb) => eb.and({ account: here.account, shard, at }))
          .execute();
        for (const { page } of rows) if (JSON.parse(page) !== null) pages += 1;
      }
    return pages > 0;
  });
  await close();
  return measured;
};

keepHeapSmall();
const roles = { digest, preview, floor, pack };
if (role === 'prepare') {
  await prepare(Number(second));
  process.send?.('prepared');
} else if (role === 'size') process.send?.(await size());
else if (role === 'digest' || role === 'preview' || role === 'floor' || role === 'pack')
  process.send?.(await roles[role]());
