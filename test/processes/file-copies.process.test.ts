import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../src/cli/playground.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aFolder } from '../store/a-folder.ts';
import { environmentOf } from './bot-environment.ts';
import { aProject } from './programs.ts';
import { setStage } from './stage.ts';

/** A bot on a new file, in which somebody has made a watch. */
const used = async () => {
  const { simulator, connector } = await setStage();
  const path = join(aFolder(), 'bot.db');
  const port = await freePort(0);
  const project = aProject();
  const environment = environmentOf({ simulator, databaseUrl: `file:${path}`, port });
  const running = project.start([process.execPath, project.path('dist/main.js')], environment);
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers, { timeout: 15_000, interval: 50 }).toBe(true);
  const alex = createTeamsUser({ botUrl: url, connector });
  await alex.say('watch field.Site:Boise');
  const auditOf = (file: string) => project.run('cli/audit.js', { DATABASE_URL: `file:${file}` });
  return { path, running, auditOf, alex, simulator };
};

const copied = (path: string, ...suffixes: readonly string[]): string => {
  const copy = join(aFolder(), 'copy.db');
  for (const suffix of ['', ...suffixes])
    if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
  return copy;
};

it('A12: the file of a stopped bot is whole by itself, as the page on operations says', async () => {
  const { path, running, auditOf } = await used();
  running.signal('SIGTERM');
  expect((await running.ended).code).toBe(0);
  expect(await auditOf(copied(path))).toMatchObject({
    code: 0,
    stderr: 'The audit log is whole: 1 entries.\n',
  });
}, 60_000);

it('A12: so it is when PingPlotter never answered the turn in flight', async () => {
  const { path, running, auditOf, alex, simulator } = await used();
  simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'hang' } });
  const said = alex.say('pause lax-12 / crm').catch(() => undefined);
  await expect
    .poll(() => simulator.requests.some((request) => request.path.endsWith('/session')))
    .toBe(true);
  running.signal('SIGTERM');
  expect((await running.ended).code).toBe(0);
  await said;
  expect((await auditOf(copied(path))).stderr).toMatch(/^The audit log is whole: [12] entries/u);
}, 60_000);

it('A12: that of a killed one is, together with its log', async () => {
  const { path, running, auditOf } = await used();
  running.signal('SIGKILL');
  await running.ended;
  expect(await auditOf(copied(path, '-wal'))).toMatchObject({
    code: 0,
    stderr: 'The audit log is whole: 1 entries.\n',
  });
}, 60_000);

it('A14: a damaged file is called so by every program, with the way to the backup', async () => {
  const path = join(aFolder(), 'bot.db');
  writeFileSync(path, 'no database '.repeat(1000));
  const project = aProject();
  const { simulator } = await setStage();
  const environment = environmentOf({ simulator, databaseUrl: `file:${path}`, port: 1 });
  for (const [program, ...words] of [
    ['main.js'],
    ['cli/audit.js'],
    ['cli/backup.js', join(aFolder(), 'a.jsonl')],
  ]) {
    const { code, stderr } = await project.run(`${program}`, environment, ...words);
    expect([code, stderr]).toEqual([
      1,
      'The database cannot be used: the database is damaged (SQLITE_NOTADB). Put the last backup into a new database with npm run restore; see docs/operations.md, Backup and restore.\n',
    ]);
  }
}, 60_000);
