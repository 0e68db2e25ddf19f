import { describe, expect, it } from 'vitest';
import { changeLogContract } from './change-log.ts';
import { confirmationsContract } from './confirmations.ts';
import { sessionMemoryContract } from './session-memory.ts';
import { accountChoicesContract } from './store-account-choices.ts';
import { agentHoursContract } from './store-agent-hours.ts';
import type { OpenBed } from './store-bed.ts';
import { bulkContract } from './store-bulk.ts';
import { installationsContract } from './store-installations.ts';
import { notifyWishesContract } from './store-notify-wishes.ts';
import { outboxContract } from './store-outbox.ts';
import { presenceContract } from './store-presence.ts';
import { recordsContract } from './store-records.ts';
import { recurringContract } from './store-recurring.ts';
import { remindersContract } from './store-reminders.ts';
import { rollUpsContract } from './store-roll-ups.ts';
import { schedulesContract } from './store-schedules.ts';
import { suppressionsContract } from './store-suppressions.ts';
import { verdictsContract } from './store-verdicts.ts';
import { watchingContract } from './store-watching.ts';

/** What the store does on every database. */
export const storeContract = (name: string, open: OpenBed): void => {
  sessionMemoryContract(name, async () => (await open()).store.sessions);
  changeLogContract(name, async () => (await open()).store.changes);
  confirmationsContract(name, async () => {
    const { store, clock } = await open();
    return { confirmations: store.confirmations, clock };
  });
  installationsContract(name, open);
  watchingContract(name, open);
  remindersContract(name, open);
  bulkContract(name, open);
  outboxContract(name, open);
  presenceContract(name, open);
  rollUpsContract(name, open);
  agentHoursContract(name, open);
  suppressionsContract(name, open);
  notifyWishesContract(name, open);
  verdictsContract(name, open);
  schedulesContract(name, open);
  accountChoicesContract(name, open);
  recurringContract(name, open);
  recordsContract(name, open);

  describe(`opening and closing, ${name}`, () => {
    it('is ready', async () => {
      const { store } = await open();
      await expect(store.check()).resolves.toBeUndefined();
    });

    it('shows one instance what another one wrote, and keeps it when both are gone', async () => {
      const { store, another } = await open();
      const other = await another();
      await store.seenActivities.note('19:ops', 'a1', 5);
      await store.close();
      expect(await other.seenActivities.note('19:ops', 'a1', 5)).toBe(false);
      await other.close();
      expect(await (await another()).seenActivities.note('19:ops', 'a1', 5)).toBe(false);
    });

    it('rejects with one clear error once it is closed', async () => {
      const { store } = await open();
      await store.close();
      await expect(store.grants.list('default', 'contoso')).rejects.toMatchObject({
        name: 'AppError',
        code: 'store-down',
      });
      await expect(store.check()).rejects.toMatchObject({ code: 'store-down' });
    });

    it('redeems a confirmation on one instance only', async () => {
      const { store, another } = await open();
      const other = await another();
      const binding = {
        tenantId: 'contoso',
        personId: 'ada',
        verb: 'agent.delete',
        subject: 'lax-12',
      } as const;
      const token = await store.confirmations.issue(binding);
      const answers = await Promise.all([
        store.confirmations.redeem(token, binding),
        other.confirmations.redeem(token, binding),
      ]);
      expect(answers.sort()).toEqual(['granted', 'used']);
    });

    it('writes all of a transaction or nothing', async () => {
      const { store } = await open();
      const half = store.transaction(async (tx) => {
        await tx.seenActivities.note('19:ops', 'a1', 5);
        await tx.leases.acquire('monitor', 'one', 60_000);
        throw new Error('half way');
      });
      await expect(half).rejects.toThrow('half way');
      expect(await store.seenActivities.note('19:ops', 'a1', 5)).toBe(true);
      expect(await store.leases.acquire('monitor', 'two', 60_000)).toBe(true);
    });

    it('gives back what the transaction made', async () => {
      const { store } = await open();
      expect(await store.transaction(async (tx) => tx.seenActivities.note('c', 'a', 1))).toBe(true);
      expect(await store.seenActivities.note('c', 'a', 1)).toBe(false);
    });
  });
};
