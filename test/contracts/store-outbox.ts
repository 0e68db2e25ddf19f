import { describe, expect, it } from 'vitest';
import type {
  ConversationQueue,
  Outbox,
  OutboxDraft,
  OutboxItem,
} from '../../src/platform/outbox.ts';
import { givenUp } from '../store/given-up.ts';
import { dev, type OpenBed, ops } from './store-bed.ts';

const lease = 60_000;
/** As short as that: it has run out already. */
const over = -1;
/** By a clock that is an hour ahead. */
const ahead = 100 + 60 * lease;

const draft = (card: string, more: Partial<OutboxDraft> = {}): OutboxDraft => ({
  ...ops,
  card,
  kind: 'post',
  payload: { alert: card },
  dueAt: 100,
  ...more,
});

const claim = async (outbox: Outbox, now = 100, leaseMs = lease): Promise<ConversationQueue> => {
  const queue = await outbox.claimQueue(now, leaseMs);
  if (queue === undefined) throw new Error('no queue to claim');
  return queue;
};

const take = async (outbox: Outbox, queue: ConversationQueue, now = 100): Promise<OutboxItem> => {
  const item = await outbox.next(queue, now);
  if (item === undefined) throw new Error('nothing to send');
  return item;
};

export const outboxContract = (name: string, open: OpenBed): void => {
  describe(`outbox, ${name}`, () => {
    it('has nothing to do at first', async () => {
      const { outbox } = (await open()).store;
      expect(await outbox.claimQueue(100, lease)).toBeUndefined();
      expect(await outbox.backlog()).toEqual({ waiting: 0 });
      expect(await outbox.nextDueAt()).toBeUndefined();
      await outbox.enqueue([]);
      expect(await outbox.backlog()).toEqual({ waiting: 0 });
    });

    it('hands out a conversation in order, and each item once', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a'), draft('b', { dueAt: 90 })]);
      expect(await outbox.backlog()).toEqual({ waiting: 2, oldestDueAt: 90 });
      const queue = await claim(outbox);
      const first = await take(outbox, queue);
      expect(first).toMatchObject({ ...draft('a'), attempts: 0, inDoubt: false });
      expect(await outbox.done(queue, first, 101)).toBe(true);
      expect(await outbox.done(queue, first, 101)).toBe(false);
      expect(await take(outbox, queue)).toMatchObject({ card: 'b' });
      expect(await outbox.next(queue, 100)).toBeUndefined();
    });

    it('keeps of which work the newest of an item is', async () => {
      const { store, clock } = await open();
      const { outbox } = store;
      await outbox.enqueue([draft('a')]);
      await clock.advance(1);
      await outbox.enqueue([draft('a', { payload: 'newer' })]);
      const newest = `work-at-${clock.now()}`;
      const queue = await claim(outbox);
      const item = await take(outbox, queue);
      expect(item).toMatchObject({ payload: 'newer', correlationId: newest });
      await clock.advance(1);
      await outbox.postpone(queue, item, 100, true);
      await outbox.leave(queue, 100);
      const again = await take(outbox, await claim(outbox));
      expect(again).toMatchObject({ correlationId: newest });
    });

    it('hands out what was queued together in the order it came', async () => {
      const { outbox } = (await open()).store;
      const cards = ['10', '2', '1', '3'];
      await outbox.enqueue([...cards.map((card) => draft(card)), draft('10', { payload: 'new' })]);
      const queue = await claim(outbox);
      for (const card of cards) {
        const item = await take(outbox, queue);
        expect(item).toMatchObject({ card });
        await outbox.done(queue, item, 100);
      }
    });

    it('knows since when an item fails, until it arrives', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a')]);
      const queue = await claim(outbox);
      const item = await take(outbox, queue);
      expect(item).not.toHaveProperty('failingSince');
      await outbox.postpone(queue, { ...item, failingSince: 100 }, 200, true);
      const again = await take(outbox, queue, 200);
      expect(again).toMatchObject({ failingSince: 100, attempts: 1 });
      await outbox.enqueue([draft('a', { payload: 2 })]);
      await outbox.postpone(queue, again, 300, true);
      expect(await take(outbox, queue, 300)).toMatchObject({ failingSince: 100, payload: 2 });
    });

    it('knows when messages arrived, in this conversation', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a'), draft('b'), draft('c')]);
      const queue = await claim(outbox);
      await outbox.done(queue, await take(outbox, queue), 110);
      await outbox.done(queue, await take(outbox, queue), 120);
      await outbox.giveUp(queue, await take(outbox, queue), 'too-large', 130);
      expect(await outbox.sentSince(ops, 0)).toEqual([110, 120]);
      expect(await outbox.sentSince(ops, 110)).toEqual([120]);
      expect(await outbox.sentSince(dev, 0)).toEqual([]);
    });

    it('lets a conversation rest as long as it is notified', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a')]);
      await outbox.leave(await claim(outbox), 500);
      expect(await outbox.claimQueue(499, lease)).toBeUndefined();
      await claim(outbox, 500);
    });

    it('waits for what is not due', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a', { dueAt: 500 })]);
      expect(await outbox.claimQueue(499, lease)).toBeUndefined();
      expect(await outbox.nextDueAt()).toBe(500);
      await claim(outbox, 500);
    });

    it('sends the newest state of a card only', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a', { payload: 1 }), draft('a', { payload: 2 })]);
      await outbox.enqueue([draft('a', { payload: 3, kind: 'update' }), draft('b')]);
      expect((await outbox.backlog()).waiting).toBe(2);
      const queue = await claim(outbox);
      await outbox.enqueue([draft('a', { payload: 4, kind: 'update' })]);
      expect(await take(outbox, queue)).toMatchObject({ card: 'a', kind: 'post', payload: 4 });
    });

    it('posts again when the state that waits became worth a post', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a', { kind: 'update' })]);
      await outbox.enqueue([draft('a', { kind: 'post' })]);
      expect(await take(outbox, await claim(outbox))).toMatchObject({ kind: 'post' });
    });

    it('sends what changed during a send as a message of its own', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a', { payload: 1 })]);
      const queue = await claim(outbox);
      const first = await take(outbox, queue);
      await outbox.enqueue([draft('a', { payload: 2, kind: 'update' })]);
      await outbox.done(queue, first, 100);
      expect(await take(outbox, queue)).toMatchObject({ kind: 'update', payload: 2 });
    });

    it('lets a post that failed go out with the newer state that waits', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a', { payload: 1 })]);
      const queue = await claim(outbox);
      const first = await take(outbox, queue);
      await outbox.enqueue([draft('a', { payload: 2, kind: 'update' })]);
      expect(await outbox.postpone(queue, first, 200, true)).toBe(true);
      expect((await outbox.backlog()).waiting).toBe(1);
      expect(await outbox.next(queue, 199)).toBeUndefined();
      expect(await take(outbox, queue, 200)).toMatchObject({
        kind: 'post',
        payload: 2,
        attempts: 1,
      });
    });

    it('counts the attempts, but not a send that never began', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a')]);
      const queue = await claim(outbox);
      await outbox.postpone(queue, await take(outbox, queue), 200, true);
      await outbox.postpone(queue, await take(outbox, queue, 200), 300, false);
      expect(await take(outbox, queue, 300)).toMatchObject({
        ...draft('a', { dueAt: 300 }),
        attempts: 1,
      });
    });

    it('gives up and shows why', async () => {
      const { store, url } = await open();
      const { outbox } = store;
      await outbox.enqueue([draft('a'), draft('b'), draft('c', dev)]);
      const queue = await claim(outbox, 100);
      await outbox.giveUp(queue, await take(outbox, queue), 'too-large', 150);
      await outbox.abandon(ops, 'BotNotInConversationRoster', 160);
      await outbox.abandon(dev, 'BotNotInConversationRoster', 170);
      expect((await outbox.backlog()).waiting).toBe(0);
      const given = await givenUp(url);
      // Of the two conversations, either may be the first.
      expect(given[0]).toMatchObject({ error: 'too-large', endedAt: 150 });
      expect(given).toHaveLength(3);
    });

    it('lets one instance at a time work on a conversation', async () => {
      const { store, another } = await open();
      const { outbox } = await another();
      await store.outbox.enqueue([draft('a'), draft('b', dev)]);
      const queue = await claim(store.outbox);
      const other = await claim(outbox, 100);
      expect(other.conversationKey).not.toBe(queue.conversationKey);
      expect(await outbox.claimQueue(100, lease)).toBeUndefined();
      await store.outbox.enqueue([draft('c'), draft('d', dev)]);
      expect(await outbox.claimQueue(100, lease)).toBeUndefined();
      await store.outbox.leave(queue, 100);
      expect(await claim(outbox, 100)).toMatchObject({
        conversationKey: queue.conversationKey,
      });
    });

    it('gives each conversation queue to one of many who claim at once', async () => {
      const { store, another } = await open();
      const stores = [store, await another()];
      await store.outbox.enqueue(
        Array.from({ length: 8 }, (_, index) => draft('a', { conversationKey: `19:${index}` })),
      );
      const lanes: ConversationQueue[] = [];
      // Whoever skips a conversation queue that is just being claimed comes again.
      while (lanes.length < 8) {
        const claimed = await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            stores[index % 2]?.outbox.claimQueue(100, lease),
          ),
        );
        lanes.push(...claimed.filter((queue) => queue !== undefined));
      }
      expect(new Set(lanes.map(({ conversationKey }) => conversationKey)).size).toBe(8);
      expect(lanes).toHaveLength(8);
    });

    it('serves the conversation first that waited longest', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a'), draft('b', dev)]);
      const first = await claim(outbox);
      const second = await claim(outbox);
      await outbox.leave(second, 200);
      await outbox.leave(first, 300);
      expect((await claim(outbox, 400)).conversationKey).toBe(second.conversationKey);
    });

    it('hands out what a dead instance was sending as in doubt, and the rest as it was', async () => {
      const { store, another } = await open();
      await store.outbox.enqueue([draft('a'), draft('b')]);
      const dead = await claim(store.outbox);
      const inFlight = await take(store.outbox, dead);
      const { outbox } = await another();
      expect(await outbox.claimQueue(100, lease)).toBeUndefined();
      expect(await outbox.extend(dead, over)).toBe(true);
      const queue = await claim(outbox);
      const first = await take(outbox, queue);
      expect(first).toMatchObject({ id: inFlight.id, inDoubt: true });
      expect(await outbox.done(queue, first, 1)).toBe(true);
      expect(await take(outbox, queue)).toMatchObject({ card: 'b', inDoubt: false });
    });

    it('A5: is one instance’s, however far apart the clocks of two are', async () => {
      const { store, another } = await open();
      const { outbox } = await another();
      await store.outbox.enqueue([draft('a')]);
      const queue = await claim(store.outbox);
      expect(await outbox.claimQueue(ahead, lease)).toBeUndefined();
      await store.outbox.leave(queue, 100);
      await claim(outbox, ahead, over);
      await claim(store.outbox, 100);
    });

    it('refuses everything to an instance that lost its conversation queue', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a')]);
      const lost = await claim(outbox, 100, over);
      const item = await take(outbox, lost);
      const queue = await claim(outbox);
      expect(await take(outbox, queue)).toMatchObject({ id: item.id });
      expect(await outbox.next(lost, 100)).toBeUndefined();
      expect(await outbox.done(lost, item, 1)).toBe(false);
      expect(await outbox.postpone(lost, item, 500, true)).toBe(false);
      expect(await outbox.giveUp(lost, item, 'late', 1)).toBe(false);
      expect(await outbox.extend(lost, lease)).toBe(false);
      await outbox.leave(lost, 1);
      expect(await outbox.claimQueue(101, lease)).toBeUndefined();
    });

    it('keeps a conversation queue that is extended', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue([draft('a')]);
      const queue = await claim(outbox, 100, over);
      expect(await outbox.extend(queue, lease)).toBe(true);
      expect(await outbox.claimQueue(100, lease)).toBeUndefined();
      expect(await outbox.next(queue, 100)).toMatchObject({ card: 'a' });
    });

    it('queues with what belongs together, or not at all', async () => {
      const { store } = await open();
      const failing = store.transaction(async (tx) => {
        await tx.outbox.enqueue([draft('a')]);
        await tx.audit.verify();
        throw new Error('the sweep failed');
      });
      await expect(failing).rejects.toThrow('the sweep failed');
      expect((await store.outbox.backlog()).waiting).toBe(0);
      await store.transaction(async (tx) => tx.outbox.enqueue([draft('a')]));
      expect((await store.outbox.backlog()).waiting).toBe(1);
    });

    it('A7: takes up again what was given up where it lasts, in its newest form', async () => {
      const { outbox } = (await open()).store;
      const lasts = (payload: unknown): boolean => JSON.stringify(payload).includes('lasting');
      const here = { account: 'default', conversationKey: draft('a').conversationKey };
      await outbox.enqueue([
        draft('a', { payload: 'lasting old' }),
        draft('b', { payload: 'passing' }),
        draft('c', { payload: 'lasting', conversationKey: '19:elsewhere' }),
      ]);
      for (const conversationKey of [here.conversationKey, '19:elsewhere'])
        await outbox.abandon({ ...here, conversationKey }, 'gone', 1);
      await outbox.enqueue([draft('a', { payload: 'lasting new' })]);
      await outbox.abandon(here, 'gone', 2);
      await outbox.revive(here, lasts, 100);
      await outbox.revive(here, lasts, 100);
      expect((await outbox.backlog()).waiting).toBe(1);
      const queue = await claim(outbox);
      const item = await take(outbox, queue);
      expect(item).toMatchObject({ card: 'a', kind: 'update', payload: 'lasting new' });
      expect(await outbox.mayHaveArrived(here, ['a'])).toBe(false);
      await outbox.done(queue, item, 101, 'ETIMEDOUT');
      expect(await outbox.mayHaveArrived(here, ['b', 'a'])).toBe(true);
      expect(await outbox.mayHaveArrived({ ...here, conversationKey: '19:elsewhere' }, ['a'])).toBe(
        false,
      );
    });

    it('takes ten thousand at once', async () => {
      const { outbox } = (await open()).store;
      await outbox.enqueue(
        Array.from({ length: 10_000 }, (_, index) =>
          draft(`card-${index}`, { conversationKey: `19:${index % 500}` }),
        ),
      );
      expect(await outbox.backlog()).toEqual({ waiting: 10_000, oldestDueAt: 100 });
    });
  });
};
