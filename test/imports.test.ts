import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Rule {
  /** Folders, and files, of src; its own folder is always allowed. */
  readonly parts: readonly string[] | 'any';
  readonly packages: readonly string[] | 'any';
  readonly builtins: boolean;
}

const pure = (parts: readonly string[], packages: readonly string[] = []): Rule => ({
  parts,
  packages,
  builtins: false,
});

const edge = (parts: readonly string[], packages: readonly string[]): Rule => ({
  parts,
  packages,
  builtins: true,
});

/** What each part of src may import: a folder, or a file that stands beside the folders. */
const rules: Readonly<Record<string, Rule>> = {
  core: pure([], ['zod', 'luxon', 'fastest-levenshtein']),
  'use-cases': pure(['core'], ['lru-cache']),
  cards: pure(['core'], ['adaptivecards-templating']),
  bot: pure(['core', 'use-cases', 'cards'], ['lru-cache']),
  monitor: pure(['core', 'cards', 'use-cases']),
  delivery: pure(['core', 'cards', 'use-cases']),
  'config-fields.ts': pure([], ['zod']),
  'config-identity.ts': pure(['core', 'config-fields.ts']),
  'environment-file.ts': edge([], []),
  'pem-file.ts': edge(['config-identity.ts'], []),
  'heap.ts': edge([], []),
  'config.ts': pure(['core', 'config-fields.ts', 'config-identity.ts', 'log.ts'], ['zod']),
  'app.ts': pure(['core', 'use-cases', 'cards', 'bot', 'monitor', 'delivery', 'config.ts']),
  'log.ts': edge(['core'], ['pino']),
  'metrics.ts': edge(['core'], ['prom-client']),
  'system-clock.ts': edge(['core'], []),
  'correlation.ts': edge(['core'], []),
  teams: edge(['core'], ['botbuilder', 'botframework-connector', 'zod']),
  pingplotter: edge(['core'], ['axios', 'zod']),
  store: edge(['core'], ['kysely', 'libsql', 'lru-cache', 'pg', 'zod']),
  http: edge(['core'], ['restify']),
  simulator: edge([], ['zod']),
  'service.ts': { parts: 'any', packages: [], builtins: false },
  'app-package': pure([], ['zod', 'fflate', '@microsoft/app-manifest']),
  cli: { parts: 'any', packages: 'any', builtins: true },
  'main.ts': { parts: 'any', packages: 'any', builtins: true },
};

/** What only some parts may do at all; all others are handed it as a port or an argument. */
const restrictions: readonly {
  readonly what: string;
  readonly pattern: RegExp;
  readonly allowed: readonly string[];
}[] = [
  {
    what: 'the environment',
    pattern: /\bprocess\s*(?:\?\.\s*|\.\s*)env\b|\bprocess\s*\[|['"](?:node:)?process['"]/u,
    allowed: ['main.ts', 'cli'],
  },
  {
    what: "the machine's time",
    pattern:
      /\bDate\.now\b|\bDate\s*\(\s*\)|\bnew Date\b(?!\s*\()|\bDateTime\.(?:now|local|utc)\(\s*\)/u,
    allowed: ['main.ts', 'cli', 'log.ts', 'system-clock.ts'],
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\b/u,
    allowed: ['main.ts', 'cli', 'log.ts'],
  },
];

const longest = 250;

interface Source {
  /** Below src, with slashes. */
  readonly path: string;
  readonly text: string;
}

const offences = ({ path, text }: Source): readonly string[] => {
  const code = withoutComments(text);
  const part = partOf(path);
  const rule = rules[part] ?? pure([]);
  const lines = text.trimEnd().split('\n').length;
  return [
    ...imports(code)
      .filter((imported) => !mayImport(rule, path, imported))
      .map((imported) => `imports ${imported}`),
    ...restrictions
      .filter(({ pattern, allowed }) => pattern.test(code) && !allowed.includes(part))
      .map(({ what }) => `reads ${what}`),
    ...(lines > longest ? [`has ${lines} lines`] : []),
  ];
};

const partOf = (path: string): string => path.split('/')[0] ?? path;

/** An import whose name is worked out at run time, so that nobody can tell what it is. */
const computed = 'something computed';

const mayImport = (rule: Rule, path: string, imported: string): boolean => {
  if (imported === computed) return false;
  if (imported.startsWith('.')) {
    const part = partOf(posix.join(posix.dirname(path), imported));
    if (part === '..') return false;
    return part === partOf(path) || rule.parts === 'any' || rule.parts.includes(part);
  }
  if (imported.startsWith('node:')) return rule.builtins;
  return rule.packages === 'any' || rule.packages.includes(packageOf(imported));
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const imports = (code: string): readonly string[] => [
  ...[
    /^\s*(?:import|export)\b[^'"`;()=]*\bfrom\s*['"]([^'"\n]+)['"]/gmu,
    /^\s*import\s*['"]([^'"\n]+)['"]/gmu,
    /\b(?:import|require)\s*\(\s*['"]([^'"\n]+)['"]/gu,
  ].flatMap((form) => [...code.matchAll(form)].map(([, specifier = computed]) => specifier)),
  ...[...code.matchAll(/\bimport\s*\(\s*(?!['"\s])/gu)].map(() => computed),
];

/** Strings, templates and regular expressions are passed over, as they may hold what looks like a comment. */
const withoutComments = (text: string): string =>
  text.replace(lexeme, (found) => (/^\/[/*]/u.test(found) ? ' ' : found));

const lexeme = new RegExp(
  [
    /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/,
    /(?<=[(,=:[!&|?{};]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

const src = join(import.meta.dirname, '..', 'src');

const sources: readonly Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({
    path: file.replaceAll('\\', '/'),
    text: readFileSync(join(src, file), 'utf8'),
  }));

describe('the house rules', () => {
  it.each(sources)('are kept by $path', (source) => {
    expect(offences(source)).toEqual([]);
  });

  it('are applied to every part of src', () => {
    const parts = new Set(sources.map(({ path }) => partOf(path)));
    expect(parts).toContain('core');
    expect([...parts].filter((part) => rules[part] === undefined)).toEqual([]);
  });

  it.each([
    ['core/a.ts', `import axios from 'axios';`, 'imports axios'],
    ['core/a.ts', `import { join } from 'node:path';`, 'imports node:path'],
    ['core/a.ts', `import { join } from "path";`, 'imports path'],
    ['core/a.ts', `import type { Card } from '../cards/card.ts';`, 'imports ../cards/card.ts'],
    ['core/a.ts', `import { type Card } from '../cards/card.ts';`, 'imports ../cards/card.ts'],
    ['core/a.ts', `import {\n  a,\n  b,\n} from '../bot/a.ts';`, 'imports ../bot/a.ts'],
    ['core/a.ts', `import * as bot from '../bot/a.ts';`, 'imports ../bot/a.ts'],
    ['core/a.ts', `import '../bot/a.ts';`, 'imports ../bot/a.ts'],
    ['core/a.ts', `export { a } from '../bot/a.ts';`, 'imports ../bot/a.ts'],
    ['core/a.ts', `export * from '../bot/a.ts';`, 'imports ../bot/a.ts'],
    ['core/a.ts', `const a = await import('../bot/a.ts');`, 'imports ../bot/a.ts'],
    ['core/a.ts', `type A = import('../bot/a.ts').A;`, 'imports ../bot/a.ts'],
    ['core/a.ts', 'const a = await import(`./a.ts`);', 'imports something computed'],
    ['main.ts', 'const a = await import(name);', 'imports something computed'],
    ['core/a.ts', `const a = require('axios');`, 'imports axios'],
    ['core/a.ts', `import a from '../../package.json';`, 'imports ../../package.json'],
    ['core/deep/a.ts', `import a from '../../bot/a.ts';`, 'imports ../../bot/a.ts'],
    ['core/a.ts', `const url = 'https://a';\nimport a from 'axios';`, 'imports axios'],
    ['core/a.ts', `const any = '*/*';\nimport a from 'axios';\n/* */`, 'imports axios'],
    ['core/a.ts', `f(/'/u);\nimport a from 'axios';`, 'imports axios'],
    ['cards/a.ts', `import a from '@azure/identity/a.js';`, 'imports @azure/identity/a.js'],
    ['use-cases/a.ts', `import { z } from 'zod';`, 'imports zod'],
    ['bot/a.ts', `import a from '../teams/a.ts';`, 'imports ../teams/a.ts'],
    ['teams/a.ts', `import a from '../bot/a.ts';`, 'imports ../bot/a.ts'],
    ['store/a.ts', `import a from '../pingplotter/a.ts';`, 'imports ../pingplotter/a.ts'],
    ['simulator/a.ts', `import a from '../core/agent.ts';`, 'imports ../core/agent.ts'],
    ['app.ts', `import a from './teams/a.ts';`, 'imports ./teams/a.ts'],
    ['app.ts', `import a from 'node:fs';`, 'imports node:fs'],
    ['new-folder/a.ts', `import a from '../core/agent.ts';`, 'imports ../core/agent.ts'],
    ['core/a.ts', 'const key = process.env.KEY;', 'reads the environment'],
    ['core/a.ts', `const key = process['env'].KEY;`, 'reads the environment'],
    ['teams/a.ts', `import { env } from 'node:process';`, 'reads the environment'],
    ['core/a.ts', 'const now = Date.now();', "reads the machine's time"],
    ['core/a.ts', 'const clock = { now: Date.now };', "reads the machine's time"],
    ['core/a.ts', 'const now = new Date();', "reads the machine's time"],
    ['core/a.ts', 'const now = new Date;', "reads the machine's time"],
    ['core/a.ts', 'const now = DateTime.utc();', "reads the machine's time"],
    ['store/a.ts', 'const pick = Math.random();', 'reads chance'],
    ['core/a.ts', 'a;\n'.repeat(251), 'has 251 lines'],
  ])('find what is wrong in %s with %j', (path, text, offence) => {
    expect(offences({ path, text })).toEqual([offence]);
  });

  it.each([
    ['core/a.ts', `import { z } from 'zod';\nimport { z as mini } from 'zod/v4';`],
    ['core/deep/a.ts', `import type { Agent } from '../agent.ts';`],
    ['core/a.ts', `// import axios from 'axios';\n/* Date.now() */\n/** {@link process.env} */`],
    ['core/a.ts', 'const moment = new Date(ms);\nconst utc = DateTime.utc(2026, 12, 1);'],
    ['core/a.ts', `throw new Error('no import from \\'axios\\'');`],
    ['core/a.ts', 'a;\n'.repeat(250)],
    ['cards/a.ts', `import fleet from './fleet.json' with { type: 'json' };`],
    ['teams/a.ts', `import { Agent } from 'node:https';\nimport a from '../core/agent.ts';`],
    [
      'main.ts',
      `const a = await import('./teams/a.ts');\nconst b = process.env.PORT ?? Date.now();`,
    ],
  ])('find nothing wrong in %s with %j', (path, text) => {
    expect(offences({ path, text })).toEqual([]);
  });
});
