import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../src/bot/commands.ts';
import { environmentVariables } from '../src/config.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const documents = [
  'README.md',
  'src/README.md',
  'docs/security.md',
  'infra/README.md',
  'docs/operations.md',
  'test/bench/README.md',
].filter((path) => existsSync(new URL(`../${path}`, import.meta.url)));

describe.each(documents)('%s', (path) => {
  it('names npm scripts that exist', () => {
    const named = [
      ...read(path).matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test|start))/gu),
    ].map(([, run, short]) => run ?? short ?? '');
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('points at files that exist', () => {
    const folder = new URL(`../${path}`, import.meta.url);
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(
      ([, link = '']) => link,
    );
    expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
  });
});

it('README begins with how to try it and how to test it', () => {
  expect(read('README.md')).toMatch(/npm ci && npm run demo[\s\S]*npm ci && npm test/u);
});

it('README explains every command', () => {
  const text = read('README.md');
  expect(commands.map(({ name }) => name).filter((name) => !text.includes(`\`${name}`))).toEqual(
    [],
  );
});

it('.env.example holds every variable and no other', () => {
  const named = [...read('.env.example').matchAll(/^(?:# )?([A-Za-z][A-Za-z_]*)=/gmu)].map(
    ([, name]) => name,
  );
  expect(named.toSorted()).toEqual(environmentVariables.toSorted());
});

it('the environment that .env.example describes is explained line by line', () => {
  const lines = read('.env.example').split('\n');
  const unexplained = lines.filter(
    (line, index) =>
      /^(?:# )?PINGPLOTTER_|^(?:# )?BOT_|^(?:# )?DEFAULT_ROLE/u.test(line) &&
      !lines[index - 1]?.startsWith('#'),
  );
  expect(unexplained).toEqual([]);
});
