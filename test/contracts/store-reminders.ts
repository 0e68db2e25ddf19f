import { describe, expect, it } from 'vitest';
import type { ReminderKey } from '../../src/features/alerting/domain/reminder.ts';
import type { AlertDraft } from '../../src/features/alerting/store.ts';
import { ada, dev, type OpenBed, ops } from './store-bed.ts';

const key: ReminderKey = { ...ops, card: 'alert-a', kind: 'remind' };
const escalation: ReminderKey = { ...key, kind: 'escalate' };
const begun = { ...key, round: 1, next: 1, dueAt: 100, done: false };

const alert: AlertDraft = {
  ...ops,
  id: 'alert-a',
  watchId: 'w1',
  agentId: 'lax-12',
  sessionId: '',
  openedAt: 1,
  detail: {},
};

export const remindersContract = (name: string, open: OpenBed): void => {
  describe(`reminders, ${name}`, () => {
    it('are due in their order, and the limit holds', async () => {
      const { reminders } = (await open()).store;
      await reminders.begin(
        [
          { ...key, dueAt: 300 },
          { ...escalation, dueAt: 100 },
          { ...key, ...dev, dueAt: 200 },
        ],
        false,
      );
      const due = async (now: number, limit = 9) =>
        (await reminders.due(now, limit)).map(({ dueAt }) => dueAt);
      expect(await due(99)).toEqual([]);
      expect(await due(200)).toEqual([100, 200]);
      expect(await due(300, 2)).toEqual([100, 200]);
    });

    it('go on when they are begun again', async () => {
      const { reminders } = (await open()).store;
      await reminders.begin([{ ...key, dueAt: 100 }], false);
      expect(await reminders.find(key)).toEqual(begun);
      expect(await reminders.find(escalation)).toBeUndefined();
      const later = { ...begun, next: 2, dueAt: 500 };
      expect(await reminders.replace(begun, later)).toBe(true);
      await reminders.begin([{ ...key, dueAt: 900 }], false);
      expect(await reminders.find(key)).toEqual(later);
    });

    it('are changed by one of those who read them alone', async () => {
      const { store, another } = await open();
      await store.reminders.begin([{ ...key, dueAt: 100 }], false);
      const stores = [store, await another()];
      const took = await Promise.all(
        stores.map(({ reminders }) => reminders.replace(begun, { ...begun, dueAt: 400 })),
      );
      expect(took.toSorted()).toEqual([false, true]);
      expect(await store.reminders.replace(begun, undefined)).toBe(false);
      expect(await store.reminders.replace({ ...begun, dueAt: 400 }, undefined)).toBe(true);
      expect(await store.reminders.find(key)).toBeUndefined();
    });

    it('begin their next round where they waited for somebody to give an alert back', async () => {
      const { reminders } = (await open()).store;
      await reminders.begin([{ ...key, dueAt: 100 }], false);
      const { dueAt: _, ...waits } = begun;
      await reminders.replace(begun, { ...waits, next: 2 });
      expect(await reminders.due(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
      await reminders.begin([{ ...key, dueAt: 700 }], false);
      expect(await reminders.find(key)).toEqual({ ...begun, round: 2, dueAt: 700 });
    });

    it('leave an escalation in its first round, so that it comes once', async () => {
      const { reminders } = (await open()).store;
      await reminders.begin([{ ...escalation, dueAt: 100 }], false);
      await reminders.begin([{ ...escalation, dueAt: 700 }], true);
      expect(await reminders.find(escalation)).toEqual({ ...begun, ...escalation, dueAt: 700 });
    });

    it('start over even where all have come, but an escalation that has come does not', async () => {
      const { reminders } = (await open()).store;
      for (const one of [key, escalation]) {
        await reminders.begin([{ ...one, dueAt: 100 }], false);
        const { dueAt: _, ...rest } = { ...begun, ...one };
        await reminders.replace({ ...begun, ...one }, { ...rest, done: true });
        await reminders.begin([{ ...one, dueAt: 800 }], false);
        expect((await reminders.find(one))?.dueAt).toBeUndefined();
        await reminders.begin([{ ...one, dueAt: 800 }], true);
      }
      expect(await reminders.find(key)).toEqual({ ...begun, round: 2, dueAt: 800 });
      expect(await reminders.find(escalation)).toMatchObject({ round: 1, done: true });
    });

    it('are pruned with their alerts', async () => {
      const { store } = await open();
      const { reminders } = store;
      const other = { ...key, card: 'alert-gone' };
      for (const one of [key, other]) {
        await reminders.begin([{ ...one, dueAt: 100 }], false);
        const { dueAt: _, ...rest } = { ...begun, ...one };
        await reminders.replace({ ...begun, ...one }, { ...rest, done: true });
      }
      await store.alerts.open([alert]);
      await store.prune(1000);
      expect(await reminders.find(key)).toBeDefined();
      expect(await reminders.find(other)).toBeUndefined();
    });
  });

  describe(`acknowledgements, ${name}`, () => {
    it('end by themselves, once, and only when their time is up', async () => {
      const { alerts } = (await open()).store;
      await alerts.open([alert, { ...alert, id: 'alert-b' }]);
      await alerts.acknowledge('alert-a', ada, 10, 500);
      await alerts.acknowledge('alert-b', ada, 10);
      expect(await alerts.ackEnded(499, 9)).toEqual([]);
      expect(await alerts.endAcknowledgement('alert-a', 499)).toBe(false);
      expect((await alerts.ackEnded(500, 9)).map(({ id }) => id)).toEqual(['alert-a']);
      expect(await alerts.endAcknowledgement('alert-a', 500)).toBe(true);
      expect(await alerts.endAcknowledgement('alert-a', 500)).toBe(false);
      expect(await alerts.endAcknowledgement('alert-b', 500)).toBe(false);
      const found = await alerts.find('alert-a');
      expect([found?.ackedBy, found?.ackUntil]).toEqual([undefined, undefined]);
      expect(await alerts.ackEnded(500, 9)).toEqual([]);
    });

    it('keep what was done beside what was written, and read notes of before', async () => {
      const { alerts } = (await open()).store;
      await alerts.open([alert]);
      await alerts.addNote('alert-a', { by: 'Ada', at: 1, text: 'on it' });
      await alerts.addNote('alert-a', { by: 'Ada', at: 2, text: 'Bob', act: 'assign' });
      expect((await alerts.find('alert-a'))?.notes).toEqual([
        { by: 'Ada', at: 1, text: 'on it' },
        { by: 'Ada', at: 2, text: 'Bob', act: 'assign' },
      ]);
    });
  });
};
