import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, environmentVariables, loadConfig } from '../../src/config/environment.ts';
import { type BicepFile, bicepReader } from './bicep.ts';
import { bicepFaults, parametersFaults } from './bicep-faults.ts';

const folder = join(import.meta.dirname, '..', '..', 'infra');
const read = await bicepReader();

const filesOf = (texts: Readonly<Record<string, string>>): ReadonlyMap<string, BicepFile> =>
  new Map(Object.entries(texts).map(([path, text]) => [path, read(text)]));

const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.bicep'));
const texts = Object.fromEntries(
  paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
);
const files = filesOf(texts);

const file = (path: string): BicepFile => {
  const found = files.get(path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return found;
};
const main = file('azure.bicep');

const Parameters = z
  .strictObject({
    $schema: z.string(),
    contentVersion: z.string(),
    parameters: z.record(z.string(), z.strictObject({ value: z.unknown() })),
  })
  .transform(({ parameters }) =>
    Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])),
  );
const values = Parameters.parse(
  JSON.parse(readFileSync(join(folder, 'azure.parameters.json'), 'utf8')),
);

describe('the Bicep files', () => {
  it.each(paths)('are whole: %s', (path) => {
    expect(bicepFaults(path, files)).toEqual([]);
  });

  it('have no module that nobody uses', () => {
    const used = main.modules.map(({ path }) => path);
    expect(paths.filter((path) => path !== 'azure.bicep' && !used.includes(path))).toEqual([]);
  });

  it.each([
    ["param a string =\nvar b = 'c'", 'line 2 cannot be read'],
    ["var a = {\n  b: 'c'\n", 'line 2 cannot be read'],
    ["@description('a')\nparam a string", 'a is not used'],
    ["var a = 'a'", 'a is not used'],
    ['output a string = b', 'b is not declared'],
    ["@description('a')\nparam a string\noutput b string = '${a}-${c}'", 'c is not declared'],
    ['output a array = map(items({}), one => { b: two.key })', 'two is not declared'],
    ["output a string = toUper('a')", 'toUper is no known function'],
    ['param a string\noutput b string = a', 'a is not described'],
    [
      "@description('a')\nparam aPassword string\noutput b string = aPassword",
      'aPassword is not secure',
    ],
    ["module a 'gone.bicep' = {\n  name: 'a'\n}", 'module a is at gone.bicep, where nothing is'],
    [
      "module a 'part.bicep' = {\n  params: {\n    must: 'x'\n    other: 'y'\n  }\n}",
      'module a has no parameter other',
    ],
    [
      "module a 'part.bicep' = if (true) {\n  params: {\n    may: 'x'\n  }\n}",
      'module a is not given must',
    ],
    [
      "module a 'part.bicep' = {\n  params: {\n    must: 'x'\n  }\n}\noutput b string = true ? 'x' : a!.outputs.gone",
      'module a has no output gone',
    ],
    ['output a string = b.outputs.c', 'b is no module'],
  ])('would not pass with %j', (text, fault) => {
    const part = [
      "@description('a')\nparam must string",
      "@description('a')\nparam may string = ''",
      'output known string = concat(must, may)',
    ].join('\n');
    expect(bicepFaults('a.bicep', filesOf({ 'a.bicep': text, 'part.bicep': part }))).toContain(
      fault,
    );
  });
});

describe('azure.parameters.json', () => {
  it('gives what azure.bicep asks for, and no more', () => {
    expect(parametersFaults(main, values)).toEqual([]);
  });

  it('holds secrets by the names of secret variables only', () => {
    const secure = main.parameters.filter((parameter) => parameter.secure).map(({ name }) => name);
    const given = Object.entries(values).filter(([name]) => secure.includes(name));
    expect(given.map(([name]) => name).toSorted()).toEqual([
      'pingPlotterApiKey',
      'postgresPassword',
    ]);
    for (const [, value] of given) expect(value).toMatch(/^\$\{\{SECRET_\w+\}\}$/u);
  });

  it.each([
    [{ gone: 'a' }, ['there is no parameter gone', 'must is not given']],
    [{ must: 'c' }, ['must has a value that is not allowed']],
  ])('would not pass with %j', (given, faults) => {
    const text = "@allowed(['a', 'b'])\nparam must string\nparam may string = ''";
    expect(parametersFaults(read(text), given)).toEqual(faults);
  });
});

/** What the platform reads, not the bot. */
const platformSettings = [
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'CUSTOM_BUILD_COMMAND',
  'WEBSITES_CONTAINER_STOP_TIME_LIMIT',
];

/** Bicep's own keys begin with a small letter. */
const settingsIn = (...of: readonly BicepFile[]): readonly string[] => [
  ...new Set(of.flatMap(({ keys }) => keys).filter((key) => /^[A-Z]/u.test(key))),
];

/** What each setting could hold in Azure. */
const samples: Readonly<Record<string, string>> = {
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: '11111111-1111-4111-8111-111111111111',
  MicrosoftAppTenantId: '22222222-2222-4222-8222-222222222222',
  BOT_FEDERATED_CLIENT_ID: '',
  PINGPLOTTER_SUBDOMAIN: 'acme',
  PINGPLOTTER_API_KEY: 'a-key',
  DATABASE_URL:
    'postgres://bot:p%40ss@bot-db.postgres.database.azure.com:5432/bot?sslmode=verify-full',
  PORT: '8080',
};

describe('the settings of the bot', () => {
  const settings = settingsIn(main, file('modules/app-service.bicep'));

  it('are settings that the bot reads', () => {
    const unknown = settingsIn(...files.values()).filter(
      (name) => !environmentVariables.includes(name) && !platformSettings.includes(name),
    );
    expect(unknown).toEqual([]);
  });

  it('are the same wherever the bot runs', () => {
    const elsewhere = settingsIn(main, file('modules/container-app.bicep'));
    const here = settings.filter((name) => !platformSettings.includes(name));
    expect(elsewhere.toSorted()).toEqual(here.toSorted());
  });

  it.each([
    ['its managed identity', { MicrosoftAppType: 'UserAssignedMSI' }],
    [
      'a federated credential',
      {
        MicrosoftAppType: 'SingleTenant',
        BOT_FEDERATED_CLIENT_ID: '33333333-3333-4333-8333-333333333333',
      },
    ],
  ])('let it start with %s', (_how, identity) => {
    const possible: Readonly<Record<string, string>> = { ...samples, ...identity };
    const env = Object.fromEntries(settings.map((name) => [name, possible[name]]));
    expect(loadConfig(env).bot).toMatchObject({ auth: 'required' });
  });

  it('would not let it start if one of them were missing', () => {
    for (const missing of ['MicrosoftAppId', 'MicrosoftAppTenantId', 'PINGPLOTTER_API_KEY']) {
      const env = Object.fromEntries(
        settings.filter((name) => name !== missing).map((name) => [name, samples[name]]),
      );
      expect(() => loadConfig(env)).toThrow(ConfigError);
    }
  });

  it.each([
    ['botType', 'MicrosoftAppType'],
    ['defaultRole', 'DEFAULT_ROLE'],
    ['logLevel', 'LOG_LEVEL'],
  ])('may hold each value that %s allows', (parameter, variable) => {
    const allowed = main.parameters.find(({ name }) => name === parameter)?.allowed ?? [];
    expect(allowed.length).toBeGreaterThan(1);
    for (const value of allowed) {
      const env = { ...samples, BOT_FEDERATED_CLIENT_ID: 'an-id', [variable]: value };
      expect(() => loadConfig(env)).not.toThrow();
    }
  });

  it.each([
    ['pollSeconds', 'POLL_SECONDS'],
    ['auditDays', 'AUDIT_DAYS'],
    ['bulkConcurrency', 'BULK_CONCURRENCY'],
    ['pingPlotterTimeoutMs', 'PINGPLOTTER_TIMEOUT_MS'],
  ])('have the bounds of %s', (parameter, variable) => {
    const found = main.parameters.find(({ name }) => name === parameter);
    const [min = Number.NaN, max = Number.NaN] = [found?.min, found?.max];
    const takes = (value: number): boolean => {
      try {
        loadConfig({ ...samples, [variable]: String(value) });
        return true;
      } catch {
        return false;
      }
    };
    expect([min - 1, min, max, max + 1].map(takes)).toEqual([false, true, true, false]);
  });
});

describe('what runs in Azure', () => {
  it.each([
    ['modules/app-service.bicep', 'httpsOnly', ['true']],
    ['modules/app-service.bicep', 'alwaysOn', ['true']],
    ['modules/app-service.bicep', 'ftpsState', ["'Disabled'"]],
    ['modules/app-service.bicep', 'minTlsVersion', ["'1.2'"]],
    ['modules/app-service.bicep', 'scmMinTlsVersion', ["'1.2'"]],
    ['modules/app-service.bicep', 'linuxFxVersion', ["'NODE|22-lts'"]],
    ['modules/app-service.bicep', 'healthCheckPath', ["'/healthz'"]],
    ['modules/container-app.bicep', 'path', ["'/healthz'", "'/healthz'", "'/healthz'"]],
    ['modules/container-app.bicep', 'allowInsecure', ['false']],
    // Container Apps takes ten at most.
    ['modules/container-app.bicep', 'failureThreshold', ['10', '4']],
    ['modules/vault.bicep', 'enableRbacAuthorization', ['true']],
    ['modules/vault.bicep', 'accessPolicies', []],
    // A number of instances that PostgreSQL is not asked about is given nowhere.
    ['azure.bicep', 'instances', ['runningInstances', 'runningInstances']],
  ])('has in %s as %s %j', (path, key, expected) => {
    expect(file(path).valuesOf(key)).toEqual(expected);
  });

  it('is one instance without PostgreSQL', () => {
    expect(texts['azure.bicep']).toContain('var runningInstances = usesPostgres ? instances : 1\n');
  });

  it('tells what the next steps need', () => {
    expect(main.outputs).toEqual(
      expect.arrayContaining(['BOT_ID', 'BOT_DOMAIN', 'BOT_AZURE_APP_SERVICE_RESOURCE_ID']),
    );
  });
});

describe('infra/README.md', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const namesIn = (pattern: RegExp): readonly string[] => [
    ...new Set([...readme.matchAll(pattern)].map(([, name = '']) => name)),
  ];

  it('gives parameters that exist', () => {
    const known = main.parameters.map(({ name }) => name);
    const given = namesIn(/[\s`]([a-z]\w*)=["$\w]/gu);
    expect(given).toContain('pingPlotterApiKey');
    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('uses outputs that exist', () => {
    const used = namesIn(/[$<](BOT_\w+)/gu);
    expect(used).toContain('BOT_DOMAIN');
    expect(used.filter((name) => !main.outputs.includes(name))).toEqual([]);
  });

  it('names secrets that the vault has', () => {
    const secrets = file('modules/vault.bicep').valuesOf('name');
    for (const name of ['pingplotter-api-key', 'webhook-secret']) {
      expect(readme).toContain(name);
      expect(secrets).toContain(`'${name}'`);
    }
  });

  it('names the vault and the app as the files do', () => {
    const [base = ''] = namesIn(/resourceBaseName=([\w-]+)/gu);
    expect(namesIn(/--vault-name ([\w-]+)/gu)).toEqual([`${base}-kv`]);
    expect(namesIn(/webapp deploy .*--name ([\w-]+)/gu)).toEqual([base]);
  });
});

it('what the bot reads from the vault is what the vault holds', () => {
  const secrets = file('modules/vault.bicep').valuesOf('name');
  const read = ['PINGPLOTTER_API_KEY', 'DATABASE_URL', 'WEBHOOK_SECRET'].flatMap((setting) =>
    main.valuesOf(setting).filter((value) => !value.startsWith("'file:")),
  );
  expect(read.length).toBe(3);
  expect(secrets).toEqual(expect.arrayContaining([...read]));
});
