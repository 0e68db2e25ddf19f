import { defaultAccount } from '../platform/accounts.ts';
import {
  type AccountSettings,
  optionalPlace,
  readAccountsFile,
  type TextFiles,
} from './accounts-file.ts';
import type { Fault } from './identity.ts';

export const keyShould = 'a PingPlotter Cloud API key: printable, on one line';

const ofOneAccount = [
  'PINGPLOTTER_SUBDOMAIN',
  'PINGPLOTTER_BASE_URL',
  'PINGPLOTTER_API_KEY',
] as const;

/** What must be set for one account, or must not beside a file of several. */
export const accountFaults = (settings: Readonly<Record<string, string>>): readonly Fault[] => {
  if ('ACCOUNTS_FILE' in settings)
    return ofOneAccount
      .filter((variable) => variable in settings)
      .map((variable) => ({ variable, should: 'empty, for ACCOUNTS_FILE names the accounts' }));
  const { PINGPLOTTER_SUBDOMAIN: subdomain, PINGPLOTTER_BASE_URL: address } = settings;
  return [
    ...(subdomain === undefined && address === undefined
      ? [
          {
            variable: 'PINGPLOTTER_SUBDOMAIN',
            should:
              'the name before .api.pingplotter.cloud, or PINGPLOTTER_BASE_URL the whole address',
          },
        ]
      : []),
    ...('PINGPLOTTER_API_KEY' in settings
      ? []
      : [{ variable: 'PINGPLOTTER_API_KEY', should: keyShould }]),
  ];
};

interface OneAccount {
  readonly PINGPLOTTER_SUBDOMAIN?: string | undefined;
  readonly PINGPLOTTER_BASE_URL?: string | undefined;
  readonly PINGPLOTTER_API_KEY?: string | undefined;
}

interface Accounts {
  readonly accounts: readonly AccountSettings[];
  readonly faults: readonly Fault[];
}

/** The accounts of the file, or what is wrong with it. */
export const accountsIn = (
  settings: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
  files: TextFiles,
): Accounts => {
  const path = settings['ACCOUNTS_FILE'];
  if (path === undefined) return { accounts: [], faults: [] };
  const read = readAccountsFile(path, files, env);
  if ('accounts' in read) return { accounts: read.accounts, faults: [] };
  const faults = read.faults.map((fault) => ({
    variable: 'ACCOUNTS_FILE',
    ...optionalPlace(fault),
    should: fault.should,
  }));
  return { accounts: [], faults };
};

/** The account that the environment alone describes. */
export const oneAccount = (env: OneAccount): AccountSettings => ({
  name: defaultAccount,
  baseUrl: env.PINGPLOTTER_BASE_URL ?? `https://${env.PINGPLOTTER_SUBDOMAIN}.api.pingplotter.cloud`,
  apiKey: env.PINGPLOTTER_API_KEY ?? '',
  tenants: 'any',
  conversations: [],
});
