import { describe, expect, it } from 'vitest';
import type { HoursOfAgent } from '../../src/features/silence/store.ts';
import { ada, bob, type OpenBed } from './store-bed.ts';

const always = (agentId: string, at = 5): HoursOfAgent => ({
  agentId,
  hours: { kind: 'always' },
  by: ada,
  at,
});

const office: HoursOfAgent = {
  agentId: 'boi-1',
  hours: {
    kind: 'ranges',
    ranges: [{ days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' }],
    timeZone: 'Europe/Berlin',
  },
  by: bob,
  at: 7,
};

export const agentHoursContract = (name: string, open: OpenBed): void => {
  describe(`hours that somebody set, ${name}`, () => {
    it('are those that were set last, of their account', async () => {
      const { agentHours } = (await open()).store;
      await agentHours.set('default', [always('lax-12'), always('boi-1')]);
      await agentHours.set('default', [office]);
      await agentHours.set('other', [always('osl-1')]);
      expect(await agentHours.all('default')).toEqual([office, always('lax-12')]);
    });

    it('are all there, however many', async () => {
      const { agentHours } = (await open()).store;
      const many = Array.from({ length: 1203 }, (_, index) => always(`agent-${index}`));
      await agentHours.set('default', many);
      const byId = (hours: readonly HoursOfAgent[]) =>
        hours.toSorted((a, b) => a.agentId.localeCompare(b.agentId));
      expect(byId(await agentHours.all('default'))).toEqual(byId(many));
    });

    it('are gone once they are learned again', async () => {
      const { agentHours } = (await open()).store;
      await agentHours.set('default', [always('lax-12'), office]);
      await agentHours.set('other', [office]);
      await agentHours.remove('default', ['boi-1', 'nobody']);
      expect(await agentHours.all('default')).toEqual([always('lax-12')]);
      expect(await agentHours.all('other')).toEqual([office]);
    });

    it('have another version after each change', async () => {
      const { agentHours } = (await open()).store;
      const versions = [await agentHours.version('default')];
      const next = async (change: Promise<void>) => {
        await change;
        versions.push(await agentHours.version('default'));
      };
      await next(agentHours.set('default', [always('lax-12')]));
      await next(agentHours.set('default', [always('lax-12', 6)]));
      await next(agentHours.set('default', [office]));
      await next(agentHours.remove('default', ['lax-12']));
      expect(new Set(versions).size).toBe(5);
      expect(await agentHours.version('default')).toBe(versions.at(-1));
    });
  });
};
