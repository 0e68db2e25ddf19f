import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { exampleSettings, placeholdersIn, settingNames } from '../src/app-package/settings.ts';
import { environmentVariables } from '../src/config/environment.ts';

const file = (path: string): string => resolve(import.meta.dirname, '..', path);
const read = (path: string): string => readFileSync(file(path), 'utf8');

const Step = z.object({
  uses: z.string(),
  with: z.record(z.string(), z.unknown()),
  writeToEnvironmentFile: z.record(z.string(), z.string()).default({}),
});
type Step = z.infer<typeof Step>;

const stages = ['provision', 'deploy', 'publish'] as const;
const Project = z.strictObject({
  version: z.literal('v1.11'),
  environmentFolderPath: z.literal('./env'),
  provision: z.array(Step).default([]),
  deploy: z.array(Step),
  publish: z.array(Step).default([]),
});

const projects = [
  { path: 'm365agents.yml', environment: 'dev' },
  { path: 'm365agents.local.yml', environment: 'local' },
  { path: 'm365agents.playground.yml', environment: 'playground' },
] as const;

const stepsOf = (path: string): readonly Step[] => {
  const project = Project.parse(parse(read(path)));
  return stages.flatMap((stage) => project[stage]);
};

/** Also those that a comment names, such as the secrets of the file beside it. */
const namesIn = (environmentFile: string): readonly string[] =>
  [...read(environmentFile).matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gmu)].map(([, name = '']) => name);

const outputs = (): readonly string[] =>
  [...read('infra/azure.bicep').matchAll(/^output (\w+) /gmu)].map(([, name = '']) => name);

const writtenBy = ({ uses, writeToEnvironmentFile }: Step): readonly string[] => [
  ...Object.values(writeToEnvironmentFile),
  ...(uses === 'arm/deploy' ? outputs() : []),
];

/** The text of a step with that of the files that the toolkit fills for it. */
const filledText = (step: Step): string =>
  [
    JSON.stringify(step.with),
    ...pathsIn(step)
      .filter((path) => /\.json$/u.test(path))
      .map(read),
  ].join('\n');

const isMadeThere = /^\.\/(build|\.localConfigs)/u;
const pathsIn = ({ with: input }: Step): readonly string[] =>
  [...JSON.stringify(input).matchAll(/"(\.\/[^"]+|\.webappignore)"/gu)]
    .map(([, path = '']) => path)
    .filter((path) => !isMadeThere.test(path));

describe.each(projects)('$path', ({ path, environment }) => {
  it('names files that there are', () => {
    const paths = stepsOf(path).flatMap(pathsIn);
    expect(paths.filter((named) => !existsSync(file(named)))).toEqual([]);
  });

  it('makes what it makes where git does not look', () => {
    const ignored = read('.gitignore').split('\n');
    const made = stepsOf(path).flatMap(({ with: input }) =>
      ['outputZipPath', 'outputFolder', 'target'].flatMap((key) => input[key] ?? []),
    );
    const places = made.map((place) => z.string().parse(place).split('/')[1]);
    expect(
      places.filter((place) => !ignored.includes(`${place}/`) && !ignored.includes(`${place}`)),
    ).toEqual([]);
  });

  it('fills each variable from its environment or from an earlier step', () => {
    const known = new Set(namesIn(`env/.env.${environment}`));
    const unknown = stepsOf(path).flatMap((step) => {
      const missing = placeholdersIn(filledText(step)).filter((name) => !known.has(name));
      for (const name of writtenBy(step)) known.add(name);
      return missing;
    });
    expect(unknown).toEqual([]);
  });

  it('runs npm scripts that there are', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const run = [...read(path).matchAll(/(?:npm |args: )run ([\w:]+)/gu)].map(
      ([, script = '']) => script,
    );
    expect(run.length).toBeGreaterThan(0);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('checks the package that it has made before it hands it on', () => {
    const uses = stepsOf(path).map((step) => step.uses);
    for (const [at, action] of uses.entries())
      if (action === 'teamsApp/update')
        expect(uses.slice(at - 2, at)).toEqual([
          'teamsApp/zipAppPackage',
          'teamsApp/validateAppPackage',
        ]);
  });
});

it('what Azure makes is deployed to, and is what the manifest names', () => {
  const deployment = stepsOf('m365agents.yml').find(
    ({ uses }) => uses === 'azureAppService/zipDeploy',
  );
  const [resource = ''] = placeholdersIn(JSON.stringify(deployment));
  expect(outputs()).toEqual(expect.arrayContaining(['BOT_ID', 'BOT_DOMAIN', resource]));
});

it('the local bot starts with settings that the bot knows', () => {
  const envs = stepsOf('m365agents.local.yml').find(
    ({ uses }) => uses === 'file/createOrUpdateEnvironmentFile',
  )?.with['envs'];
  const names = Object.keys(z.record(z.string(), z.unknown()).parse(envs));
  expect(names.filter((name) => !environmentVariables.includes(name))).toEqual([]);
  expect(names).toContain('MicrosoftAppId');
});

describe.each(['dev', 'local'])('env/.env.%s', (environment) => {
  const values = parseEnv(read(`env/.env.${environment}`));

  it('has a place for each setting of the package', () => {
    expect(settingNames.filter((name) => !(name in values))).toEqual([]);
  });

  it('holds no id of anybody, no secret, and examples for the publisher', () => {
    const filled = Object.entries(values).filter(([, value]) => value !== '');
    const publisher = Object.entries(exampleSettings).filter(([name]) =>
      name.startsWith('DEVELOPER_'),
    );
    expect(Object.fromEntries(filled)).toEqual({
      TEAMSFX_ENV: environment,
      APP_NAME_SUFFIX: `-${environment}`,
      ...Object.fromEntries(publisher),
    });
  });

  it('fits into the 30 characters of a name', () => {
    expect(`PingPlotter${values['APP_NAME_SUFFIX']}`.length).toBeLessThanOrEqual(30);
  });
});
