import type { KyselyPlugin } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import {
  openSuppressedAlerts,
  pruneSuppressedAlerts,
} from '../../src/store/collections/suppressed-alerts.ts';
import { suppressions } from '../../src/store/collections/suppressions.ts';
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

it('E: notes what a poll holds back in as many statements for a hundred agents as for one', async () => {
  const { db, engine, close } = await connectUpToDate({ url: await aDatabase(), log: silentLog });
  onTestFinished(close);
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const context = { engine, clock: fakeClock(), store: {}, setAside: () => undefined };
  const store = suppressions.open(db.withPlugin(counting), {
    ...context,
    correlationId: () => undefined,
  });
  const place = { account: 'one', conversationKey: 'a' };
  const noted = async (count: number, at: number): Promise<number> => {
    const agents = Array.from({ length: count }, (_, index) => `agent-${index}`);
    const why = { why: 'mute', what: 'begin', at } as const;
    statements = 0;
    await store.note(agents.map((agentId) => ({ ...place, ...why, agentId, agentName: agentId })));
    await store.saveAlerts(agents.map((agentId) => ({ ...place, agentId, detail: {} })));
    await store.forgetAlerts(agents.map((agentId) => ({ ...place, agentId })));
    return statements;
  };
  const ofOne = await noted(1, 1);
  expect(ofOne).toBeGreaterThanOrEqual(4);
  expect(await noted(100, 2)).toBe(ofOne);
});
