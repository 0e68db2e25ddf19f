import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountsRead, readAccountsFile } from '../../src/config/accounts-file.ts';
import { type AccountsWatch, createAccountsWatch } from '../../src/config/accounts-watch.ts';
import { ConfigError, loadConfig } from '../../src/config/environment.ts';
import { textFiles } from '../../src/config/files.ts';
import type { Logger } from '../../src/platform/log.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from '../store/a-folder.ts';

const good = `accounts:
  - name: acme
    subdomain: acme
    apiKeyEnv: ACME_KEY
    tenants: [tenant-a, shared]
  - name: Globex (EU)
    baseUrl: http://127.0.0.1:4011/globex/
    apiKeyFile: globex.key
    tenants:
      - shared
    conversations: ['19:ops@thread.tacv2;messageid=1']
`;

const environ = { ACME_KEY: ' key-of-acme ', EMPTY: '', MANY_LINES: 'a\nb' };

/** A file of accounts beside a file with a key. */
const aFile = (text: string, mode = 0o640): string => {
  const folder = aFolder();
  const path = join(folder, 'accounts.yaml');
  const key = join(folder, 'globex.key');
  writeFileSync(path, text);
  writeFileSync(key, 'key-of-globex\n');
  chmodSync(key, mode);
  return path;
};

const read = (text: string): AccountsRead => readAccountsFile(aFile(text), textFiles, environ);

/** Like `3:5 a name …`. */
const faultsIn = (found: AccountsRead): readonly string[] =>
  'faults' in found
    ? found.faults.map(({ line, column, should }) => `${line ?? '-'}:${column ?? '-'} ${should}`)
    : [];

it('names each account with its address, key, tenants and conversations', () => {
  expect(read(good)).toEqual({
    accounts: [
      {
        name: 'acme',
        baseUrl: 'https://acme.api.pingplotter.cloud',
        apiKey: 'key-of-acme',
        tenants: ['tenant-a', 'shared'],
        conversations: [],
      },
      {
        name: 'Globex (EU)',
        baseUrl: 'http://127.0.0.1:4011/globex',
        apiKey: 'key-of-globex',
        tenants: ['shared'],
        conversations: ['19:ops@thread.tacv2'],
      },
    ],
  });
});

describe('a fault has its place', () => {
  const changed = (from: string, to: string): string => {
    expect(good).toContain(from);
    return good.replace(from, to);
  };
  it.each<readonly [string, string, string]>([
    ['two accounts of one name', changed('Globex (EU)', 'ACME'), '6:5 a name that no other'],
    [
      'an unknown key',
      changed('subdomain: acme', 'subdomain: acme\n    apikey: x'),
      '4:5 left out',
    ],
    ['an unknown key of the file', `acounts: []\n${good}`, '1:1 left out'],
    ['a tenant listed twice', changed('[tenant-a, shared]', '[shared, SHARED]'), '5:23 a tenant'],
    [
      'a conversation of two accounts',
      changed('[tenant-a, shared]', "[shared]\n    conversations: ['19:ops@thread.tacv2']"),
      '12:21 a conversation that is listed once',
    ],
    [
      'both subdomain and baseUrl',
      changed('subdomain: acme', 'subdomain: acme\n    baseUrl: https://acme.example'),
      '4:5 left out where there is a subdomain',
    ],
    ['no address', changed('    subdomain: acme\n', ''), '2:5 an account with a subdomain or'],
    ['no key', changed('    apiKeyEnv: ACME_KEY\n', ''), '2:5 an account with an apiKeyEnv or'],
    [
      'both kinds of key',
      changed('ACME_KEY', 'ACME_KEY\n    apiKeyFile: globex.key'),
      '5:5 left out where there is an apiKeyEnv',
    ],
    ['a variable that is not set', changed('ACME_KEY', 'NOWHERE'), '4:5 the name of a variable'],
    ['an empty variable', changed('ACME_KEY', 'EMPTY'), '4:5 the name of a variable'],
    ['a key of two lines', changed('ACME_KEY', 'MANY_LINES'), '4:5 the name of a variable'],
    ['a file of a key that is not there', changed('globex.key', 'none'), '8:5 the path of a'],
    ['plain http', changed('http://127.0.0.1', 'http://pp.example'), '7:5 an address like'],
    ['a tenant that is a number', changed('tenant-a', '12'), '5:15 an Entra tenant id, in quotes'],
    ['no tenants', changed('[tenant-a, shared]', '[]'), '5:5 a list of at least one'],
    ['no name', changed('name: acme', 'name: ""'), '2:5 a name of at most'],
    ['a name with a slash', changed('name: acme', 'name: a/b'), '2:5 a name of at most'],
    ['no accounts', 'accounts: []', '1:1 at least one account'],
    ['an account that is none', 'accounts: [3]', '1:12 an account: name'],
    ['a list', '- acme', '1:1 a mapping with the one key'],
    ['nothing at all', '', '1:1 a mapping with the one key'],
    ['a key twice', changed('subdomain: acme', 'subdomain: acme\n    subdomain: b'), '4:5 a key'],
    ['a tab', 'accounts:\n\t- name: acme', '2:1 '],
    ['text that is no YAML', 'accounts: [', '1:12 '],
  ])('%s', (_what, text, begin) => {
    const faults = faultsIn(read(text));
    expect(
      faults.some((fault) => fault.startsWith(begin)),
      faults.join('\n'),
    ).toBe(true);
  });

  it('a file of a key that anybody may read', () => {
    const path = aFile(good, 0o644);
    expect(faultsIn(readAccountsFile(path, textFiles, environ))).toEqual([
      '8:5 a file that not everybody on the machine may read, like mode 0640',
    ]);
  });

  it('no file at all', () => {
    expect(readAccountsFile('/nowhere', textFiles, environ)).toEqual({
      faults: [{ should: 'the path of a readable YAML file' }],
    });
  });

  it('and all of them come at once', () => {
    const text = good
      .replace('Globex (EU)', 'acme')
      .replace('ACME_KEY', 'NOWHERE')
      .replace('subdomain: acme', 'subdomain: acme\n    color: red')
      .replace('globex.key', 'none');
    expect(faultsIn(read(text)).map((fault) => fault.split(' ')[0])).toEqual([
      '4:5',
      '7:5',
      '5:5',
      '9:5',
    ]);
  });

  it('whatever the file holds, and never with what it holds', () => {
    const secret = 'sup3rsecret';
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.constant(secret), fc.constant(null));
    const account = fc.dictionary(
      fc.constantFrom('name', 'subdomain', 'baseUrl', 'apiKeyEnv', 'apiKeyFile', 'tenants', 'x'),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    );
    const file = fc.oneof(
      fc.string(),
      fc.array(account, { maxLength: 3 }).map((accounts) => JSON.stringify({ accounts })),
    );
    fc.assert(
      fc.property(file, (text) => {
        const found = readAccountsFile('f', { read: () => ({ text, anybodyMayRead: false }) }, {});
        expect(faultsIn(found)).not.toEqual([]);
        expect(JSON.stringify(found)).not.toContain(secret);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the start', () => {
  const demo = { BOT_AUTH: 'disabled', HOST: '127.0.0.1', ...environ };
  const message = (env: Readonly<Record<string, string>>): string => {
    try {
      loadConfig({ ...demo, ...env }, undefined, textFiles);
      return '';
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
  };

  it('takes the accounts of the file, and no others beside it', () => {
    const path = aFile(good);
    const config = loadConfig({ ...demo, ACCOUNTS_FILE: path }, undefined, textFiles);
    expect(config.accounts.map(({ name }) => name)).toEqual(['acme', 'Globex (EU)']);
    const both = {
      ACCOUNTS_FILE: path,
      PINGPLOTTER_SUBDOMAIN: 'a',
      PINGPLOTTER_BASE_URL: 'https://a.example',
      PINGPLOTTER_API_KEY: 'k',
    };
    expect(message(both).split('\n').slice(1)).toEqual([
      '  PINGPLOTTER_SUBDOMAIN: should be empty, for ACCOUNTS_FILE names the accounts',
      '  PINGPLOTTER_BASE_URL: should be empty, for ACCOUNTS_FILE names the accounts',
      '  PINGPLOTTER_API_KEY: should be empty, for ACCOUNTS_FILE names the accounts',
    ]);
  });

  it('names the place of what is wrong, beside what is wrong elsewhere', () => {
    const path = aFile(good.replace('Globex (EU)', 'acme'));
    expect(message({ ACCOUNTS_FILE: path, PORT: 'x' }).split('\n').slice(1)).toEqual([
      '  PORT: should be a whole number from 0 to 65535',
      '  ACCOUNTS_FILE, line 6, column 5: should be a name that no other account has',
    ]);
  });
});

describe('the file while the bot runs', () => {
  const watch = (log: Logger = silentLog) => {
    const applied: string[] = [];
    const state = { text: good };
    const now = (): AccountsRead =>
      readAccountsFile(
        'f',
        {
          read: (path) => ({
            text: path === 'f' ? state.text : 'key-of-globex',
            anybodyMayRead: false,
          }),
        },
        environ,
      );
    const first = now();
    const made: AccountsWatch = createAccountsWatch({
      current: 'accounts' in first ? first.accounts : [],
      read: now,
      apply: (accounts) => applied.push(accounts.map(({ name }) => name).join()),
      log,
    });
    return { applied, state, watch: made };
  };

  it('is taken over when it changes, once', () => {
    const { applied, state, watch: made } = watch();
    made.check();
    expect(applied).toEqual([]);
    state.text = good.replace('acme', 'initech');
    made.check();
    made.check();
    expect(applied).toEqual(['initech,Globex (EU)']);
  });

  it('counts for nothing while it is at fault, which is said once and without what it holds', () => {
    const lines: string[] = [];
    const log: Logger = {
      ...silentLog,
      error: (event, fields) => lines.push(`${event} ${JSON.stringify(fields)}`),
      info: (event) => lines.push(event),
    };
    const { applied, state, watch: made } = watch(log);
    state.text = good.replace('ACME_KEY', 'NOWHERE');
    made.check();
    made.check();
    expect(made.faults()).toHaveLength(1);
    expect(applied).toEqual([]);
    expect(lines).toEqual([
      'accounts.refused {"faults":["line 4, column 5: should be the name of a variable that holds a PingPlotter Cloud API key"]}',
    ]);
    state.text = good;
    made.check();
    expect(made.faults()).toEqual([]);
    expect(applied).toEqual([]);
    expect(lines.at(-1)).toBe('accounts.read');
  });
});
