import { describe, expect, it } from 'vitest';
import { ada, type OpenBed } from './store-bed.ts';

export const accountChoicesContract = (name: string, open: OpenBed): void => {
  describe(`chosen accounts, ${name}`, () => {
    it('are one for each conversation, the last one chosen', async () => {
      const { accountChoices } = (await open()).store;
      const choice = { account: 'acme', conversationKey: '19:ops', by: ada, at: 1 };
      await accountChoices.set(choice);
      await accountChoices.set({ ...choice, conversationKey: '19:dev' });
      await accountChoices.set({ ...choice, account: 'Globex (EU)', at: 2 });
      expect(await accountChoices.find('19:ops')).toEqual({
        ...choice,
        account: 'Globex (EU)',
        at: 2,
      });
      expect(await accountChoices.find('19:dev')).toEqual({ ...choice, conversationKey: '19:dev' });
      expect(await accountChoices.find('19:none')).toBeUndefined();
    });
  });
};
