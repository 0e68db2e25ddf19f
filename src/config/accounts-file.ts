import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { fold } from '../shared/fold.ts';
import { optional } from '../shared/optional.ts';
import { apiUrl, dnsLabel, headerValue } from './fields.ts';
import { readYaml, type YamlFault } from './yaml-file.ts';

/** One PingPlotter account, with what it is read with. */
export interface AccountSettings {
  readonly name: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Entra tenants whose conversations may see it. */
  readonly tenants: readonly string[] | 'any';
  /** Conversations that are bound to it. */
  readonly conversations: readonly string[];
}

/** A file's text; nothing when it cannot be read. */
export interface TextFiles {
  read(path: string): { readonly text: string; readonly anybodyMayRead: boolean } | undefined;
}

export type AccountsRead =
  | { readonly accounts: readonly AccountSettings[] }
  | { readonly faults: readonly YamlFault[] };

const longestName = 60;
/** It stands in addresses, labels of metrics and what people type. */
const accountName = /^[\p{L}\p{N}][\p{L}\p{N} ._&'()+-]*$/u;
const nameShould = `a name of at most ${longestName} letters, digits, spaces and . _ & ' ( ) + -, beginning with a letter or digit`;

const text = (should: string) => z.string({ error: should }).trim();
const id = (should: string) => text(should).regex(/^[\x21-\x7e]{1,300}$/, should);

const tenantShould = 'an Entra tenant id, in quotes where it is a number';
const conversationShould = 'the id of a conversation, as “whoami” shows it';

const Entry = z.strictObject(
  {
    name: text(nameShould).max(longestName, nameShould).regex(accountName, nameShould),
    subdomain: dnsLabel('a name like acme, of acme.api.pingplotter.cloud').optional(),
    baseUrl: apiUrl.optional(),
    apiKeyEnv: text('the name of an environment variable')
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable')
      .optional(),
    apiKeyFile: text('the path of a file').min(1, 'the path of a file').optional(),
    tenants: z
      .array(id(tenantShould), { error: 'a list of Entra tenant ids' })
      .min(1, 'a list of at least one Entra tenant id'),
    conversations: z
      .array(id(conversationShould), { error: 'a list of ids of conversations' })
      .default([]),
  },
  { error: 'an account: name, subdomain or baseUrl, apiKeyEnv or apiKeyFile, and tenants' },
);
type Entry = z.infer<typeof Entry>;
/** Whatever else it holds. */
const Readable = z.object(Entry.shape);

const File = z.strictObject(
  { accounts: z.array(Entry, { error: 'a list of accounts' }).min(1, 'at least one account') },
  { error: 'a mapping with the one key “accounts”, a list of accounts' },
);

type Path = readonly (string | number)[];
type Found = (path: Path, should: string) => void;

/** All that is wrong with it at once, each with its place, and never with what the file holds. */
export const readAccountsFile = (
  path: string,
  files: TextFiles,
  environ: Readonly<Record<string, string | undefined>>,
): AccountsRead => {
  const file = files.read(path);
  if (file === undefined) return { faults: [{ should: 'the path of a readable YAML file' }] };
  const yaml = readYaml(file.text);
  if ('faults' in yaml) return yaml;
  const faults: YamlFault[] = [];
  const found: Found = (at, should) => faults.push({ ...yaml.placeOf(at), should });
  const parsed = File.safeParse(yaml.value);
  for (const { code, path: at, message, ...issue } of parsed.error?.issues ?? []) {
    const unknown = code === 'unrecognized_keys' && 'keys' in issue ? issue.keys : undefined;
    const place = at.filter((step) => typeof step !== 'symbol');
    if (unknown === undefined) found(place, message);
    else for (const key of unknown) found([...place, key], 'left out: no account has such a key');
  }
  // What holds among accounts is checked among those that can be read, so that all faults come at once.
  const entries = listOf(yaml.value).flatMap((entry, index) => {
    const { data } = Readable.safeParse(entry);
    return data === undefined ? [] : [{ entry: data, index }];
  });
  checkTogether(entries, found);
  const accounts = entries.flatMap(({ entry, index }) => {
    const apiKey = keyOf(entry, ['accounts', index], { path, files, environ }, found);
    const baseUrl = addressOf(entry, ['accounts', index], found);
    return apiKey === undefined || baseUrl === undefined ? [] : [accountOf(entry, baseUrl, apiKey)];
  });
  return faults.length > 0 ? { faults } : { accounts };
};

const listOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' &&
  value !== null &&
  'accounts' in value &&
  Array.isArray(value.accounts)
    ? value.accounts
    : [];

const accountOf = (
  { name, tenants, conversations }: Entry,
  baseUrl: string,
  apiKey: string,
): AccountSettings => ({
  name,
  baseUrl,
  apiKey,
  tenants,
  conversations: conversations.map(withoutThread),
});

const withoutThread = (conversation: string): string =>
  conversation.split(';messageid=')[0] ?? conversation;

const checkTogether = (
  entries: readonly { readonly entry: Entry; readonly index: number }[],
  found: Found,
): void => {
  const names = new Set<string>();
  const bound = new Set<string>();
  for (const { entry, index } of entries) {
    const at: Path = ['accounts', index];
    if (names.has(fold(entry.name))) found([...at, 'name'], 'a name that no other account has');
    names.add(fold(entry.name));
    const tenants = new Set<string>();
    for (const [place, tenant] of entry.tenants.entries()) {
      if (tenants.has(tenant.toLowerCase()))
        found([...at, 'tenants', place], 'a tenant that is not listed before');
      tenants.add(tenant.toLowerCase());
    }
    for (const [place, conversation] of entry.conversations.entries()) {
      const key = withoutThread(conversation);
      if (bound.has(key))
        found([...at, 'conversations', place], 'a conversation that is listed once in the file');
      bound.add(key);
    }
  }
};

const addressOf = ({ subdomain, baseUrl }: Entry, at: Path, found: Found): string | undefined => {
  if (subdomain !== undefined && baseUrl !== undefined) {
    found([...at, 'baseUrl'], 'left out where there is a subdomain: one of them');
    return undefined;
  }
  if (subdomain === undefined && baseUrl === undefined) {
    found(at, 'an account with a subdomain or a baseUrl');
    return undefined;
  }
  return baseUrl ?? `https://${subdomain}.api.pingplotter.cloud`;
};

interface KeySources {
  readonly path: string;
  readonly files: TextFiles;
  readonly environ: Readonly<Record<string, string | undefined>>;
}

const keyText = headerValue('a key');

const keyOf = (
  { apiKeyEnv, apiKeyFile }: Entry,
  at: Path,
  { path, files, environ }: KeySources,
  found: Found,
): string | undefined => {
  const wrong = (key: string, should: string): undefined => {
    found([...at, key], should);
    return undefined;
  };
  if (apiKeyEnv !== undefined && apiKeyFile !== undefined)
    return wrong('apiKeyFile', 'left out where there is an apiKeyEnv: one of them');
  if (apiKeyEnv !== undefined) {
    const key = keyText.safeParse(environ[apiKeyEnv]?.trim() || undefined).data;
    return (
      key ?? wrong('apiKeyEnv', 'the name of a variable that holds a PingPlotter Cloud API key')
    );
  }
  if (apiKeyFile === undefined) {
    found(at, 'an account with an apiKeyEnv or an apiKeyFile');
    return undefined;
  }
  // Relative to the file that names it.
  const file = files.read(resolve(dirname(path), apiKeyFile));
  if (file?.anybodyMayRead === true)
    return wrong('apiKeyFile', 'a file that not everybody on the machine may read, like mode 0640');
  const key = keyText.safeParse(file?.text.trim() || undefined).data;
  return key ?? wrong('apiKeyFile', 'the path of a readable file with a PingPlotter Cloud API key');
};

/** As one line for each fault. */
export const faultText = ({ line, column, should }: YamlFault): string =>
  line === undefined
    ? `should be ${should}`
    : `line ${line}, column ${column}: should be ${should}`;

export const optionalPlace = ({ line, column }: YamlFault): { readonly place?: string } =>
  optional('place', line === undefined ? undefined : `line ${line}, column ${column}`);
