import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentVariables } from '../src/config/environment.ts';
import { commands } from '../src/registry.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const pages = readdirSync(new URL('../docs', import.meta.url))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const documents = [
  'README.md',
  'CHANGELOG.md',
  'src/README.md',
  'infra/README.md',
  'test/bench/README.md',
  ...pages,
];

/** As GitHub makes them. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

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

  it('points at headings that exist', () => {
    const folder = new URL(`../${path}`, import.meta.url);
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/gu)];
    const dead = links.filter(([, file = '', anchor = '']) => {
      const target = file === '' ? folder : new URL(file, folder);
      return !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

const pictures = readdirSync(new URL('../docs/images', import.meta.url)).toSorted();

it('every picture is shown, with words for who cannot see it, and no picture twice on a page', () => {
  const shown = ['README.md', ...pages].map((path) =>
    [...read(path).matchAll(/!\[([^\]]*)\]\((?:docs\/)?images\/([^)]+)\)/gu)].map(
      ([, words = '', file = '']) => ({ words, file }),
    ),
  );
  expect([...new Set(shown.flat().map(({ file }) => file))].toSorted()).toEqual(pictures);
  expect(shown.flat().filter(({ words }) => words.trim().length < 8)).toEqual([]);
  for (const page of shown) expect(new Set(page.map(({ file }) => file)).size).toBe(page.length);
});

it('every picture is taken by npm run screenshots', () => {
  const program = read('test/e2e/screenshots.ts');
  const taken = (name: string): boolean =>
    program.includes(`'${name}'`) || program.includes(`${name}-playground.png`);
  const names = pictures.map((file) => file.replace(/-(?:playground|dark-narrow)\.png$/u, ''));
  expect(names.filter((name) => !taken(name))).toEqual([]);
});

/** What runs what the pages say to run. */
const runBy: Readonly<Record<string, string>> = {
  'npm ci && npm run demo': '.ci/run',
  'npm ci && npm test': '.ci/run',
  'npm ci': '.ci/run',
  'npm run build': '.ci/run',
  'npm start': 'test/processes/stop.process.test.ts',
  'npm run doctor': 'test/processes/doctor.process.test.ts',
  'npm run backup': 'test/processes/backup.process.test.ts',
  'npm run restore': 'test/processes/backup.process.test.ts',
  'npm run settings': 'test/processes/settings.process.test.ts',
  'npm run audit': 'test/cli/audit.process.test.ts',
  'npm run package': 'test/cli/package-app.process.test.ts',
};

/** Only these, beside what a test runs: they take a copy of a file that is here. */
const copiedFrom = (command: string): string | undefined => /^cp (\S+) \S+$/u.exec(command)?.[1];

describe.each(['README.md', ...pages])('the commands of %s', (path) => {
  const text = read(path);
  const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gmu)].map((block) => ({
    // The step or section that the block belongs to.
    step:
      text
        .slice(0, block.index)
        .split(/\n(?=#|\d+\. )/u)
        .at(-1) ?? '',
    commands: (block[1] ?? '')
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  }));

  it('are run by a test, or marked as needing a cloud', () => {
    const here = blocks
      .filter(({ step }) => !step.includes('☁'))
      .flatMap((block) => block.commands);
    const untested = here.filter((command) => {
      const program = command.replace(' --silent', '').replace(/ -- .*$/u, '');
      const file = runBy[program] ?? copiedFrom(command);
      return file === undefined || !existsSync(new URL(`../${file}`, import.meta.url));
    });
    expect(untested).toEqual([]);
  });
});

it('README begins with how to try it and how to test it', () => {
  expect(read('README.md')).toMatch(/npm ci && npm run demo[\s\S]*npm ci && npm test/u);
});

it.each(['README.md', 'docs/user.md'])('%s shows every command', (path) => {
  const shown = new Set([...read(path).matchAll(/(?:`|^)([a-z]+)/gmu)].map(([, first]) => first));
  expect(commands.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
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
