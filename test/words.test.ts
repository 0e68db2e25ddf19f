import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Words of an older dialect, in identifiers and file names; the glossary of src/README.md has those to use. */
const retired =
  /^(?:told|tell(?:ing|ings)?|sighting|ruling|touch(?:es)?|occurrence|placing|owed|bell|soleSender|lane|deed|did|rehearsal|rehearse|expectation|blindness)s?$/u;

/** Stored or posted so: the spelling of a table, a column, a field of stored JSON or a variable of the environment. */
const stored = new Set(['told', 'lanes', 'blindness']);

/** Names that say nothing of what is in the file. */
const empty = /(?:^|\/)(?:utils?|helpers?|common|types|managers?|misc)(?:\.ts|\/|$)/u;

const src = join(import.meta.dirname, '..', 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.replaceAll('\\', '/'));

/** What is not code to be named: strings, templates, regular expressions and comments. */
const notNames =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[(,=:[!&|?{};]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//gu;

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/u);

const retiredIn = (name: string): readonly string[] =>
  stored.has(name) ? [] : wordsOf(name).filter((word) => retired.test(word));

it.each(files)('%s uses the words of the glossary', (path) => {
  const code = readFileSync(join(src, path), 'utf8').replace(notNames, ' ');
  const names = new Set(code.match(/[A-Za-z_$][\w$]*/gu));
  expect([...names].filter((name) => retiredIn(name).length > 0)).toEqual([]);
  expect(retiredIn(path.replace(/\.ts$/u, ''))).toEqual([]);
  expect(empty.test(path)).toBe(false);
});

it.each(['tellDone', 'ToldCard', 'toldBy', 'sightings', 'Rulings', 'createBell', 'lanesAtOnce'])(
  'finds the retired word in %s',
  (name) => {
    expect(retiredIn(name)).not.toEqual([]);
  },
);
