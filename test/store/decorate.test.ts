import { describe, expect, it } from 'vitest';
import type { SeenSessions } from '../../src/features/fleet/store.ts';
import { AppError } from '../../src/platform/errors.ts';
import type { Logger } from '../../src/platform/log.ts';
import { decorate } from '../../src/store/decorate.ts';
import type { BotStore } from '../../src/store/open.ts';
import { ops, opsPlace } from '../contracts/store-bed.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from './a-database.ts';
import { bedOn } from './bed.ts';

const crm = { id: 's-crm', name: 'crm' };

const down = (): Promise<never> =>
  Promise.reject(new AppError('store-down', 'the store cannot be reached'));
const unreachable: SeenSessions = {
  seen: down,
  paused: down,
  all: down,
  remember: down,
  rememberAll: down,
  markPaused: down,
  forget: down,
};

const aStore = async (): Promise<BotStore> => (await bedOn(await aDatabase())).store;

describe('the decorated store', () => {
  it.each([
    [true, 'alive'],
    [false, 'dead'],
  ])('remembers installations only where it is alone: %s', async (alone, state) => {
    const { store: other, another } = await bedOn(await aDatabase());
    const { store } = decorate(await another(), { alone, log: silentLog });
    await store.installations.refresh(opsPlace);
    await store.installations.find(ops);
    await other.installations.markDead(ops, 'gone');
    expect(await store.installations.find(ops)).toMatchObject({ state });
  });

  it('reads and writes the stored sessions', async () => {
    const store = await aStore();
    const { sessions } = decorate(store, { alone: true, log: silentLog });
    await sessions.remember('default', 'lax-12', [crm]);
    expect(await store.sessions.seen('default', 'lax-12')).toEqual([crm]);
    expect(await sessions.seen('default', 'lax-12')).toEqual([crm]);
  });

  it('goes on with the sessions of this process while the stored ones cannot be reached', async () => {
    const warned: string[] = [];
    const log: Logger = { ...silentLog, warn: (event) => void warned.push(event) };
    const store = { ...(await aStore()), sessions: unreachable };
    const { sessions } = decorate(store, { alone: true, log });
    await sessions.remember('default', 'lax-12', [crm]);
    expect(await sessions.seen('default', 'lax-12')).toEqual([crm]);
    expect(await sessions.all('default')).toEqual(new Map([['lax-12', [crm]]]));
    await sessions.forget('default', 'lax-12');
    expect(await sessions.seen('default', 'lax-12')).toEqual([]);
    expect(new Set(warned)).toEqual(new Set(['store.seen-sessions-unreachable']));
  });
});
