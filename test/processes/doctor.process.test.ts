import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  botId,
  type Environment,
  managedIdentity,
  readFindings,
  startPingPlotter,
} from '../cli/doctor/examined.ts';
import { aProject } from './programs.ts';

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
  const found = readFindings(stdout);
  expect(code).toBe(found.ok ? 0 : 1);
  return found;
};

describe('npm run doctor', () => {
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

  it('is notified of a managed identity that gives no token', async () => {
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

  it('is notified of a file .env that cannot be read', async () => {
    const { environment } = await startPingPlotter();
    const project = aProject();
    project.write('.env/file', '');
    const { faults } = await examined(environment, { project });
    expect(faults).toEqual([['settings', '.env']]);
  });

  it('reads the manifest that stands in the project, and the audit log when that is wished', async () => {
    const { environment } = await startPingPlotter();
    const project = aProject();
    const manifest = JSON.stringify({ bots: [{ botId: 'another' }] });
    project.write('build/appPackage.zip', zipSync({ 'manifest.json': strToU8(manifest) }));
    const { faults, of } = await examined(
      { ...environment, MicrosoftAppId: botId },
      { project, words: ['--audit'] },
    );
    expect(faults).toContainEqual(['app manifest', 'build/appPackage.zip']);
    expect(of('audit log', 'chain')).toMatchObject({ ok: true });
  });

  it('is notified in full when nothing is set', async () => {
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
    expect(stderr).toMatch(/^Unknown option '--nonsense'\.\nnpm run doctor/u);
  });
});
