import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** From the most basic to the most dependent: a feature may know those before it. */
const features = [
  'fleet',
  'access',
  'accounts',
  'history',
  'audit',
  'silence',
  'diagnosis',
  'changes',
  'bulk',
  'schedules',
  'watches',
  'alerting',
  'connection',
  'digest',
  'health',
] as const;

/** What a feature shows to the features behind it: pure rules, types of its stores and ports, parts of its cards. */
const shown = ['domain/', 'store.ts', 'ports.ts', 'cards/'] as const;

interface Rule {
  /** Beginnings of paths below src. */
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

const ground = ['platform/', 'shared/'];

const ruleOfFeature = (feature: string, isDomain: boolean): Rule => {
  const own = `features/${feature}/`;
  const before = features.slice(0, Math.max(0, features.indexOf(feature as never)));
  return isDomain
    ? pure(
        [
          ...ground,
          ...[feature, ...before].flatMap((name) =>
            ['domain/', 'store.ts', 'ports.ts'].map((part) => `features/${name}/${part}`),
          ),
        ],
        ['zod', 'luxon'],
      )
    : pure(
        [
          ...ground,
          own,
          'chat/',
          'ui/',
          ...before.flatMap((name) => shown.map((part) => `features/${name}/${part}`)),
        ],
        ['zod', 'luxon', 'lru-cache'],
      );
};

const shownBy = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `features/${name}/`);

/** What each folder and each file of src may import. */
const rules: Readonly<Record<string, Rule>> = {
  shared: pure(['shared/'], ['zod', 'luxon', 'fastest-levenshtein']),
  platform: edge(ground, ['agent-base', 'https-proxy-agent', 'pino', 'prom-client', 'zod']),
  ui: pure([...ground, 'ui/'], ['lru-cache']),
  // Loads the engine late.
  'ui/template-engine.ts': edge([], ['adaptivecards-templating']),
  chat: pure([...ground, 'ui/', 'chat/'], ['zod', 'lru-cache']),
  config: edge([...ground, 'config/'], ['yaml', 'zod']),
  // zod reads the monitor's own record back from the store.
  monitor: pure(
    [...ground, 'monitor/', ...shownBy('alerting', 'fleet', 'history', 'health')],
    ['zod'],
  ),
  delivery: pure([...ground, 'delivery/']),
  teams: edge(
    [...ground, 'teams/', 'chat/turn.ts', 'chat/person.ts', 'config/identity.ts'],
    ['botbuilder', 'botframework-connector', 'entities', 'lru-cache', 'zod'],
  ),
  pingplotter: edge([...ground, 'pingplotter/'], ['axios', 'p-limit', 'zod']),
  store: edge(
    [
      ...ground,
      'store/',
      'chat/confirmation.ts',
      ...features.flatMap((name) => [`features/${name}/domain/`, `features/${name}/store.ts`]),
    ],
    ['kysely', 'libsql', 'lru-cache', 'pg', 'zod'],
  ),
  http: edge([...ground, 'http/'], ['restify']),
  simulator: edge(['simulator/'], ['zod']),
  'app-package': pure(['app-package/'], ['zod', 'fflate', '@microsoft/app-manifest']),
  cli: { parts: 'any', packages: 'any', builtins: true },
  'registry.ts': pure(['chat/', 'ui/', 'features/', ...ground]),
  'turn-handler.ts': pure([...ground, 'chat/', 'features/', 'registry.ts', 'store/open.ts']),
  'app.ts': pure([
    ...ground,
    'ui/',
    'chat/',
    'features/',
    'monitor/',
    'delivery/',
    'config/',
    'registry.ts',
    'turn-handler.ts',
    // The type of all collections: the app alone connects features across a transaction.
    'store/open.ts',
  ]),
  'service.ts': { parts: 'any', packages: [], builtins: false },
  'main.ts': { parts: 'any', packages: 'any', builtins: true },
};

const ruleOf = (path: string): Rule => {
  const [top = path, feature = '', part] = path.split('/');
  if (top === 'features') return ruleOfFeature(feature, part === 'domain');
  return rules[path] ?? rules[top] ?? pure([]);
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
    allowed: ['main.ts', 'cli/'],
  },
  {
    what: "the machine's time",
    pattern:
      /\bDate\.now\b|\bDate\s*\(\s*\)|\bnew Date\b(?!\s*\()|\bDateTime\.(?:now|local|utc)\(\s*\)/u,
    allowed: ['main.ts', 'cli/', 'platform/log.ts', 'platform/clock.ts'],
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\b/u,
    allowed: ['main.ts', 'cli/', 'platform/log.ts'],
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
  const rule = ruleOf(path);
  const lines = text.trimEnd().split('\n').length;
  return [
    ...imports(code)
      .filter((imported) => !mayImport(rule, path, imported))
      .map((imported) => `imports ${imported}`),
    ...restrictions
      .filter(({ pattern, allowed }) => pattern.test(code) && !isBelow(allowed, path))
      .map(({ what }) => `reads ${what}`),
    ...(lines > longest ? [`has ${lines} lines`] : []),
  ];
};

const isBelow = (beginnings: readonly string[], path: string): boolean =>
  beginnings.some((beginning) => path.startsWith(beginning));

/** An import whose name is worked out at run time, so that nobody can tell what it is. */
const computed = 'something computed';

const mayImport = (rule: Rule, path: string, imported: string): boolean => {
  if (imported === computed) return false;
  if (imported.startsWith('.')) {
    const target = posix.join(posix.dirname(path), imported);
    if (target.startsWith('..')) return false;
    return rule.parts === 'any' || isBelow(rule.parts, target);
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

  it('know every folder of src', () => {
    const folders = new Set(sources.map(({ path }) => path.split('/')[0] ?? path));
    expect(folders).toContain('features');
    expect(
      [...folders].filter((folder) => folder !== 'features' && rules[folder] === undefined),
    ).toEqual([]);
  });

  it('know every feature', () => {
    const found = new Set(
      sources.flatMap(({ path }) => /^features\/([^/]+)\//u.exec(path)?.[1] ?? []),
    );
    expect([...found].filter((name) => !features.includes(name as never))).toEqual([]);
  });

  it.each([
    ['shared/a.ts', `import axios from 'axios';`, 'imports axios'],
    ['shared/a.ts', `import { join } from 'node:path';`, 'imports node:path'],
    ['shared/a.ts', `import { join } from "path";`, 'imports path'],
    ['shared/a.ts', `import type { Card } from '../platform/a.ts';`, 'imports ../platform/a.ts'],
    ['platform/a.ts', `import type { Card } from '../ui/card.ts';`, 'imports ../ui/card.ts'],
    ['ui/a.ts', `import { type Card } from '../chat/card.ts';`, 'imports ../chat/card.ts'],
    ['ui/a.ts', `import {\n  a,\n  b,\n} from '../chat/a.ts';`, 'imports ../chat/a.ts'],
    ['ui/a.ts', `import * as chat from '../chat/a.ts';`, 'imports ../chat/a.ts'],
    ['ui/a.ts', `import '../chat/a.ts';`, 'imports ../chat/a.ts'],
    ['ui/a.ts', `export { a } from '../chat/a.ts';`, 'imports ../chat/a.ts'],
    ['ui/a.ts', `export * from '../chat/a.ts';`, 'imports ../chat/a.ts'],
    ['ui/a.ts', `const a = await import('../chat/a.ts');`, 'imports ../chat/a.ts'],
    ['ui/a.ts', `type A = import('../chat/a.ts').A;`, 'imports ../chat/a.ts'],
    ['ui/a.ts', 'const a = await import(`./a.ts`);', 'imports something computed'],
    ['main.ts', 'const a = await import(name);', 'imports something computed'],
    ['shared/a.ts', `const a = require('axios');`, 'imports axios'],
    ['shared/a.ts', `import a from '../../package.json';`, 'imports ../../package.json'],
    ['shared/a.ts', `const url = 'https://a';\nimport a from 'axios';`, 'imports axios'],
    ['shared/a.ts', `const any = '*/*';\nimport a from 'axios';\n/* */`, 'imports axios'],
    ['shared/a.ts', `f(/'/u);\nimport a from 'axios';`, 'imports axios'],
    ['ui/a.ts', `import a from '@azure/identity/a.js';`, 'imports @azure/identity/a.js'],
    [
      'chat/a.ts',
      `import a from '../features/fleet/ports.ts';`,
      'imports ../features/fleet/ports.ts',
    ],
    ['chat/a.ts', `import a from '../app.ts';`, 'imports ../app.ts'],
    [
      'features/fleet/a.ts',
      `import a from '../health/domain/a.ts';`,
      'imports ../health/domain/a.ts',
    ],
    [
      'features/health/a.ts',
      `import a from '../fleet/commands.ts';`,
      'imports ../fleet/commands.ts',
    ],
    [
      'features/health/domain/a.ts',
      `import a from '../../fleet/cards/a.ts';`,
      'imports ../../fleet/cards/a.ts',
    ],
    [
      'features/fleet/domain/a.ts',
      `import a from '../../../ui/card.ts';`,
      'imports ../../../ui/card.ts',
    ],
    ['features/new/a.ts', `import a from '../fleet/domain/a.ts';`, 'imports ../fleet/domain/a.ts'],
    [
      'delivery/a.ts',
      `import a from '../features/digest/domain/a.ts';`,
      'imports ../features/digest/domain/a.ts',
    ],
    [
      'monitor/a.ts',
      `import a from '../features/digest/jobs.ts';`,
      'imports ../features/digest/jobs.ts',
    ],
    ['teams/a.ts', `import a from '../chat/route.ts';`, 'imports ../chat/route.ts'],
    ['store/a.ts', `import a from '../pingplotter/a.ts';`, 'imports ../pingplotter/a.ts'],
    [
      'store/a.ts',
      `import a from '../features/fleet/commands.ts';`,
      'imports ../features/fleet/commands.ts',
    ],
    ['simulator/a.ts', `import a from '../platform/agent.ts';`, 'imports ../platform/agent.ts'],
    ['app.ts', `import a from './teams/a.ts';`, 'imports ./teams/a.ts'],
    ['app.ts', `import a from 'node:fs';`, 'imports node:fs'],
    ['new-folder/a.ts', `import a from '../platform/agent.ts';`, 'imports ../platform/agent.ts'],
    ['ui/a.ts', 'const key = process.env.KEY;', 'reads the environment'],
    ['ui/a.ts', `const key = process['env'].KEY;`, 'reads the environment'],
    ['teams/a.ts', `import { env } from 'node:process';`, 'reads the environment'],
    ['ui/a.ts', 'const now = Date.now();', "reads the machine's time"],
    ['ui/a.ts', 'const clock = { now: Date.now };', "reads the machine's time"],
    ['ui/a.ts', 'const now = new Date();', "reads the machine's time"],
    ['ui/a.ts', 'const now = new Date;', "reads the machine's time"],
    ['ui/a.ts', 'const now = DateTime.utc();', "reads the machine's time"],
    ['store/a.ts', 'const pick = Math.random();', 'reads chance'],
    ['ui/a.ts', 'a;\n'.repeat(251), 'has 251 lines'],
  ])('find what is wrong in %s with %j', (path, text, offence) => {
    expect(offences({ path, text })).toEqual([offence]);
  });

  it.each([
    ['shared/a.ts', `import { z } from 'zod';\nimport { z as mini } from 'zod/v4';`],
    ['shared/deep/a.ts', `import type { Agent } from '../agent.ts';`],
    ['ui/a.ts', `// import axios from 'axios';\n/* Date.now() */\n/** {@link process.env} */`],
    ['ui/a.ts', 'const moment = new Date(ms);\nconst utc = DateTime.utc(2026, 12, 1);'],
    ['ui/a.ts', `throw new Error('no import from \\'axios\\'');`],
    ['ui/a.ts', 'a;\n'.repeat(250)],
    ['ui/a.ts', `import fleet from './fleet.json' with { type: 'json' };`],
    [
      'features/health/a.ts',
      `import a from '../fleet/cards/a.ts';\nimport b from '../../chat/a.ts';`,
    ],
    ['features/health/domain/a.ts', `import a from '../../fleet/domain/a.ts';`],
    ['store/a.ts', `import a from '../features/fleet/store.ts';`],
    ['teams/a.ts', `import { Agent } from 'node:https';\nimport a from '../platform/agent.ts';`],
    [
      'main.ts',
      `const a = await import('./teams/a.ts');\nconst b = process.env.PORT ?? Date.now();`,
    ],
  ])('find nothing wrong in %s with %j', (path, text) => {
    expect(offences({ path, text })).toEqual([]);
  });
});
