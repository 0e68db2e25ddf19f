import { describe, expect, it } from 'vitest';
import { answersCountMs } from '../../src/features/diagnosis/domain/verdicts.ts';
import type { Verdict } from '../../src/features/diagnosis/store.ts';
import type { OpenBed } from './store-bed.ts';

const verdict = (changes: Partial<Verdict> = {}): Verdict => ({
  account: 'default',
  alertId: 'alert "1"',
  personId: 'ada',
  rule: 'wifi',
  isRight: true,
  at: 1000,
  ...changes,
});

export const verdictsContract = (name: string, open: OpenBed): void => {
  describe(`what people say of causes, ${name}`, () => {
    it('counts once for each person and alert, by the last press, for each account apart', async () => {
      const { verdicts } = (await open()).store;
      expect(await verdicts.answers('default', 0)).toEqual([]);
      await verdicts.give(verdict());
      await verdicts.give(verdict({ isRight: false, at: 1001 }));
      await verdicts.give(verdict({ personId: 'bob' }));
      await verdicts.give(verdict({ alertId: 'alert-2', rule: 'group.field' }));
      await verdicts.give(verdict({ account: 'other' }));
      expect(await verdicts.answers('default', 0)).toEqual([
        { rule: 'group.field', right: 1, answers: 1 },
        { rule: 'wifi', right: 1, answers: 2 },
      ]);
      expect(await verdicts.answers('default', 1001)).toEqual([
        { rule: 'wifi', right: 0, answers: 1 },
      ]);
    });

    it('is forgotten when it has served its time', async () => {
      const { store } = await open();
      await store.verdicts.give(verdict());
      await store.prune(1000 + answersCountMs);
      expect(await store.verdicts.answers('default', 0)).toHaveLength(1);
      await store.prune(1001 + answersCountMs);
      expect(await store.verdicts.answers('default', 0)).toEqual([]);
    });
  });
};
