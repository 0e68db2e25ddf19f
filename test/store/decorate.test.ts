import { describe, expect, it } from 'vitest';
import type { Installations } from '../../src/platform/conversation.ts';
import { cachedInstallations } from '../../src/store/decorate.ts';
import type { BotStore } from '../../src/store/open.ts';
import { ops, opsPlace } from '../contracts/store-bed.ts';
import { installationsContract } from '../contracts/store-installations.ts';
import { aGate, type Gate } from '../fakes/gate.ts';
import { aDatabase } from './a-database.ts';
import { bedOn } from './bed.ts';

const aBed = async () => bedOn(await aDatabase());

installationsContract('SQLite remembered', async () => {
  const bed = await aBed();
  return { ...bed, store: cachedInstallations(bed.store) };
});

interface Scene {
  readonly store: BotStore;
  /** How often the database was asked. */
  looks(): number;
  /** The next look hands over what it found only when the gate opens. */
  holdNextLook(): Gate;
  /** The next write is done only then. */
  holdNextWrite(): Gate;
}

const aScene = async (): Promise<Scene> => {
  const { store } = await aBed();
  await store.installations.refresh(opsPlace);
  let looks = 0;
  let look: Gate | undefined;
  let write: Gate | undefined;
  const installations: Installations = {
    ...store.installations,
    find: async (conversation) => {
      looks += 1;
      const held = look;
      look = undefined;
      const found = await store.installations.find(conversation);
      await held?.opened;
      return found;
    },
    markDead: async (...args) => {
      await write?.opened;
      await store.installations.markDead(...args);
    },
  };
  return {
    store: cachedInstallations({ ...store, installations }),
    looks: () => looks,
    holdNextLook: () => {
      look = aGate();
      return look;
    },
    holdNextWrite: () => {
      write = aGate();
      return write;
    },
  };
};

const stateIn = async ({ installations }: BotStore): Promise<string | undefined> =>
  (await installations.find(ops))?.state;

describe('remembered installations', () => {
  it('are looked up once', async () => {
    const { store, looks } = await aScene();
    const first = await store.installations.find(ops);
    expect(await store.installations.find({ ...ops })).toEqual(first);
    expect(looks()).toBe(1);
  });

  it('are looked up again when nothing was there', async () => {
    const { store } = await aScene();
    const elsewhere = { ...ops, conversationKey: '19:elsewhere' };
    expect(await store.installations.find(elsewhere)).toBeUndefined();
    await store.installations.refresh({ ...opsPlace, ...elsewhere });
    expect(await store.installations.find(elsewhere)).toMatchObject({ state: 'alive' });
  });

  it('are kept apart by account and conversation', async () => {
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
  ])('are not kept when they were looked up before %s and come after it', async (_, write) => {
    const { store, holdNextLook } = await aScene();
    const look = holdNextLook();
    const early = stateIn(store);
    await write(store);
    look.open();
    expect(await early).toBe('alive');
    expect(await stateIn(store)).toBe('dead');
  });

  it('are not kept when they were looked up while a write goes on', async () => {
    const { store, holdNextWrite } = await aScene();
    const write = holdNextWrite();
    const dying = store.installations.markDead(ops, 'gone');
    expect(await stateIn(store)).toBe('alive');
    write.open();
    await dying;
    expect(await stateIn(store)).toBe('dead');
  });
});
