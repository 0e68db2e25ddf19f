import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import type { AuditEntry } from '../../src/features/audit/store.ts';
import { openStore } from '../../src/store/open.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { built } from '../processes/built.ts';
import { aFolder } from '../store/a-folder.ts';

const run = async (databaseUrl: string, ...wishes: readonly string[]) => {
  const child = spawn(process.execPath, [built('cli/audit.js'), ...wishes], {
    env: { DATABASE_URL: databaseUrl },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { exitCode: child.exitCode, printed, said };
};

const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  account: 'default',
  tenantId: 'tenant-1',
  conversationKey: 'a:chat',
  personId: 'alex-id',
  personName: 'Alex',
  at: Date.parse('2026-11-23T12:00:00Z'),
  action: 'rename',
  agentId: 'lax-12',
  result: 'done',
  before: 'LAX-12',
  after: '=HYPERLINK("http://evil.example")',
  correlationId: 'c-1',
  ...changes,
});

/** A log of that many entries, in a file. */
const aLog = async (count: number): Promise<{ readonly url: string; readonly path: string }> => {
  const path = join(aFolder(), 'bot.db');
  const url = `file:${path}`;
  const store = await openStore({ url, clock: fakeClock(), log: silentLog });
  for (let index = 0; index < count; index += 1)
    await store.audit.append(entry({ correlationId: `c-${index + 1}` }));
  await store.close();
  return { url, path };
};

/** Does to the file what nobody should be able to do unseen. */
const meddle = (path: string, sql: string): void => {
  const database = new Libsql(path);
  database.exec(sql);
  database.close();
};

it('says that a log is whole, with exit code 0', async () => {
  const { url } = await aLog(3);
  expect(await run(url)).toEqual({
    exitCode: 0,
    printed: '',
    said: 'The audit log is whole: 3 entries.\n',
  });
});

it.each([
  ['changed', `update audit set entry = replace(entry, 'Alex', 'Eve') where seq = 2`, 2],
  ['removed', 'delete from audit where seq = 2', 2],
  ['removed at the end', 'delete from audit where seq = 3', 3],
  [
    'put in',
    `insert into audit select 4, account, tenant_id, person_id, agent_id, at, entry, hash from audit where seq = 3`,
    4,
  ],
])('says which entry was %s, with exit code 1', async (_how, sql, seq) => {
  const { url, path } = await aLog(3);
  meddle(path, sql);
  expect(await run(url)).toEqual({
    exitCode: 1,
    printed: '',
    said: `The audit log is broken: entry ${seq} was changed, removed or put in.\n`,
  });
});

it('prints CSV, newest first, that no spreadsheet takes for formulas, and checks the chain too', async () => {
  const { url, path } = await aLog(2);
  const { exitCode, printed, said } = await run(url, '--csv');
  expect(exitCode).toBe(0);
  expect(said).toContain('whole: 2 entries');
  const [head, newest, oldest, end] = printed.split('\r\n');
  expect(head).toBe(
    'at,tenantId,conversationKey,personId,personName,action,agentId,agentName,result,status,before,after,detail,correlationId',
  );
  expect(newest).toBe(
    `2026-11-23T12:00:00.000Z,tenant-1,a:chat,alex-id,Alex,rename,lax-12,,done,,LAX-12,"'=HYPERLINK(""http://evil.example"")",,c-2`,
  );
  expect(oldest).toContain(',c-1');
  expect(end).toBe('');
  meddle(path, `update audit set entry = replace(entry, 'Alex', 'Eve')`);
  const broken = await run(url, '--csv');
  expect(broken).toMatchObject({ exitCode: 1, said: expect.stringContaining('entry 1') });
  expect(broken.printed).toContain('Eve');
});

it('prints the entries of all accounts with their account, or those of one', async () => {
  const { url } = await aLog(1);
  const store = await openStore({ url, clock: fakeClock(), log: silentLog });
  await store.audit.append(entry({ account: 'acme, Inc.', correlationId: 'c-2' }));
  await store.close();
  const all = (await run(url, '--csv')).printed.split('\r\n');
  expect(all[0]).toMatch(/,correlationId,account$/u);
  expect(all[1]).toMatch(/,c-2,"acme, Inc\."$/u);
  expect(all[2]).toMatch(/,c-1,default$/u);
  const one = await run(url, '--csv', '--account', 'default');
  expect(one.printed.split('\r\n').slice(1)).toEqual([all[2], '']);
  expect(one.said).toContain('whole: 2 entries');
  expect(await run(url, '--csv', '--account', 'nobody')).toEqual({
    exitCode: 2,
    printed: '',
    said: 'The audit log has nothing of the account “nobody”. It has “acme, Inc.”, “default”.\n',
  });
});

it('finds nothing whole where there is no database, and makes none', async () => {
  const path = join(aFolder(), 'none.db');
  expect(await run(`file:${path}`)).toEqual({
    exitCode: 1,
    printed: '',
    said: 'There is no database. Check DATABASE_URL.\n',
  });
  expect(existsSync(path)).toBe(false);
});

it.each([
  [
    'a database that cannot be reached',
    'postgres://bot:never-to-be-seen@127.0.0.1:9/bot',
    [],
    1,
    'Check DATABASE_URL',
  ],
  [
    'a database of another kind',
    'mysql://bot:never-to-be-seen@127.0.0.1/bot',
    [],
    2,
    'DATABASE_URL: should be',
  ],
  ['an account without a table', 'file:none.db', ['--account', 'acme'], 2, 'goes with --csv'],
  ['a wish that it does not know', 'file:none.db', ['--pdf'], 2, 'npm run audit'],
])('names what is wrong with %s', async (_name, url, wishes, code, words) => {
  const { exitCode, printed, said } = await run(url, ...wishes);
  expect({ exitCode, printed }).toEqual({ exitCode: code, printed: '' });
  expect(said).toContain(words);
  expect(said).not.toMatch(/never-to-be-seen|\bat \w+ /u);
});
