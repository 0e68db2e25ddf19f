import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createMetrics } from '../src/platform/metrics.ts';

const file = (path: string): URL => new URL(`../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(file(path), 'utf8');
const page = read('docs/operations.md');

/** What stands first in the rows of the tables below a heading. */
const firstColumn = (heading: string): readonly string[] => {
  const [, after = ''] = page.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^\| `([^`]+)` \|/gmu)].map(([, first = '']) => first);
};

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].toSorted();

it('tells of every metric of the bot and of no other', async () => {
  const { body } = await createMetrics().text();
  expect(firstColumn('Metrics')).not.toEqual([]);
  expect(sorted(firstColumn('Metrics'))).toEqual(sorted(matches(body, /^# TYPE (\w+) /gmu)));
});

it('tells of every log line and of no other', () => {
  const sources = readdirSync(file('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('cli'))
    .map((path) => read(`src/${path}`));
  const logged = sources.flatMap((text) => [
    ...matches(text, /\blog(?:\.\w+|\[[^\]]*\])\(\s*'([^']+)'/gu),
    // Delivery says each once, until it works again.
    ...matches(text, /\bfailed\('([^']+)', error\)/gu),
  ]);
  expect(firstColumn('Log lines')).toHaveLength(sorted(logged).length);
  expect(sorted(firstColumn('Log lines'))).toEqual(sorted(logged));
});

it('has event names in its log lines, not prose', () => {
  expect(firstColumn('Log lines').filter((name) => !/^[a-z-]+\.[a-z-]+$/u.test(name))).toEqual([]);
});

it('tells of every check of /readyz', async () => {
  const readiness = read('src/platform/metrics.ts');
  const checks = matches(readiness, /readonly (\w+): boolean/gu).filter((name) => name !== 'ready');
  expect(firstColumn('When /readyz says 503')).toEqual(checks);
});

it('tells of every reason of /readyz', () => {
  const troubles = read('src/features/health/domain/troubles.ts');
  const [, union = ''] = troubles.split('export type Trouble =');
  const [names = ''] = union.split(';');
  const told = page.split('\n## Reasons in /readyz\n')[1]?.split('\n## ')[0] ?? '';
  for (const name of matches(names, /'([a-z-]+)'/gu)) expect(told).toContain(`\`${name}\``);
});

it.each([
  ['no log line without words of its own', /\blog(?:\.\w+|\[[^\]]*\])\(\s*(?:`|\w+ \+)/u],
  ['no log field that hides the message', /\blog\.\w+\([^)]*\bmessage\b[^)]*\)/u],
])('there is %s', (_what, pattern) => {
  const offenders = readdirSync(file('src'), { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      path.endsWith('.ts') && !['platform/log.ts', 'platform/correlation.ts'].includes(path),
  );
  expect(offenders.filter((path) => pattern.test(read(`src/${path}`)))).toEqual([]);
});
