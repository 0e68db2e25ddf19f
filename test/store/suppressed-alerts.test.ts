import { expect, it, onTestFinished } from 'vitest';
import {
  openSuppressedAlerts,
  pruneSuppressedAlerts,
} from '../../src/store/collections/suppressed-alerts.ts';
import { connectUpToDate } from '../../src/store/sql/connect.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from './a-database.ts';

const most = { here: 3, inAccount: 5 };

it('leaves the newest suppressed alerts of each conversation and of each account', async () => {
  const { db, close } = await connectUpToDate({ url: await aDatabase(), log: silentLog });
  onTestFinished(close);
  const clock = fakeClock();
  const alerts = openSuppressedAlerts(db, { clock, setAside: () => undefined });
  const save = (account: string, ...agents: readonly string[]) =>
    alerts.saveAlerts(
      agents.map((agentId) => {
        const conversationKey = agentId.charAt(0);
        return { account, conversationKey, agentId, detail: {} };
      }),
    );
  const left = async (account: string) =>
    (await alerts.alerts(account)).map(({ agentId }) => agentId);
  // Those of one poll are of one moment.
  await save('one', 'a1', 'a2', 'a3', 'a4', 'b1', 'b2');
  await save('other', 'a1', 'a2');
  await clock.advance(1000);
  await save('one', 'a4', 'b3');
  await pruneSuppressedAlerts(db, clock.now(), most);
  // Of a: without a3. Then of both: five.
  expect(await left('one')).toEqual(['a1', 'a2', 'a4', 'b1', 'b3']);
  expect(await left('other')).toEqual(['a1', 'a2']);
});

it('takes those of an older version as written when it first prunes', async () => {
  const { db, close } = await connectUpToDate({ url: await aDatabase(), log: silentLog });
  onTestFinished(close);
  const clock = fakeClock();
  const alerts = openSuppressedAlerts(db, { clock, setAside: () => undefined });
  await alerts.saveAlerts([{ account: 'one', conversationKey: 'a', agentId: 'a1', detail: {} }]);
  await db.updateTable('suppressedAlerts').set({ at: 0 }).execute();
  await pruneSuppressedAlerts(db, clock.now());
  expect(await alerts.alerts('one')).toHaveLength(1);
  expect(await db.selectFrom('suppressedAlerts').select('at').execute()).toEqual([
    { at: clock.now() },
  ]);
});
