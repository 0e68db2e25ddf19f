import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const bot = '7d9a3a3e-54f3-4a57-8a0c-9a1b2c3d4e5f';
const app = '1e0f4f3a-9c1d-4e6b-8d2a-0b1c2d3e4f50';

describe('npm run package', () => {
  let clone: string;

  beforeAll(async () => {
    // Beside the packages, so that it finds them.
    clone = mkdtempSync(resolve('node_modules', '.package-app-'));
    await build({
      entryPoints: [join(project, 'src/cli/package-app.ts')],
      outfile: join(clone, 'dist/cli/package-app.js'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    cpSync(join(project, 'appPackage'), join(clone, 'appPackage'), { recursive: true });
    mkdirSync(join(clone, 'env'));
    cpSync(join(project, 'env/.env.dev'), join(clone, 'env/.env.dev'));
  });

  beforeEach(() => {
    rmSync(join(clone, 'build'), { recursive: true, force: true });
    rmSync(join(clone, '.env'), { recursive: true, force: true });
  });

  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  const run = (
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync(process.execPath, [join(clone, 'dist/cli/package-app.js'), ...args], {
      env: environment,
      encoding: 'utf8',
    });

  const packed = (name = 'appPackage'): Buffer => readFileSync(join(clone, `build/${name}.zip`));
  const manifest = (): unknown =>
    JSON.parse(new TextDecoder().decode(unzipSync(packed())['manifest.json']));

  it('makes a package of a clean clone, and says what is an example still', () => {
    const { status, stdout, stderr } = run();
    expect(status).toBe(0);
    expect(stdout).toBe(
      'build/appPackage.zip: PingPlotter 0.1.0 (manifest.json, de.json, ja.json, color.png, outline.png)\n',
    );
    expect(stderr).toMatch(/^Checking .*\nThese are examples[\s\S]*\n {2}BOT_ID\n/u);
  });

  it('makes the same bytes in every time zone', () => {
    run([], { TZ: 'Asia/Tokyo' });
    const there = packed();
    run([], { TZ: 'America/Denver' });
    expect(packed().equals(there)).toBe(true);
  });

  it('prefers the environment to the file that was asked for, and that to .env', () => {
    writeFileSync(
      join(clone, '.env'),
      `MicrosoftAppId=${bot}\nTEAMS_APP_ID=${bot}\nDEVELOPER_NAME=Acme\nBOT_DOMAIN=a.example.org\n`,
    );
    const { status, stderr } = run(['--env', 'dev'], { TEAMS_APP_ID: app });
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.not.stringMatching('BOT'),
    });
    expect(manifest()).toMatchObject({
      id: app,
      name: { short: 'PingPlotter-dev' },
      developer: { name: 'Example organisation' },
      bots: [{ botId: bot }],
      validDomains: ['a.example.org'],
    });
  });

  it('D: makes one for each environment', () => {
    const dev = readFileSync(join(clone, 'env/.env.dev'), 'utf8');
    writeFileSync(join(clone, 'env/.env.prod'), dev.replace('APP_NAME_SUFFIX=-dev', ''));
    expect(run(['--env', 'dev']).stdout).toMatch(/^build\/appPackage\.dev\.zip: PingPlotter-dev/u);
    expect(packed().equals(packed('appPackage.dev'))).toBe(true);
    expect(run(['--env', 'prod']).stdout).toMatch(/^build\/appPackage\.prod\.zip: PingPlotter 0/u);
    expect(packed().equals(packed('appPackage.prod'))).toBe(true);
    expect(packed().equals(packed('appPackage.dev'))).toBe(false);
    rmSync(join(clone, 'env/.env.prod'));
  });

  it('D: names what it cannot read', () => {
    mkdirSync(join(clone, '.env'));
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^No package was made: \S+\.env cannot be read: it is a folder/u);
  });

  it('refuses with a table of every fault, and writes nothing', () => {
    const { status, stdout, stderr } = run([], {
      BOT_ID: 'the-bot',
      BOT_DOMAIN: '*.example.com',
      APP_NAME_SUFFIX: ' for Teams',
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n').slice(1)).toEqual([
      'No package was made. Mend this first:',
      expect.stringMatching(/^ {2}BOT_ID +must be a GUID/u),
      expect.stringMatching(/^ {2}BOT_DOMAIN +must be the host name alone/u),
      expect.stringMatching(/^ {2}de\.json name\.short +must not hold "Teams"/u),
      expect.stringMatching(/^ {2}ja\.json name\.short +must not hold "Teams"/u),
      expect.stringMatching(/^ {2}manifest\.json \/name\/short +must not hold "Teams"/u),
    ]);
    expect(existsSync(join(clone, 'build'))).toBe(false);
  });

  it('D: says where it cannot write, in one line', () => {
    writeFileSync(join(clone, 'build'), 'no folder');
    const { status, stderr } = run();
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/build cannot be written: it is there already/u),
    ]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it.each([
    ['an environment that there is not', ['--env', 'prod'], 'There is no env/.env.prod.'],
    ['a path for an environment', ['--env', '/../../.env'], 'There is no env/.env./../../.env.'],
    ['anything else', ['--zip'], "Unknown option '--zip'.\nnpm run package [-- --env <name>]"],
    ['a word', ['dev'], "Unexpected argument 'dev'.\n"],
  ])('explains itself on %s', (_what, args, words) => {
    const { status, stderr } = run(args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});
