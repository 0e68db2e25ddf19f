import { describe, expect, it } from 'vitest';
import type { OwnChange } from '../../../src/features/changes/domain/own-change.ts';
import { createOwnChanges } from '../../../src/features/changes/own-changes.ts';
import type { OwnChanges } from '../../../src/features/changes/store.ts';
import { silentLog } from '../../fakes/silent-log.ts';

const pause: OwnChange = { agent: 'lax-12', kind: 'pause', until: 100 };
const reconnect: OwnChange = { agent: 'lax-13', kind: 'reconnect', until: 200 };

describe('own changes', () => {
  it('are current until they end', async () => {
    const ownChanges = createOwnChanges();
    await ownChanges.add('default', pause);
    await ownChanges.add('default', reconnect);
    expect(await ownChanges.current('default', 99)).toEqual([pause, reconnect]);
    expect(await ownChanges.current('default', 100)).toEqual([reconnect]);
    expect(await ownChanges.current('default', 200)).toEqual([]);
  });

  it('are separate for each account', async () => {
    const ownChanges = createOwnChanges();
    await ownChanges.add('default', pause);
    expect(await ownChanges.current('other', 0)).toEqual([]);
  });

  it('are limited in number: the oldest go first', async () => {
    const ownChanges = createOwnChanges();
    for (let index = 0; index < 1001; index += 1)
      await ownChanges.add('default', { ...pause, agent: `agent-${index}` });
    const current = await ownChanges.current('default', 0);
    expect(current).toHaveLength(1000);
    expect(current[0]?.agent).toBe('agent-1');
  });
});

describe("A6: the bot's own changes among several instances", () => {
  const stored = (fails: boolean): OwnChanges => {
    const all: OwnChange[] = [];
    return {
      add: async (_, ownChange) => {
        if (fails) throw new Error('locked');
        all.push(ownChange);
      },
      current: async () => all,
      recent: async () => all,
    };
  };

  it('are stored for the one that polls', async () => {
    const shared = { stored: stored(false), log: silentLog };
    await createOwnChanges(shared).add('default', reconnect);
    expect(await createOwnChanges(shared).current('default', 0)).toEqual([reconnect]);
  });

  it('are remembered by the one that made them while the store is down', async () => {
    const ownChanges = createOwnChanges({ stored: stored(true), log: silentLog });
    await ownChanges.add('default', reconnect);
    expect(await ownChanges.current('default', 0)).toEqual([reconnect]);
  });
});
