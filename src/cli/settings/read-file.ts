import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Actor } from '../../platform/conversation.ts';
import type { Entry } from './entries.ts';
import { SettingsFile } from './file.ts';

/** Where the file is wrong, and how; both count from 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

/** A longer file is none of ours. */
const longest = 20_000_000;
/** A person who corrects that many at once reads no more. */
const mostFaults = 20;

/** What is wanted, by account, or all that is wrong with the file. */
export const readSettings = (
  text: string,
  accounts: readonly string[],
):
  | { readonly entries: ReadonlyMap<string, readonly Entry[]> }
  | { readonly faults: readonly Fault[] } => {
  if (text.length > longest)
    return { faults: [{ line: 1, column: 1, what: 'the file is too long' }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number, what: string): Fault => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, what };
  };
  if (document.errors.length > 0)
    return {
      faults: document.errors
        .slice(0, mostFaults)
        .map(({ pos, message }) =>
          at(pos[0], message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/u, '') ?? ''),
        ),
    };
  const offsetOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  };
  const { data, error } = SettingsFile.safeParse(toJs(document));
  if (error !== undefined)
    return {
      faults: error.issues.slice(0, mostFaults).flatMap((issue) => {
        const where = issue.path.join('.') || 'the file';
        if (issue.code === 'unrecognized_keys')
          return issue.keys.map((name) =>
            at(offsetOf([...issue.path, name]), `${where} has no “${name}”`),
          );
        return [at(offsetOf(issue.path), `${where}: ${issue.message}`)];
      }),
    };
  const unknown = Object.keys(data.accounts).filter((name) => !accounts.includes(name));
  if (unknown.length > 0)
    return {
      faults: unknown.map((name) =>
        at(
          offsetOf(['accounts', name]),
          `there is no account “${name}”: there is ${accounts.join(', ')}`,
        ),
      ),
    };
  return {
    entries: new Map(
      Object.entries(data.accounts).map(([account, part]) => [account, entriesOf(account, part)]),
    ),
  };
};

const toJs = (document: ReturnType<typeof parseDocument>): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
};

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
