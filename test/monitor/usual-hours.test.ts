import { beforeEach, describe, expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { quarterMs } from '../../src/features/history/domain/quarters.ts';
import { connect } from '../../src/store/sql/connect.ts';
import type { Db } from '../../src/store/sql/tables.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { aMonitor, type MonitorBed, minute, said } from './a-monitor.ts';

const hour = 60 * minute;
const day = 24 * hour;

let bed: MonitorBed;
let url: string;

/** Goes to that time of the next such weekday, UTC, and polls twice. */
const goTo = async (weekday: number, time: string): Promise<readonly string[]> => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const now = bed.clock.now();
  const at = new Date(now);
  const midnight = Math.floor(now / day) * day;
  const ahead = (weekday - at.getUTCDay() + 7) % 7;
  let goal = midnight + ahead * day + hours * hour + minutes * minute;
  if (goal <= now) goal += 7 * day;
  await bed.clock.jump(goal - now);
  await bed.poll();
  await bed.poll();
  return said(await bed.messages());
};

const isOffice = (at: number): boolean => {
  const { day: weekday, hour: now } = {
    day: new Date(at).getUTCDay(),
    hour: new Date(at).getUTCHours(),
  };
  return weekday >= 1 && weekday <= 5 && now >= 8 && now < 17;
};

type Presence = Awaited<ReturnType<typeof presenceIn>>;

const presenceIn = (db: Db) => db.selectFrom('presence').selectAll().execute();

/** What was marked, by its end and length: 1,300 marks take a second, and many tests begin with the same. */
const marked = new Map<string, Presence>();

/** Two weeks in which `lap-*` came in office hours and `srv` was there all the time. */
const past = async (days = 14): Promise<void> => {
  const until = bed.clock.now();
  const key = `${until} ${days}`;
  const { db, close } = await connect(url, silentLog);
  const isFirst = (await presenceIn(db)).length === 0;
  const known = marked.get(key);
  if (isFirst && known !== undefined) await db.insertInto('presence').values(known).execute();
  else await mark(until, days);
  if (isFirst && known === undefined) marked.set(key, await presenceIn(db));
  await close();
};

const mark = (until: number, days: number): Promise<void> =>
  bed.store().transaction(async (tx) => {
    for (let at = until - days * day; at < until; at += quarterMs)
      await tx.presence.mark(
        'default',
        at,
        new Set(['srv', ...(isOffice(at) ? ['lap-1', 'lap-2', 'lap-3', 'lap-4'] : [])]),
      );
  });

const away = (id: string): void => bed.fleet.set(id, { online: false, lastSeen: bed.clock.now() });
const back = (id: string): void => bed.fleet.set(id, { online: true, lastSeen: bed.clock.now() });

const shown = async (): Promise<string> =>
  (await bed.store().alerts.current('default'))
    .flatMap((alert) => readDetail(alert)?.rows ?? [])
    .map(({ missing }) =>
      missing === undefined ? 'offline' : `missing ${new Date(missing.from).getUTCHours()}`,
    )
    .join();

/** The messages that were held back, the oldest first. */
const suppressed = async (): Promise<readonly string[]> => {
  const { messages } = await bed.store().suppressions.list(ops, 0, { skip: 0, limit: 99 });
  return messages.map(({ what, why }) => `${what} ${why}`).toReversed();
};

describe('usual hours', () => {
  beforeEach(async () => {
    url = await aDatabase();
    bed = await aMonitor({}, url);
    for (const id of ['lap-1', 'lap-2', 'lap-3', 'lap-4', 'srv']) bed.fleet.add(id);
  }, 60_000);

  const known = async (typed = 'offline'): Promise<void> => {
    await past();
    await bed.watch(typed);
    await goTo(1, '09:00');
  };

  it('who leaves at the end of them, and comes back in the morning, is never a message', async () => {
    await known();
    await goTo(1, '16:40');
    away('lap-1');
    expect(await goTo(1, '16:50')).toEqual([]);
    expect(await goTo(2, '08:20')).toEqual([]);
    expect(await suppressed()).toEqual(['begin hours']);
    back('lap-1');
    expect(await goTo(2, '08:30')).toEqual([]);
    expect(await goTo(2, '12:00')).toEqual([]);
    expect(await suppressed()).toEqual(['begin hours', 'end hours']);
  });

  it('who goes offline in them is notified, and when it is over', async () => {
    await known();
    await goTo(1, '10:00');
    away('lap-1');
    expect(await goTo(1, '10:30')).toEqual(['post alert']);
    expect(await shown()).toBe('offline');
    back('lap-1');
    // Told while it was wrong, so its end is told at any time.
    expect(await goTo(1, '22:00')).toEqual(['update alert', 'post alert end']);
  });

  it('who did not come is notified 45 minutes into them, on one card, also after a restart', async () => {
    await known();
    await goTo(1, '17:30');
    away('lap-1');
    expect(await goTo(1, '17:40')).toEqual([]);
    await bed.restart();
    expect(await goTo(2, '08:41')).toEqual([]);
    expect(await goTo(2, '08:46')).toEqual(['post alert']);
    expect(await suppressed()).toEqual(['begin hours']);
    expect(await shown()).toBe('missing 8');
    // It stays so on its card, and is told once.
    expect(await goTo(3, '09:00')).toEqual([]);
    expect(await shown()).toBe('missing 8');
  });

  it('is notified between two polls when the 45 minutes are over', async () => {
    await known();
    await goTo(1, '17:30');
    away('lap-1');
    await goTo(1, '17:40');
    await goTo(2, '08:40');
    await bed.clock.jump(6 * minute);
    await bed.settle();
    expect(said(await bed.messages())).toEqual(['post alert']);
  });

  it('several who did not come share a card', async () => {
    await known();
    await goTo(1, '17:30');
    for (const id of ['lap-1', 'lap-2', 'lap-3']) away(id);
    expect(await goTo(1, '17:40')).toEqual([]);
    expect(await goTo(2, '08:46')).toEqual(['post group']);
  });

  it('what never pauses is notified at any time', async () => {
    await known();
    await goTo(2, '02:00');
    away('srv');
    expect(await goTo(2, '03:00')).toEqual(['post alert']);
  });

  it('until they are learned every absence is notified', async () => {
    await past(5);
    await bed.watch('offline');
    await goTo(1, '09:00');
    await goTo(1, '20:00');
    away('lap-1');
    expect(await goTo(1, '20:10')).toEqual(['post alert']);
  });

  it('what was notified before they were learned ends without a message once they are', async () => {
    await past(5);
    await bed.watch('offline');
    await goTo(5, '16:00');
    away('lap-1');
    // In the middle of the night, so that it says nothing about when it is online.
    expect(await goTo(5, '23:00')).toEqual(['post alert']);
    await past(9);
    expect(await goTo(1, '07:00')).toEqual(['update alert']);
    expect(await bed.store().alerts.current('default')).toEqual([]);
    expect(await suppressed()).toEqual([]);
    expect(await goTo(1, '08:46')).toEqual(['post alert']);
    expect(await shown()).toBe('missing 8');
    expect(await suppressed()).toEqual([]);
    // From now on it is known, so whatever is learned later does not end what goes on.
    await past(28);
    expect(await goTo(2, '07:00')).toEqual([]);
    back('lap-1');
    expect(await goTo(2, '08:30')).toEqual(['update alert', 'post alert end']);
  });

  it('what was notified before they were learned, and comes back as usual, is not said to be back', async () => {
    await past(5);
    await bed.watch('offline');
    await goTo(5, '16:00');
    away('lap-1');
    expect(await goTo(5, '23:00')).toEqual(['post alert']);
    await past(9);
    expect(await goTo(1, '07:00')).toEqual(['update alert']);
    back('lap-1');
    expect(await goTo(1, '08:10')).toEqual([]);
    expect(await suppressed()).toEqual(['end hours']);
  });

  it('a group of those who went home ends without a message, even if somebody came back', async () => {
    await past(5);
    await bed.watch('offline');
    await goTo(5, '16:00');
    for (const id of ['lap-1', 'lap-2', 'lap-3', 'lap-4']) away(id);
    expect(await goTo(5, '23:00')).toEqual(['post group']);
    back('lap-4');
    expect(await goTo(5, '23:30')).toEqual(['update group']);
    away('lap-4');
    expect(await goTo(5, '23:50')).toEqual(['post alert']);
    await past(3);
    const ends = await goTo(1, '07:00');
    expect(ends.toSorted()).toEqual(['update alert', 'update group']);
  });

  it('a group of mostly those who went home ends without a message when the last one is back', async () => {
    bed.fleet.add('new');
    await past(5);
    await bed.watch('offline');
    await goTo(5, '16:00');
    for (const id of ['lap-1', 'lap-2', 'new']) away(id);
    expect(await goTo(5, '23:00')).toEqual(['post group']);
    await past(3);
    expect(await goTo(1, '07:00')).toEqual(['update group']);
    back('new');
    expect(await goTo(1, '07:30')).toEqual(['update group']);
  });

  it('a group of which only one went home says when all are back', async () => {
    for (const id of ['new', 'newer']) bed.fleet.add(id);
    await past(5);
    await bed.watch('offline');
    await goTo(5, '16:00');
    for (const id of ['lap-1', 'new', 'newer']) away(id);
    expect(await goTo(5, '23:00')).toEqual(['post group']);
    await past(3);
    expect(await goTo(1, '07:00')).toEqual(['update group']);
    for (const id of ['new', 'newer']) back(id);
    expect(await goTo(1, '07:30')).toEqual(['update group', 'post group end']);
  });

  it('hours that are set while it is open end what they explain, too', async () => {
    await bed.watch('offline');
    await goTo(1, '20:00');
    away('lap-1');
    expect(await goTo(1, '20:10')).toEqual(['post alert']);
    const ranges = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }];
    await bed.store().agentHours.set('default', [
      {
        agentId: 'lap-1',
        hours: { kind: 'ranges', ranges, timeZone: 'UTC' },
        by: ada,
        at: bed.clock.now(),
      },
    ]);
    expect(await goTo(1, '20:20')).toEqual(['update alert']);
  });

  it('“always” counts every absence', async () => {
    await known('always');
    await goTo(1, '20:00');
    away('lap-1');
    expect(await goTo(1, '20:10')).toEqual(['post alert']);
  });

  it('hours that somebody set count, and “always” of them too', async () => {
    await known();
    const ranges = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '04:00' }];
    const night = { kind: 'ranges' as const, ranges, timeZone: 'UTC' };
    const by = { by: ada, at: bed.clock.now() };
    await bed.store().agentHours.set('default', [
      { agentId: 'lap-1', hours: night, ...by },
      { agentId: 'lap-2', hours: { kind: 'always' }, ...by },
    ]);
    await goTo(1, '22:00');
    for (const id of ['lap-1', 'lap-3']) away(id);
    expect(await goTo(1, '22:10')).toEqual(['post alert']);
    away('lap-2');
    expect(await goTo(1, '22:20')).toEqual(['post alert']);
  });

  it('bad targets are notified outside of them, and leaving then is no worse', async () => {
    await past();
    await bed.watch('');
    const measure = (word: 'good' | 'poor') => bed.fleet.measure('lap-1', word);
    await goTo(1, '09:00');
    await bed.clock.jump(10 * hour);
    for (const word of ['good', 'poor', 'poor'] as const) {
      measure(word);
      await bed.poll();
    }
    expect(said(await bed.messages())).toEqual(['post alert']);
    away('lap-1');
    expect(await goTo(1, '20:00')).toEqual([]);
    expect(await goTo(2, '08:46')).toEqual(['post alert']);
    expect(await bed.store().alerts.list(ops, 0)).toHaveLength(1);
  });
});
