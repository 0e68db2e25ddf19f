import { z } from 'zod';
import { defineAction } from '../../chat/define-action.ts';
import { refusal } from '../../platform/errors.ts';
import { accountMark } from '../../ui/of-account.ts';
import { requireChoice, type UsePorts, useAccount } from './use-account.ts';

/** Names stand in no button's data. */
const UseData = z.object({ mark: z.string().min(1).max(20) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'account.use': z.infer<typeof UseData>;
  }
}

const pressUse = defineAction('account.use', {
  data: UseData,
  role: 'none',
  title: 'Choosing the account',
  run: async (ports: UsePorts, turn, { mark }) => {
    requireChoice(turn);
    return useAccount(ports, turn, (own) => {
      const found = own.find(({ name }) => accountMark(name) === mark);
      if (found === undefined) throw refusal('bad-input', 'account.gone');
      return found;
    });
  },
});

export const accountActions = { 'account.use': pressUse };
