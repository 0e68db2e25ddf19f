import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandCalled } from '../src/chat/define-command.ts';
import { type Endpoint, endpoints } from '../src/pingplotter/endpoints.ts';
import { actions, commands as allCommands } from '../src/registry.ts';

const page = new URL('../docs/api-coverage.md', import.meta.url);

const quoted = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/gu)].map(([, text = '']) => text);

/** The rows of the first table, cell by cell. */
const rows = readFileSync(page, 'utf8')
  .split('\n')
  .filter((line) => /^\| `(?:GET|POST|PUT|DELETE) /u.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(
    ([, endpoint = '', , commands = '', verbs = '', method = '', permission = '', test = '']) => ({
      endpoint: quoted(endpoint).join(),
      /** A link that is pasted into a chat is no command, and takes no button. */
      isPasted: commands === 'a pasted link' && verbs === '–',
      commands: quoted(commands),
      verbs: quoted(verbs),
      method: quoted(method).join(),
      permission,
      test: /^\[(?<title>[^\]]+)\]\((?<file>[^)]+)\)$/u.exec(test)?.groups ?? {},
    }),
  );

/** In the client, a method of the port is called as its endpoint. */
const known: readonly (readonly [method: string, endpoint: Endpoint])[] = Object.entries(endpoints);

it('has a row for each endpoint that is called, and no other', () => {
  expect(rows.map(({ endpoint }) => endpoint).toSorted()).toEqual(
    known.map(([, { name }]) => name).toSorted(),
  );
});

describe.each(rows)('$endpoint', (row) => {
  const { endpoint, commands, verbs, method, permission, test } = row;
  it('names the method of the port and the permission that the client knows', () => {
    const [name, { permission: needed = '–' } = {}] =
      known.find(([, one]) => one.name === endpoint) ?? [];
    expect({ method, permission }).toEqual({ method: name, permission: needed });
  });

  it('names commands and verbs that exist', () => {
    expect(commands.length > 0).toBe(!row.isPasted);
    expect(commands.filter((name) => commandCalled(allCommands, name) === undefined)).toEqual([]);
    expect(verbs.length > 0).toBe(!row.isPasted);
    expect(verbs.filter((verb) => !Object.hasOwn(actions, verb))).toEqual([]);
  });

  it('names a test that exists', () => {
    const source = readFileSync(new URL(test['file'] ?? '', page), 'utf8');
    const titles = [...source.matchAll(/\bit\('([^']+)'/gu)].map(([, title]) => title);
    expect(titles).toContain(test['title']);
  });
});
