import { expect, it } from 'vitest';
import { createDeliveryLeader, createRecentSends } from '../../src/delivery/leader.ts';
import { deliveryBed } from './bed.ts';
import { conversation } from './drafts.ts';

const leaseMs = 4000;
const chat = conversation('chat');

const open = async () => {
  const { store, clock } = await deliveryBed();
  const asked: number[] = [];
  const outbox = {
    sentSince: async (_: unknown, since: number) => {
      asked.push(since);
      return [since];
    },
  };
  const sender = (instance: string) =>
    createDeliveryLeader({ leases: store.leases, clock, instance, leaseMs });
  const one = sender('one');
  const earlierSends = createRecentSends({ outbox, leader: one, clock });
  return { clock, one, two: sender('two'), asked, earlierSends };
};

it('is one instance at a time, and another one when the first ends or is not heard of', async () => {
  const { clock, one, two } = await open();
  expect(await one.isMe()).toBe(true);
  expect(await two.isMe()).toBe(false);
  await clock.advance(leaseMs - 1);
  expect(await two.isMe()).toBe(false);
  expect(await one.isMe()).toBe(true);
  await clock.advance(leaseMs);
  expect(await two.isMe()).toBe(true);
  expect(await one.isMe()).toBe(false);
  await two.end();
  expect(await one.isMe()).toBe(false);
  await clock.advance(1050);
  expect(await one.isMe()).toBe(true);
});

it('asks once for the sends of the last hour', async () => {
  const { clock, one, asked, earlierSends } = await open();
  await one.isMe();
  const since = clock.now() - 3_600_100;
  expect(await earlierSends(chat)).toEqual([since]);
  await clock.advance(1000);
  await one.isMe();
  expect(await earlierSends(chat)).toEqual([]);
  expect(asked).toEqual([since]);
});

it('asks again, for what it has not seen, when another instance was the sender meanwhile', async () => {
  const { clock, one, two, asked, earlierSends } = await open();
  await one.isMe();
  const heldUntil = clock.now() + leaseMs;
  await earlierSends(chat);
  await clock.advance(leaseMs);
  await two.isMe();
  await clock.advance(leaseMs);
  await one.isMe();
  expect(await earlierSends(chat)).toEqual([heldUntil]);
  expect(await earlierSends(chat)).toEqual([]);
  expect(asked).toHaveLength(2);
});

it('forgets a conversation that nobody sent to for as long as its sends count', async () => {
  const { clock, one, asked, earlierSends } = await open();
  await one.isMe();
  await earlierSends(chat);
  await clock.advance(3_600_000);
  await earlierSends(chat);
  await clock.advance(3_600_000);
  await one.isMe();
  await earlierSends(chat);
  expect(asked).toHaveLength(2);
  await clock.advance(3_700_000);
  await earlierSends(conversation('other'));
  await earlierSends(chat);
  expect(asked).toHaveLength(4);
});
