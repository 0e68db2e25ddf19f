import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { createOwnChanges } from '../../src/features/changes/own-changes.ts';
import { createUsualScores } from '../../src/features/history/usual-scores.ts';
import { createUsualHours } from '../../src/features/silence/usual-hours.ts';
import { poll } from '../../src/monitor/poll.ts';
import { loadMonitorState, type MonitorState } from '../../src/monitor/state.ts';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { openStore } from '../../src/store/open.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { fakeClock } from '../fakes/clock.ts';
import { readNotice } from '../fakes/notices.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';

const minute = 60_000;

it('notifies of a site that collapses as one problem, through a restart, until it has recovered', async () => {
  const clock = fakeClock();
  const simulator = await startSimulator({ now: clock.now, collapseEveryMinutes: 0 });
  const pingPlotter = createPingPlotter({
    baseUrl: simulator.url,
    apiKey: simulator.key,
    timeoutMs: 5000,
    clock,
    random: () => 0.5,
  });
  const url = await aDatabase();
  let store = await openStore({ url, clock, log: silentLog });
  onTestFinished(async () => {
    pingPlotter.close();
    await Promise.all([simulator.close(), store.close()]);
  });
  const [first] = simulator.fleet.agents().filter(({ site }) => site !== '');
  const site = first?.site ?? '';
  const filter = `field.Site:"${site}"`;
  const rule = { filter, quality: { word: 'poor' }, offline: false };
  await store.watches.add({ ...ops, filter, rule, madeBy: ada, createdAt: clock.now() });

  let monitorState: MonitorState | undefined;
  const told: string[] = [];
  const sweepOnce = async (): Promise<void> => {
    await clock.advance(minute);
    const ports = {
      account: 'default',
      store,
      pingPlotter: () => pingPlotter,
      usualHours: createUsualHours({ store, clock }),
      usualScores: createUsualScores({ store }),
      ownChanges: createOwnChanges(),
      instance: 'only',
      clock,
      log: silentLog,
      correlation: createCorrelation(),
      newId: randomUUID,
      pollSeconds: 60,
      admins: new Set<string>(),
      metrics: { poll: () => {}, alert: () => {} },
    };
    monitorState ??= await loadMonitorState(store, 'default');
    monitorState = await poll(ports, monitorState, async () => {}, new AbortController().signal);
    const queue = await store.outbox.claimQueue(clock.now(), minute);
    if (queue === undefined) return;
    for (;;) {
      const item = await store.outbox.next(queue, clock.now());
      if (item === undefined) break;
      const notice = readNotice(item.payload);
      const what = 'what' in notice ? notice.what : 'card';
      told.push(`${item.kind} ${notice.kind} ${what ?? 'card'}`);
      await store.outbox.done(queue, item, clock.now());
    }
    await store.outbox.leave(queue, clock.now());
  };

  await sweepOnce();
  simulator.collapse(site, 60);
  await sweepOnce();
  await sweepOnce();
  expect(told).toEqual(['post group card']);
  const open = await store.alerts.current('default');
  expect(new Set(open.map(({ groupId }) => groupId)).size).toBe(1);
  expect(open.map((alert) => readDetail(alert)?.circumstances[0])).toEqual(
    Array(open.length).fill(`Site ${site}`),
  );
  expect(new Set(open.map(({ agentId }) => agentId)).size).toBeGreaterThanOrEqual(3);

  await store.close();
  monitorState = undefined;
  store = await openStore({ url, clock, log: silentLog });
  for (const { id, sessions } of simulator.fleet.agents().filter((one) => one.site === site))
    for (const session of sessions) simulator.edit.setQuality(id, session.id, { score: 97 });
  await sweepOnce();
  await sweepOnce();
  expect(told.slice(1)).toEqual(['update group card', 'post group end']);
  expect(await store.alerts.current('default')).toEqual([]);
});
