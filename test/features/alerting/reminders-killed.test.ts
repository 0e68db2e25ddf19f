import { expect, it, onTestFinished } from 'vitest';
import { createRateLimiter } from '../../../src/delivery/rate-limiter.ts';
import { createDelivery } from '../../../src/delivery/worker.ts';
import { reminderNotices } from '../../../src/features/alerting/reminder-notices.ts';
import { remindersJob } from '../../../src/features/alerting/reminders-job.ts';
import { parseWatch } from '../../../src/features/watches/parse.ts';
import { createCorrelation } from '../../../src/platform/correlation.ts';
import { type Render, renderNotice } from '../../../src/platform/notice.ts';
import { openStore } from '../../../src/store/open.ts';
import { aReader, aView } from '../../cards/a-fleet.ts';
import { here } from '../../chat/talk.ts';
import { aPlace } from '../../delivery/drafts.ts';
import { recordingMessenger } from '../../delivery/messenger.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { type Mortal, mortal } from '../../fakes/mortal.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aDatabase } from '../../store/a-database.ts';
import { openAlert } from './an-alert.ts';

const everyMs = 10_000;
const never = new AbortController().signal;

/** A watch that reminds, and processes that run the job and deliver, one after the other. */
const start = async () => {
  const clock = fakeClock(Date.parse('2026-11-23T12:00:00Z'));
  const store = await openStore({ url: await aDatabase(), clock, log: silentLog });
  onTestFinished(() => store.close());
  await store.installations.refresh(aPlace(here.conversationKey));
  const rule = parseWatch('poor remind 10s');
  const { id: watchId } = await store.watches.add({
    ...here,
    filter: rule.filter,
    rule,
    madeBy: { id: 'ada', name: 'Ada' },
    createdAt: clock.now(),
  });
  const agents = [aView({ agent: { id: 'lax-12' } })];
  const fleets = { last: () => ({ agents }), read: async () => ({ agents }) };
  const comparisons = { of: async () => undefined };
  const findMember = async () => undefined;
  const messenger = recordingMessenger(clock);
  let resent = 0;
  const log = {
    ...silentLog,
    warn: (event: string) => {
      if (event === 'delivery.resent-after-crash') resent += 1;
    },
  };

  const processOf = (life: Mortal) => {
    const mine = life.bind(store);
    const render: Render = async ({ payload, account, conversationKey }) => {
      const ports = { clock, comparisons, findMember, fleets, store: mine };
      const to = { account, conversationKey };
      const drawn = await renderNotice(reminderNotices, ports, payload, to, aReader());
      if (drawn === 'unreadable') throw new Error('a notice cannot be read');
      return drawn;
    };
    return {
      job: remindersJob({ clock, log: silentLog, store: mine, fleets }),
      delivery: createDelivery({
        store: mine,
        messenger: life.bind(messenger),
        rateLimiter: createRateLimiter({ clock }),
        clock,
        log,
        correlation: createCorrelation(),
        random: () => 0,
        instance: 'only',
        alone: true,
        render,
        onSent: () => {},
        onFailed: () => {},
      }),
    };
  };

  /** So long a process runs, its job whenever something may be due. */
  const live = async (life: Mortal, ms: number): Promise<void> => {
    const { job, delivery } = processOf(life);
    delivery.start();
    for (const end = clock.now() + ms; clock.now() < end && !life.isDead(); ) {
      await job.run(never).catch(() => {});
      delivery.wake();
      await clock.advance(everyMs);
    }
    await delivery.stop();
  };

  return { clock, store, watchId, messenger, live, resent: () => resent };
};

it('reminders of a bot that is killed at any step are not lost, and one comes again only where Teams had just taken it', async () => {
  const { clock, store, watchId, messenger, live, resent } = await start();
  let [dies, steps, doubled] = [true, 0, 0];
  for (let last = 1; dies; last += 1) {
    const id = `alert-${last}`;
    const alert = await openAlert(store, { id, watchId });
    await store.reminders.begin(
      [{ ...here, card: id, kind: 'remind', dueAt: clock.now() + everyMs }],
      false,
    );
    await clock.advance(everyMs);
    const [sentBefore, resentBefore] = [messenger.sent.length, resent()];
    const first = mortal(last);
    await live(first, everyMs);
    const taken = messenger.sent.length - sentBefore;
    const noted = (await store.cardMessages.list(here, `${id}:remind:1-1`)).length;
    await live(mortal(), 5 * everyMs);
    const said = messenger.sent
      .slice(sentBefore)
      .map(({ summary }) => /^Reminder \d/u.exec(summary)?.[0]);
    const at = `killed at step ${last}`;
    const wanted = ['Reminder 1', 'Reminder 2', 'Reminder 3'];
    expect([...new Set(said)].toSorted(), at).toEqual(wanted);
    // What it had taken and nobody noted, and no more.
    expect(said.length - wanted.length, at).toBe(taken - noted);
    expect(taken - noted, at).toBeLessThanOrEqual(resent() - resentBefore);
    doubled += taken - noted;
    await store.alerts.save([{ ...alert, closedAt: clock.now() }]);
    dies = first.isDead();
    steps = last;
  }
  expect(steps).toBeGreaterThan(40);
  expect(doubled).toBeGreaterThan(0);
});
