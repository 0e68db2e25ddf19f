import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import Libsql from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { environmentVariables } from '../../src/config/environment.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts';
import { openStore } from '../../src/store/open.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from '../store/a-folder.ts';
import { aProject } from './programs.ts';

type Environment = Readonly<Record<string, string>>;

const Findings = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      subject: z.string(),
      ok: z.boolean(),
      reason: z.string(),
      mend: z.string().optional(),
    }),
  ),
});

const examined = async (
  environment: Environment,
  { project = aProject(), words = [] as readonly string[] } = {},
) => {
  const { code, stdout, stderr } = await project.run(
    'cli/doctor.js',
    environment,
    '--json',
    ...words,
  );
  expect(stderr).toBe('');
  const { ok, findings } = Findings.parse(JSON.parse(stdout));
  expect(code).toBe(ok ? 0 : 1);
  return {
    stdout,
    findings,
    of: (check: string, subject: string) =>
      findings.find((finding) => finding.check === check && finding.subject === subject),
    faults: findings.filter((finding) => !finding.ok).map(({ check, subject }) => [check, subject]),
  };
};

const startPingPlotter = async (options: Partial<SimulatorOptions> = {}) => {
  const simulator = await startSimulator({ now: Date.now, collapseEveryMinutes: 0, ...options });
  onTestFinished(simulator.close);
  const environment: Environment = {
    HOST: '127.0.0.1',
    BOT_AUTH: 'disabled',
    PINGPLOTTER_BASE_URL: simulator.url,
    PINGPLOTTER_API_KEY: simulator.key,
    DATABASE_URL: `file:${join(aFolder(), 'data', 'bot.db')}`,
  };
  return { simulator, environment };
};

/** Anything that answers on loopback. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
};

const botId = '0a1b2c3d-0000-4000-8000-000000000001';
const signedIn: Environment = {
  BOT_AUTH: 'required',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: botId,
  MicrosoftAppTenantId: 'a-tenant',
};

/** Azure's App Service hands out tokens like that. */
const managedIdentity = async (listener: RequestListener): Promise<Environment> => ({
  ...signedIn,
  IDENTITY_ENDPOINT: `${await serve(listener)}/token`,
  IDENTITY_HEADER: 'an-identity-header',
});

describe('against a PingPlotter, with all in order', () => {
  it('prints a table without a fault, and ends with 0', async () => {
    const { environment } = await startPingPlotter();
    const { code, stdout } = await aProject().run('cli/doctor.js', environment);
    expect(stdout).not.toContain('✗');
    expect(stdout).toMatch(/✓ database +opens/u);
    expect(stdout).toMatch(/✓ PingPlotter key +lists agents +41 agents/u);
    expect(stdout).toMatch(/✓ bot credentials +gets a token +none is needed/u);
    expect(stdout).toMatch(/All \d+ checks are good\.\n$/u);
    expect(code).toBe(0);
  });

  it('names every variable, and nothing that one of them holds', async () => {
    const { environment } = await startPingPlotter({ key: 'a-key-that-nobody-knows' });
    const { findings, stdout } = await examined({ ...environment, WEBHOOK_SECRET: 'hook-word' });
    const named = findings.filter(({ check }) => check === 'settings').map((one) => one.subject);
    expect(named).toEqual(['.env', ...environmentVariables]);
    expect(stdout).not.toMatch(/a-key-that-nobody-knows|hook-word/u);
  });

  it('changes nothing at PingPlotter and leaves no database behind', async () => {
    const { simulator, environment } = await startPingPlotter();
    const fleet = () =>
      simulator.fleet
        .agents()
        .map(({ id, name, sessions }) => [id, name, sessions.map(({ status }) => status)]);
    const before = fleet();
    await examined(environment);
    expect(fleet()).toEqual(before);
    const ids = before.map(([id]) => `${id}`);
    const changes = simulator.requests.filter(({ method }) => method !== 'GET');
    expect(changes.filter(({ path }) => ids.some((id) => path.includes(id)))).toEqual([]);
    const path = environment['DATABASE_URL']?.slice('file:'.length) ?? '';
    expect(existsSync(join(path, '..'))).toBe(false);
  });

  it('leaves a database that was there as it was', async () => {
    const { environment } = await startPingPlotter();
    const url = environment['DATABASE_URL'] ?? '';
    await (await openStore({ url, clock: systemClock, log: silentLog })).close();
    await examined(environment);
    const database = new Libsql(url.slice('file:'.length), { readonly: true });
    expect(database.prepare('select count(*) as n from leases').all()).toEqual([{ n: 0 }]);
    database.close();
  });

  it('reads .env, and the environment wins', async () => {
    const { environment } = await startPingPlotter();
    const project = aProject();
    const { PINGPLOTTER_API_KEY: key = '', ...rest } = environment;
    project.write('.env', `PINGPLOTTER_API_KEY=${key}\nPINGPLOTTER_BASE_URL=nonsense\n`);
    const { faults, of } = await examined(rest, { project });
    expect(faults).toEqual([]);
    expect(of('settings', '.env')?.reason).toBe('read');
  });

  it('gets a token where one is needed', async () => {
    const { environment } = await startPingPlotter();
    const identity = await managedIdentity((_request, response) => {
      const expires = Math.floor(Date.now() / 1000) + 3600;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'a-token', expires_on: `${expires}` }));
    });
    const { of, faults, stdout } = await examined({ ...environment, ...identity });
    expect(faults).toEqual([]);
    expect(of('bot credentials', 'gets a token')?.reason).toBe('for MicrosoftAppId');
    expect(stdout).not.toContain('a-token');
  });
});

describe('what a key may do', () => {
  it.each<readonly [readonly string[], readonly string[]]>([
    [[], ['lacks it', 'lacks it']],
    [['TargetManagement'], ['has it', 'lacks it']],
    [['AgentManagement'], ['lacks it', 'has it']],
  ])('is found out for %j', async (permissions, found) => {
    const { environment } = await startPingPlotter({ permissions });
    const { of, faults } = await examined(environment);
    expect(faults).toEqual([]);
    const reasons = ['TargetManagement', 'AgentManagement'].map(
      (subject) => of('PingPlotter key', subject)?.reason ?? '',
    );
    expect(reasons.map((reason) => /lacks it|has it/u.exec(reason)?.[0])).toEqual(found);
    expect(of('PingPlotter key', 'lists sessions')?.reason).toMatch(/^not allowed/u);
    expect(of('PingPlotter key', 'other permissions')?.reason).toMatch(
      /^cannot be found out without changing something/u,
    );
  });

  it('stays open where PingPlotter takes the call for an agent that does not exist', async () => {
    const { simulator, environment } = await startPingPlotter();
    simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'raw', body: 'true' } });
    const { of } = await examined(environment);
    expect(of('PingPlotter key', 'TargetManagement')?.reason).toBe(
      'cannot be found out without changing something',
    );
  });
});

const dependents: Readonly<Record<string, readonly string[]>> = {
  database: ['opens', 'writes', 'reads back', 'is left as it was'],
  'PingPlotter key': [
    'lists agents',
    'lists sessions',
    'TargetManagement',
    'AgentManagement',
    'other permissions',
  ],
};
const all = (check: string): readonly (readonly string[])[] =>
  (dependents[check] ?? []).map((subject) => [check, subject]);

describe('what does not work', () => {
  const closedPort = 'http://127.0.0.1:1';
  const clock = ['clock', 'against PingPlotter'];

  it.each<readonly [string, Environment, readonly (readonly string[])[], RegExp, RegExp]>([
    [
      'a setting out of its range',
      { POLL_SECONDS: '1' },
      [['settings', 'POLL_SECONDS']],
      /^wrong: should be a whole number from 5 to 3600$/u,
      /^Change it/u,
    ],
    [
      'a setting that is missing',
      { PINGPLOTTER_API_KEY: '' },
      [['settings', 'PINGPLOTTER_API_KEY'], ...all('PingPlotter key'), clock],
      /^missing: should be a PingPlotter Cloud API key/u,
      /^Set it/u,
    ],
    [
      'a folder that is never made',
      { DATABASE_URL: 'file:/proc/nowhere/bot.db' },
      all('database'),
      /^the folder of the database file cannot be made/u,
      /DATABASE_URL/u,
    ],
    [
      'a PostgreSQL that nobody answers for',
      { DATABASE_URL: 'postgres://bot:hunter2@127.0.0.1:1/bot' },
      all('database'),
      /^the store cannot be reached \(ECONNREFUSED\)$/u,
      /DATABASE_URL/u,
    ],
    [
      'a key that is not the one',
      { PINGPLOTTER_API_KEY: 'another' },
      all('PingPlotter key'),
      /^PingPlotter refuses the key .*401/u,
      /API Access/u,
    ],
    [
      'an address where nobody answers',
      { PINGPLOTTER_BASE_URL: closedPort },
      [...all('PingPlotter key'), clock],
      /ECONNREFUSED/u,
      /PINGPLOTTER_BASE_URL/u,
    ],
    [
      'a login address that no token may come from',
      {
        ...signedIn,
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppPassword: 'hunter2',
        ToChannelFromBotLoginUrl: `${closedPort}/a-tenant`,
      },
      [['bot credentials', 'gets a token']],
      /authority_uri_insecure/u,
      /must begin with https:/u,
    ],
  ])('is told of %s, with what to do', async (_what, change, faulty, reason, mend) => {
    const { environment } = await startPingPlotter();
    const { faults, findings, stdout } = await examined({ ...environment, ...change });
    expect(faults).toEqual(faulty);
    const [first, ...others] = findings.filter(({ ok }) => !ok);
    expect(first?.reason).toMatch(reason);
    expect(first?.mend).toMatch(mend);
    for (const other of others) expect(other.reason).toMatch(/^not checked: /u);
    expect(stdout).not.toContain('hunter2');
  });

  it('is told of a file that is no database', async () => {
    const { environment } = await startPingPlotter();
    const path = join(aFolder(), 'bot.db');
    writeFileSync(path, 'x'.repeat(5000));
    const { faults } = await examined({ ...environment, DATABASE_URL: `file:${path}` });
    expect(faults).toEqual(all('database'));
    expect(existsSync(path)).toBe(true);
  });

  it('is told of a managed identity that gives no token', async () => {
    const { environment } = await startPingPlotter();
    const identity = await managedIdentity((_request, response) => {
      response.statusCode = 400;
      response.end('{"error":"invalid_request","error_description":"hunter2"}');
    });
    const { faults, of, stdout } = await examined({ ...environment, ...identity });
    expect(faults).toEqual([['bot credentials', 'gets a token']]);
    expect(of('bot credentials', 'gets a token')?.reason).toMatch(/^no token was given/u);
    expect(stdout).not.toContain('hunter2');
  }, 60_000);

  it('is told of something else at the address', async () => {
    const { environment } = await startPingPlotter();
    const url = await serve((_request, response) => void response.end('<html>hello</html>'));
    const { faults, of } = await examined({ ...environment, PINGPLOTTER_BASE_URL: url });
    expect(faults).toEqual(all('PingPlotter key'));
    expect(of('PingPlotter key', 'lists agents')?.reason).toContain('the answer cannot be read');
  });

  it('is told of a PingPlotter that never answers, within its deadline', async () => {
    const { environment } = await startPingPlotter();
    const hanging = { PINGPLOTTER_BASE_URL: await serve(() => undefined) };
    const { of } = await examined({ ...environment, ...hanging, PINGPLOTTER_TIMEOUT_MS: '100' });
    expect(of('PingPlotter key', 'lists agents')?.reason).toContain('no answer within 100 ms');
  });

  it.each<readonly [number, boolean, RegExp]>([
    [-600, false, /^(599|60\d) s ahead$/u],
    [600, false, /^(599|600) s behind$/u],
    [-30, true, /^(29|3\d) s ahead$/u],
  ])('is told of a clock that is off by %i s', async (seconds, ok, reason) => {
    const { environment } = await startPingPlotter();
    const url = await serve((_request, response) => {
      response.setHeader('Date', new Date(Date.now() + seconds * 1000).toUTCString());
      response.setHeader('Content-Type', 'application/json');
      response.end('[]');
    });
    const { of } = await examined({ ...environment, PINGPLOTTER_BASE_URL: url });
    const finding = of('clock', 'against PingPlotter');
    expect(finding).toMatchObject({ ok, reason: expect.stringMatching(reason) });
    if (!ok) expect(finding?.mend).toContain('NTP');
  });

  it('is told of a file .env that cannot be read', async () => {
    const { environment } = await startPingPlotter();
    const project = aProject();
    project.write('.env/file', '');
    const { faults } = await examined(environment, { project });
    expect(faults).toEqual([['settings', '.env']]);
  });

  it('is told in full when nothing is set', async () => {
    const { findings } = await examined({}, { words: ['--audit'] });
    const checks = new Set(findings.filter(({ ok }) => !ok).map(({ check }) => check));
    expect([...checks]).toEqual(['settings', 'PingPlotter key', 'bot credentials', 'clock']);
    for (const { check, ok, reason, mend } of findings)
      if (!ok && check !== 'settings')
        expect([reason, mend]).toEqual([expect.stringMatching(/^not checked: /u), undefined]);
  });

  it('is no word that it does not know', async () => {
    const { code, stdout, stderr } = await aProject().run('cli/doctor.js', {}, '--nonsense');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('npm run doctor');
  });
});

const manifest = (botIdThere: string, domain = 'bot.example.com') =>
  JSON.stringify({
    bots: [{ botId: botIdThere }],
    composeExtensions: [{ botId: botIdThere }],
    validDomains: [domain],
  });
const zipped = (name: string, content: string): Uint8Array => zipSync({ [name]: strToU8(content) });

describe('the app manifest', () => {
  const ours = { MicrosoftAppId: botId.toUpperCase(), BOT_DOMAIN: 'bot.example.com' };
  const source = 'appPackage/manifest.json';
  const archive = 'build/appPackage.zip';
  const placeholders = manifest('${{BOT_ID}}', '${{BOT_DOMAIN}}');

  it.each<readonly [string, Environment, string, string | Uint8Array, true | RegExp]>([
    ['with placeholders', ours, source, placeholders, true],
    ['built for this bot', ours, archive, zipped('manifest.json', manifest(botId)), true],
    ['built, without the archive', ours, 'build/manifest.json', manifest(botId), true],
    ['of no bot yet', {}, archive, zipped('manifest.json', manifest(botId)), true],
    [
      'with placeholders that are filled for another bot',
      { ...ours, BOT_ID: 'another' },
      source,
      placeholders,
      /another bot than MicrosoftAppId/u,
    ],
    ['of another bot', ours, source, manifest('another'), /another bot than MicrosoftAppId/u],
    [
      'built for another bot',
      ours,
      archive,
      zipped('manifest.json', manifest('another')),
      /another bot than MicrosoftAppId/u,
    ],
    [
      'built for another domain',
      ours,
      archive,
      zipped('manifest.json', manifest(botId, 'else.example.com')),
      /domain of BOT_DOMAIN/u,
    ],
    [
      'built with placeholders',
      ours,
      archive,
      zipped('manifest.json', placeholders),
      /placeholders that nothing filled/u,
    ],
    ['without a bot', ours, source, '{}', /names no bot/u],
    ['that is no JSON', ours, source, '{', /cannot be read/u],
    ['missing in its archive', ours, archive, zipped('other', ''), /holds no manifest\.json/u],
    ['in an archive that is none', ours, archive, 'x'.repeat(100), /cannot be read/u],
  ])('%s is compared', async (_what, environment, path, content, expected) => {
    const project = aProject();
    project.write(path, content);
    const { of } = await examined(environment, { project });
    const finding = of('app manifest', path);
    expect(finding?.ok).toBe(expected === true);
    if (expected !== true) {
      expect(finding?.reason).toMatch(expected);
      expect(finding?.mend).not.toBe('');
    }
  });

  it('that is not there cannot differ', async () => {
    const { of } = await examined(ours);
    expect(of('app manifest', source)).toMatchObject({ ok: true });
  });
});

describe('the audit log', () => {
  const audited = async () => {
    const { environment } = await startPingPlotter();
    const url = environment['DATABASE_URL'] ?? '';
    const store = await openStore({ url, clock: systemClock, log: silentLog });
    for (const action of ['agent.rename', 'agent.pause', 'agent.resume'])
      await store.audit.append({
        account: 'default',
        conversationKey: '19:ops',
        tenantId: 'contoso',
        personId: 'ada',
        personName: 'Ada',
        at: 1,
        action,
        result: 'done',
        correlationId: 'c',
      });
    await store.close();
    return { environment, path: url.slice('file:'.length) };
  };

  it('is looked at only when that is wished', async () => {
    const { environment } = await audited();
    expect((await examined(environment)).of('audit log', 'chain')).toBeUndefined();
    const { of, faults } = await examined(environment, { words: ['--audit'] });
    expect(of('audit log', 'chain')).toMatchObject({ ok: true, reason: 'whole: 3 entries' });
    expect(faults).toEqual([]);
  });

  it('is broken once somebody changed it', async () => {
    const { environment, path } = await audited();
    const database = new Libsql(path);
    database.exec(`update audit set entry = replace(entry, 'Ada', 'Eve') where seq = 2`);
    database.close();
    const { of, faults } = await examined(environment, { words: ['--audit'] });
    expect(faults).toEqual([['audit log', 'chain']]);
    expect(of('audit log', 'chain')?.reason).toMatch(/^broken: entry 2 /u);
  });

  it('is not checked where the database does not open', async () => {
    const { environment } = await startPingPlotter();
    const url = 'file:/proc/nowhere/bot.db';
    const { of } = await examined({ ...environment, DATABASE_URL: url }, { words: ['--audit'] });
    expect(of('audit log', 'chain')).toMatchObject({
      ok: false,
      reason: 'not checked: the database does not open',
    });
  });
});
