import { expect, it, onTestFinished } from 'vitest';
import { connectionJob } from '../../../src/features/connection/jobs.ts';
import { openStore } from '../../../src/store/open.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aDatabase } from '../../store/a-database.ts';
import { aReading, aSession, aView } from '../fleet/an-agent.ts';

const people = 450;

it('stores what a poll has shown of many people in a few transactions', async () => {
  const clock = fakeClock();
  const store = await openStore({ url: await aDatabase(), clock, log: silentLog });
  onTestFinished(() => store.close());
  const persons = Array.from({ length: people }, (_, index) => `person-${index}`);
  await store.transaction(async ({ notifyWishes }) => {
    for (const personId of persons)
      await notifyWishes.set({
        account: 'default',
        conversationKey: `a:${personId}`,
        tenantId: 'contoso',
        personId,
        teamsId: `29:${personId}`,
        keys: [personId],
      });
  });
  const agents = persons.map((id) =>
    aView({
      agent: { id, online: true, customFields: [{ name: 'Owner', value: id }] },
      sessions: [aSession({ readings: [aReading({ word: 'good', measuredAt: clock.now() })] })],
    }),
  );
  let transactions = 0;
  const job = connectionJob({
    account: 'default',
    ownerField: 'Owner',
    pollSeconds: 60,
    polled: () => ({ agents, takenAt: clock.now(), readAt: clock.now(), skipped: 0 }),
    clock,
    newId: () => 'new',
    store: {
      ...store,
      transaction: (work) => {
        transactions += 1;
        return store.transaction(work);
      },
    },
  });
  await job.run(new AbortController().signal);
  const known = await store.notifyWishes.all('default');
  expect(known.filter(({ state }) => state !== undefined)).toHaveLength(people);
  expect(transactions).toBe(3);
});
