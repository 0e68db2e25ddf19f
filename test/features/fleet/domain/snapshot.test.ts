import { describe, expect, it } from 'vitest';
import { FleetSnapshot, takeSnapshot } from '../../../../src/features/fleet/domain/snapshot.ts';
import type { Agent } from '../../../../src/platform/agent.ts';
import { anAgent } from '../an-agent.ts';

const read = (agents: readonly Agent[], skipped = 0) => ({ agents, skipped });
const lax = anAgent({ id: 'lax' });
const bos = anAgent({ id: 'bos' });
const both = takeSnapshot(undefined, read([lax, bos]), 1);
const ids = ({ agents }: FleetSnapshot): readonly string[] => agents.map(({ id }) => id);

describe('a snapshot', () => {
  it('holds devices, neither templates nor what is deleted', () => {
    const fleet = [lax, anAgent({ id: 't', template: true }), anAgent({ id: 'd', deleted: true })];
    expect(ids(takeSnapshot(undefined, read(fleet), 1))).toEqual(['lax']);
  });

  it('keeps an agent that one read leaves out, and drops it at the second', () => {
    const once = takeSnapshot(both, read([lax]), 2);
    expect(ids(once)).toEqual(['lax', 'bos']);
    expect(ids(takeSnapshot(once, read([lax]), 3))).toEqual(['lax']);
  });

  it('starts over with counting when the agent is there again', () => {
    const back = takeSnapshot(takeSnapshot(both, read([lax]), 2), read([lax, bos]), 3);
    expect(ids(takeSnapshot(back, read([lax]), 4))).toEqual(['lax', 'bos']);
  });

  it('believes no absence from a read with entries that could not be read', () => {
    const once = takeSnapshot(both, read([lax]), 2);
    const malformed = takeSnapshot(once, read([], 2), 3);
    expect(ids(malformed)).toEqual(['lax', 'bos']);
  });

  it('drops at once what is said to be deleted', () => {
    expect(ids(takeSnapshot(both, read([lax, { ...bos, deleted: true }]), 2))).toEqual(['lax']);
  });

  it('remembers since when an agent is back', () => {
    const offline = takeSnapshot(both, read([{ ...lax, online: false }]), 2);
    const back = takeSnapshot(offline, read([lax]), 3);
    const later = takeSnapshot(back, read([lax]), 4);
    const again = takeSnapshot(later, read([{ ...lax, online: false }]), 5);
    const since = [both, offline, back, later, again].map(
      ({ agents }) => agents.find(({ id }) => id === 'lax')?.onlineSince,
    );
    expect(since).toEqual([undefined, undefined, 3, 3, undefined]);
  });

  it('is plain JSON', () => {
    const seen = takeSnapshot(both, read([{ ...lax, lastSeen: 'never' }]), 2);
    expect(FleetSnapshot.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen);
  });
});
