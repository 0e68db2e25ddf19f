import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../../store/a-folder.ts';
import { type Environment, examined, serve, signedIn, startPingPlotter } from './examined.ts';

const dependents: Readonly<Record<string, readonly string[]>> = {
  database: ['opens', 'writes', 'reads back', 'is left as it was'],
  'PingPlotter key': [
    'lists agents',
    'lists sessions',
    'reads trace data',
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
  ])('is notified of %s, with what to do', async (_what, change, faulty, reason, mend) => {
    const { environment } = await startPingPlotter();
    const { faults, findings, stdout } = await examined({ ...environment, ...change });
    expect(faults).toEqual(faulty);
    const [first, ...others] = findings.filter(({ ok }) => !ok);
    expect(first?.reason).toMatch(reason);
    expect(first?.mend).toMatch(mend);
    for (const other of others) expect(other.reason).toMatch(/^not checked: /u);
    expect(stdout).not.toContain('hunter2');
  });

  it('A14: is notified of a file that is no database, with the way to the backup', async () => {
    const { environment } = await startPingPlotter();
    const path = join(aFolder(), 'bot.db');
    writeFileSync(path, 'x'.repeat(5000));
    const { faults, of } = await examined({ ...environment, DATABASE_URL: `file:${path}` });
    expect(faults).toEqual(all('database'));
    expect(of('database', 'opens')).toMatchObject({
      reason: 'the database is damaged (SQLITE_NOTADB)',
      mend: expect.stringContaining('npm run restore'),
    });
    expect(existsSync(path)).toBe(true);
  });

  it('is notified of something else at the address', async () => {
    const { environment } = await startPingPlotter();
    const url = await serve((_request, response) => void response.end('<html>hello</html>'));
    const { faults, of } = await examined({ ...environment, PINGPLOTTER_BASE_URL: url });
    expect(faults).toEqual(all('PingPlotter key'));
    expect(of('PingPlotter key', 'lists agents')?.reason).toContain('the answer cannot be read');
  });

  it('is notified of a PingPlotter that never answers, within its deadline', async () => {
    const { environment } = await startPingPlotter();
    const hanging = { PINGPLOTTER_BASE_URL: await serve(() => undefined) };
    const { of } = await examined({ ...environment, ...hanging, PINGPLOTTER_TIMEOUT_MS: '100' });
    expect(of('PingPlotter key', 'lists agents')?.reason).toContain('no answer within 100 ms');
  });

  it.each<readonly [number, boolean, RegExp]>([
    [-600, false, /^(599|60\d) s ahead$/u],
    [600, false, /^(599|600) s behind$/u],
    [-30, true, /^(29|3\d) s ahead$/u],
  ])('is notified of a clock that is off by %i s', async (seconds, ok, reason) => {
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
});
