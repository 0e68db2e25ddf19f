import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/features/changes/domain/change.ts';
import type { ChangeLog } from '../../src/features/changes/store.ts';

const made = {
  account: 'default',
  tenantId: 'contoso',
  conversationKey: '19:ops',
  personId: 'ada',
  personName: 'Ada',
  at: 1_700_000_000_000,
  agent: 'lax-12',
};
const rename: Change = { ...made, id: 'c1', kind: 'rename', before: 'lax-12', after: 'LAX "12"' };
const pause: Change = {
  ...made,
  id: 'c2',
  kind: 'pause',
  sessions: [{ id: 's-crm', name: 'crm' }],
  all: false,
};

export const changeLogContract = (name: string, open: () => Promise<ChangeLog>): void => {
  const last = (log: ChangeLog) => log.last('contoso', '19:ops', 'ada');

  describe(`change log, ${name}`, () => {
    it('is empty at first', async () => {
      const log = await open();
      expect(await last(log)).toBeUndefined();
      expect(await log.find('c1')).toBeUndefined();
      expect(await log.takeBack('c1')).toBe(false);
    });

    it('gives back what was added, and the newest one last', async () => {
      const log = await open();
      await log.add(rename);
      await log.add(pause);
      expect(await log.find('c1')).toEqual(rename);
      expect(await log.find('c2')).toEqual(pause);
      expect(await last(log)).toEqual(pause);
    });

    it.each([
      ['another tenant', { tenantId: 'fabrikam' }],
      ['another conversation', { conversationKey: '19:dev' }],
      ['another person', { personId: 'bob' }],
    ] as const)('leaves out what was done by or in %s', async (_, difference) => {
      const log = await open();
      await log.add(rename);
      await log.add({ ...pause, ...difference });
      expect(await last(log)).toEqual(rename);
    });

    it('takes each change back once, and goes on to the one before', async () => {
      const log = await open();
      await log.add(rename);
      await log.add(pause);
      expect(await log.takeBack('c2')).toBe(true);
      expect(await log.takeBack('c2')).toBe(false);
      expect(await log.find('c2')).toBeUndefined();
      expect(await last(log)).toEqual(rename);
    });

    it('lets one of several undo presses through', async () => {
      const log = await open();
      await log.add(rename);
      const pressed = await Promise.all(Array.from({ length: 5 }, () => log.takeBack('c1')));
      expect(pressed.filter(Boolean)).toHaveLength(1);
    });
  });
};
