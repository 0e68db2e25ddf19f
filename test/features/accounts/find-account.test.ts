import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../src/features/accounts/domain/account-of.ts';
import { createAccountFinder } from '../../../src/features/accounts/find-account.ts';
import { noticesAtAccount } from '../../../src/features/accounts/notices.ts';
import { type Account, createAccounts, onNewSource } from '../../../src/platform/accounts.ts';
import type { Installation } from '../../../src/platform/conversation.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { silentLog } from '../../fakes/silent-log.ts';

const account = (
  name: string,
  tenants: readonly string[],
  ...conversations: string[]
): Account => ({
  name,
  source: name,
  tenants: new Set(tenants),
  conversations: new Set(conversations),
});

const acme = account('acme', ['provider', 'tenant-a']);
const globex = account('globex', ['provider', 'tenant-g'], 'bound');
const both = [acme, globex];

describe('the account of a conversation', () => {
  it.each<readonly [string, string, string, string | undefined, string | undefined]>([
    ['is the one bound to it', 'provider', 'bound', undefined, 'globex'],
    ['is the one bound to it, whatever was chosen', 'provider', 'bound', 'acme', 'globex'],
    ['is not the one bound to it for a tenant of another', 'tenant-a', 'bound', undefined, 'acme'],
    ['is the one of its tenant', 'TENANT-G', 'any', undefined, 'globex'],
    ['is what was chosen', 'provider', 'any', 'acme', 'acme'],
    ['is not what was chosen where the tenant may not see it', 'tenant-g', 'any', 'acme', 'globex'],
    ['is none where several are left', 'provider', 'any', undefined, undefined],
    ['is none where the chosen one is gone', 'provider', 'any', 'initech', undefined],
    ['is none for a tenant of none', 'nobody', 'any', 'acme', undefined],
  ])('%s', (_what, tenantId, conversationKey, chosen, expected) => {
    expect(accountOf(both, { tenantId, conversationKey }, chosen)?.name).toBe(expected);
  });
});

describe('the choice', () => {
  const asked = { tenantId: 'provider', conversationKey: 'ops' };
  const finderOn = (find: () => Promise<string | undefined>) =>
    createAccountFinder({
      accounts: createAccounts(both),
      choices: {
        find: async (conversationKey) => {
          const name = await find();
          const by = { id: 'ada', name: 'Ada' };
          return name === undefined ? undefined : { account: name, conversationKey, by, at: 1 };
        },
      },
      log: silentLog,
    });

  it('holds while the store is down, and is not guessed where it was never read', async () => {
    let answer = async (): Promise<string | undefined> => 'globex';
    const finder = finderOn(() => answer());
    const down = async (): Promise<never> => {
      throw new AppError('store-down', 'gone');
    };
    expect(await finder.find(asked)).toEqual({ name: 'globex', oneOfSeveral: true });
    answer = down;
    expect(await finder.find(asked)).toEqual({ name: 'globex', oneOfSeveral: true });
    expect(finder.last(asked).name).toBe('globex');
    expect(await finderOn(down).find(asked)).toEqual({
      name: '',
      oneOfSeveral: true,
      unread: true,
    });
  });

  it('decides what is sent: nothing of an account that the conversation does not see', async () => {
    const place = (name: string) => ({ ...asked, account: name }) as unknown as Installation;
    const at = noticesAtAccount(finderOn(async () => 'globex'));
    const finish = await at(place('globex'));
    expect(finish?.({ content: { body: [] }, summary: 'Poor 21' }).summary).toBe(
      'globex · Poor 21',
    );
    expect(await at(place('acme'))).toBeUndefined();
  });
});

it('an account that is gone or read otherwise is said, and no other', () => {
  const accounts = createAccounts(both);
  const heard: string[] = [];
  onNewSource(accounts, (name) => heard.push(name));
  accounts.replace([{ ...acme, source: 'another key' }, account('initech', [])]);
  accounts.replace([acme]);
  expect(heard).toEqual(['acme', 'globex', 'acme', 'initech']);
});
