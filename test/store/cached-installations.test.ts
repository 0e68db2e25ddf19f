import { describe, expect, it } from 'vitest';
import type { Installations } from '../../src/platform/conversation.ts';
import { cachedInstallations } from '../../src/store/cached-installations.ts';
import type { BotStore } from '../../src/store/open.ts';
import { ops, opsPlace } from '../contracts/store-bed.ts';
import { installationsContract } from '../contracts/store-installations.ts';
import { aGate, type Gate } from '../fakes/gate.ts';
import { aDatabase } from './a-database.ts';
import { bedOn } from './bed.ts';

const aBed = async () => bedOn(await aDatabase());

installationsContract('SQLite cached', async () => {
  const bed = await aBed();
  return { ...bed, store: cachedInstallations(bed.store) };
});

interface Scene {
  readonly store: BotStore;
  /** How often the database was asked. */
  reads(): number;
  /** The next read hands over what it found only when the gate opens. */
  delayNextRead(): Gate;
  /** The next write is done only then. */
  delayNextWrite(): Gate;
}

const aScene = async (): Promise<Scene> => {
  const { store } = await aBed();
  await store.installations.refresh(opsPlace);
  let reads = 0;
  let read: Gate | undefined;
  let write: Gate | undefined;
  const installations: Installations = {
    ...store.installations,
    find: async (conversation) => {
      reads += 1;
      const delay = read;
      read = undefined;
      const found = await store.installations.find(conversation);
      await delay?.opened;
      return found;
    },
    markDead: async (...args) => {
      await write?.opened;
      await store.installations.markDead(...args);
    },
  };
  return {
    store: cachedInstallations({ ...store, installations }),
    reads: () => reads,
    delayNextRead: () => {
      read = aGate();
      return read;
    },
    delayNextWrite: () => {
      write = aGate();
      return write;
    },
  };
};

const stateIn = async ({ installations }: BotStore): Promise<string | undefined> =>
  (await installations.find(ops))?.state;

describe('cached installations', () => {
  it('are read once', async () => {
    const { store, reads } = await aScene();
    const first = await store.installations.find(ops);
    expect(await store.installations.find({ ...ops })).toEqual(first);
    expect(reads()).toBe(1);
  });

  it('are read again when nothing was there', async () => {
    const { store } = await aScene();
    const elsewhere = { ...ops, conversationKey: '19:elsewhere' };
    expect(await store.installations.find(elsewhere)).toBeUndefined();
    await store.installations.refresh({ ...opsPlace, ...elsewhere });
    expect(await store.installations.find(elsewhere)).toMatchObject({ state: 'alive' });
  });

  it('are separate by account and conversation', async () => {
    const { store } = await aScene();
    await store.installations.find(ops);
    expect(await store.installations.find({ ...ops, account: 'other' })).toBeUndefined();
  });

  it('are forgotten with what a transaction writes, and not with what it takes back', async () => {
    const { store } = await aScene();
    await store.installations.find(ops);
    const given = store.transaction(async (tx) => {
      await tx.installations.markDead(ops, 'gone');
      expect(await stateIn({ ...store, ...tx })).toBe('dead');
      throw new Error('taken back');
    });
    await expect(given).rejects.toThrow('taken back');
    expect(await stateIn(store)).toBe('alive');
    await store.transaction((tx) => tx.installations.markDead(ops, 'gone'));
    expect(await stateIn(store)).toBe('dead');
  });

  it.each<readonly [string, (store: BotStore) => Promise<void>]>([
    ['a write', (store) => store.installations.markDead(ops, 'gone')],
    ['a transaction', (store) => store.transaction((tx) => tx.installations.markDead(ops, 'gone'))],
  ])('are not remembered when they were read before %s and come after it', async (_, write) => {
    const { store, delayNextRead } = await aScene();
    const read = delayNextRead();
    const early = stateIn(store);
    await write(store);
    read.open();
    expect(await early).toBe('alive');
    expect(await stateIn(store)).toBe('dead');
  });

  it('are not remembered when they were read during a write', async () => {
    const { store, delayNextWrite } = await aScene();
    const write = delayNextWrite();
    const dying = store.installations.markDead(ops, 'gone');
    expect(await stateIn(store)).toBe('alive');
    write.open();
    await dying;
    expect(await stateIn(store)).toBe('dead');
  });
});
