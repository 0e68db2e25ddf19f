import { describe, expect, it } from 'vitest';
import type { SeenSession, SessionMemory } from '../../src/features/fleet/store.ts';

const crm: SeenSession = { id: 's-crm', name: 'crm', address: '10.0.0.5' };
const dns: SeenSession = { id: 's-dns', name: 'dns' };
const ada = { name: 'Ada', at: 1_700_000_000_000 };

const byId = (sessions: readonly SeenSession[]): readonly SeenSession[] =>
  [...sessions].sort((a, b) => (a.id < b.id ? -1 : 1));

export const sessionMemoryContract = (name: string, open: () => Promise<SessionMemory>): void => {
  const opened = async (): Promise<SessionMemory> => {
    const monitorState = await open();
    await monitorState.remember('default', 'lax-12', [crm, dns]);
    return monitorState;
  };
  const seen = async (monitorState: SessionMemory) =>
    byId(await monitorState.seen('default', 'lax-12'));

  describe(`session memory, ${name}`, () => {
    it('knows nothing of an agent never seen', async () => {
      expect(await (await open()).seen('default', 'lax-12')).toEqual([]);
    });

    it('remembers sessions per account and agent', async () => {
      const monitorState = await opened();
      await monitorState.remember('other', 'lax-12', [{ id: 'x', name: 'x' }]);
      await monitorState.remember('default', 'lax-13', [{ id: 'y', name: 'y' }]);
      expect(await seen(monitorState)).toEqual([crm, dns]);
    });

    it('keeps a session that later readings leave out', async () => {
      const monitorState = await opened();
      await monitorState.remember('default', 'lax-12', [dns]);
      expect(await seen(monitorState)).toEqual([crm, dns]);
    });

    it('takes over a new name and address, and keeps the address when none is notified', async () => {
      const monitorState = await opened();
      await monitorState.remember('default', 'lax-12', [
        { id: 's-crm', name: 'CRM' },
        { ...dns, address: '10.0.0.9' },
      ]);
      expect(await seen(monitorState)).toEqual([
        { ...crm, name: 'CRM' },
        { ...dns, address: '10.0.0.9' },
      ]);
    });

    it('takes the last word when one reading names a session twice', async () => {
      const monitorState = await open();
      await monitorState.remember('default', 'lax-12', [dns, { ...dns, name: 'dns 2' }]);
      expect(await seen(monitorState)).toEqual([{ ...dns, name: 'dns 2' }]);
    });

    it('notes who paused, and forgets it with the resume', async () => {
      const monitorState = await opened();
      await monitorState.markPaused('default', 'lax-12', ['s-crm'], ada);
      expect(await seen(monitorState)).toEqual([{ ...crm, pausedBy: ada }, dns]);
      await monitorState.markPaused('default', 'lax-12', ['s-crm', 's-dns'], undefined);
      expect(await seen(monitorState)).toEqual([crm, dns]);
    });

    it('keeps the pause through later readings', async () => {
      const monitorState = await opened();
      await monitorState.markPaused('default', 'lax-12', ['s-crm'], ada);
      await monitorState.remember('default', 'lax-12', [crm, dns]);
      expect(await seen(monitorState)).toEqual([{ ...crm, pausedBy: ada }, dns]);
    });

    it('does not mark sessions that it has not seen, or none at all', async () => {
      const monitorState = await opened();
      await monitorState.markPaused('default', 'lax-12', ['s-new'], ada);
      await monitorState.markPaused('default', 'lax-12', [], ada);
      await monitorState.markPaused('default', 'nowhere', ['s-crm'], ada);
      expect(await seen(monitorState)).toEqual([crm, dns]);
      expect(await monitorState.seen('default', 'nowhere')).toEqual([]);
    });

    it('forgets an agent', async () => {
      const monitorState = await opened();
      await monitorState.remember('default', 'lax-13', [crm]);
      await monitorState.forget('default', 'lax-12');
      expect(await monitorState.seen('default', 'lax-12')).toEqual([]);
      expect(await monitorState.seen('default', 'lax-13')).toEqual([crm]);
    });

    it('remembers nothing when there is nothing to remember', async () => {
      const monitorState = await open();
      await monitorState.remember('default', 'lax-12', []);
      expect(await monitorState.seen('default', 'lax-12')).toEqual([]);
    });
  });
};
