import { readYaml, type YamlFault } from '../../config/yaml-file.ts';
import type { Actor } from '../../platform/conversation.ts';
import type { Entry } from './entries.ts';
import { SettingsFile } from './file.ts';

/** In characters; a longer file is none of ours. */
const longest = 20_000_000;
/** A person who corrects that many at once reads no more. */
const mostFaults = 20;

/** What is wanted, by account, or what is wrong with the file. */
export const readSettings = (
  text: string,
  accounts: readonly string[],
):
  | { readonly entries: ReadonlyMap<string, readonly Entry[]> }
  | { readonly faults: readonly YamlFault[] } => {
  const yaml = readYaml(text, longest);
  if ('faults' in yaml) return { faults: yaml.faults.slice(0, mostFaults) };
  const at = (path: readonly PropertyKey[], should: string): YamlFault => ({
    ...yaml.placeOf(path.filter((step) => typeof step !== 'symbol')),
    should,
  });
  const { data, error } = SettingsFile.safeParse(yaml.value);
  if (error !== undefined)
    return {
      faults: error.issues.slice(0, mostFaults).flatMap((issue) => {
        if (issue.code === 'unrecognized_keys')
          return issue.keys.map((key) => at([...issue.path, key], 'left out: nothing reads it'));
        return [at(issue.path, shouldOf(issue))];
      }),
    };
  const unknown = Object.keys(data.accounts).filter((name) => !accounts.includes(name));
  if (unknown.length > 0)
    return {
      faults: unknown
        .slice(0, mostFaults)
        .map((name) => at(['accounts', name], `an account that the bot has: ${list(accounts)}`)),
    };
  return {
    entries: new Map(
      Object.entries(data.accounts).map(([account, part]) => [account, entriesOf(account, part)]),
    ),
  };
};

/** What zod says, as it follows “should be”. */
const shouldOf = ({ message }: { readonly message: string }): string => `right: ${message}`;

const list = (accounts: readonly string[]): string =>
  accounts.map((name) => `“${name}”`).join(', ');

const nobody: Actor = { id: '', name: 'settings file' };

const entriesOf = (
  account: string,
  { roles = [], hours = [], conversations = {} }: SettingsFile['accounts'][string],
): readonly Entry[] => [
  ...roles.map(({ by = nobody, ...role }): Entry => ({ kind: 'role', account, ...role, by })),
  ...hours.map(({ by = nobody, ...set }): Entry => ({ kind: 'hours', account, ...set, by })),
  ...Object.entries(conversations).flatMap(([conversationKey, part]): readonly Entry[] => {
    const { watches = [], schedules = [], maintenance = [], digest } = part;
    const here = { account, conversationKey };
    return [
      ...watches.map(({ rule, by = nobody }): Entry => ({ kind: 'watch', ...here, rule, by })),
      ...schedules.map(
        ({ agent, name, where = '', times, by = nobody }): Entry => ({
          kind: 'schedule',
          ...here,
          subject: agent === undefined ? { filter: where } : { agent, name: name ?? agent },
          times,
          by,
        }),
      ),
      ...maintenance.map(
        ({ filter, from, until, by = nobody }): Entry => ({
          kind: 'maintenance',
          ...here,
          filter,
          from: Date.parse(from),
          until: Date.parse(until),
          by,
        }),
      ),
      ...(digest === undefined
        ? []
        : [
            {
              kind: 'digest' as const,
              ...here,
              schedule: digest.schedule,
              by: digest.by ?? nobody,
            },
          ]),
    ];
  }),
];
