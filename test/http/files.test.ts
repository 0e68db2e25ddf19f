import { request } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFileLinks } from '../../src/http/file-links.ts';
import { createHttpServer } from '../../src/http/server.ts';
import type { Files, StoredFile } from '../../src/platform/files.ts';
import { fakeClock } from '../fakes/clock.ts';

const hour = 3_600_000;
const silent = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

const memory = (): Files & { readonly asked: string[] } => {
  const stored = new Map<string, StoredFile>();
  const asked: string[] = [];
  return {
    asked,
    add: async (file) => {
      stored.set(file.id, file);
      return true;
    },
    find: async (id) => {
      asked.push(id);
      return stored.get(id);
    },
  };
};

const aLink = (changes: Partial<Parameters<typeof createFileLinks>[0]> = {}) => {
  const clock = fakeClock();
  const stored = memory();
  let ids = 0;
  const links = createFileLinks({
    publicUrl: 'https://bot.example.com/teams',
    secrets: ['key', ''],
    stored,
    clock,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    ...changes,
  });
  return { clock, stored, links };
};

const tokenOf = (url: string | undefined): string =>
  new URL(url ?? '').pathname.split('/')[3] ?? '';
const file = { name: 'agents.csv', text: 'Name\r\nZürich\r\n' };

it('leads to the file for an hour, as often as wanted', async () => {
  const { clock, links } = aLink();
  const url = await links.link(file);
  expect(url).toMatch(/^https:\/\/bot\.example\.com\/teams\/files\/[\w.-]+$/u);
  const token = tokenOf(url);
  for (let n = 0; n < 3; n += 1) expect(await links.open(token)).toMatchObject(file);
  await clock.advance(hour - 1);
  expect(await links.open(token)).toMatchObject(file);
  await clock.advance(1);
  expect(await links.open(token)).toBeUndefined();
});

it('is opened by another instance with the same secrets, and by no other', async () => {
  const { clock, stored, links } = aLink();
  const token = tokenOf(await links.link(file));
  expect(await aLink({ stored, clock }).links.open(token)).toMatchObject(file);
  expect(await aLink({ stored, clock, secrets: ['other', ''] }).links.open(token)).toBeUndefined();
});

it('asks no database about what is forged or over', async () => {
  const { stored, links } = aLink();
  const token = tokenOf(await links.link(file));
  const [id, until, signature] = token.split('.');
  const forged = [
    ...['', 'x', 'id-1', `${id}.${until}`, `${id}.${until}.`, `${id}.zzzzzzzz.${signature}`],
    ...[
      `id-2.${until}.${signature}`,
      `${id}.${until}.${signature}x`,
      `../${token}`,
      '%'.repeat(99),
    ],
  ];
  for (const one of forged) expect(await links.open(one)).toBeUndefined();
  expect(stored.asked).toEqual([]);
});

it('is none without an address of the bot, or without room', async () => {
  expect(await aLink({ publicUrl: undefined }).links.link(file)).toBeUndefined();
  const full = { ...memory(), add: async () => false };
  expect(await aLink({ stored: full }).links.link(file)).toBeUndefined();
});

const serving = async (openFile?: (token: string) => Promise<typeof file | undefined>) => {
  const server = createHttpServer({
    refusal: () => undefined,
    receive: async () => ({ status: 200 }),
    ready: async () => ({
      ready: true,
      checks: { store: true, pingplotter: true, monitor: true, delivery: true },
    }),
    metricsText: async () => ({ contentType: 'text/plain', body: '' }),
    onHint: async () => true,
    log: silent,
    ...(openFile === undefined ? {} : { openFile }),
  });
  const port = await server.listen(0, '127.0.0.1');
  onTestFinished(() => server.close());
  return {
    port,
    get: (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } }),
  };
};

it('is served as an attachment that nobody stores, and that Excel reads as UTF-8', async () => {
  const { get } = await serving(async (token) => (token === 'a.b.c' ? file : undefined));
  const answer = await get('/files/a.b.c');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="agents.csv"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.toString('utf8')).toBe(`\uFEFF${file.text}`);
  expect((await get('/files/other')).status).toBe(404);
  expect((await get('/files/')).status).toBe(404);
  expect((await get('/files/%ff')).status).toBeLessThan(500);
});

it('is 404 where there are no files', async () => {
  const { get } = await serving();
  expect((await get('/files/a.b.c')).status).toBe(404);
});

it('keeps the token out of the log when the store is down', async () => {
  silent.error.mockClear();
  const { get } = await serving(async () => {
    throw new Error('store down');
  });
  const answer = await get('/files/secret.token.here');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('secret');
  expect(silent.error).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(silent.error.mock.calls)).not.toContain('secret');
});

it('gives so many out at once, and makes room when readers go', async () => {
  const large = { name: 'a.csv', text: 'x'.repeat(8 * 1024 * 1024) };
  const { port, get } = await serving(async () => large);
  const slow = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        new Promise<ReturnType<typeof request>>((resolve) => {
          const asking = request({ port, host: '127.0.0.1', path: '/files/a' });
          // Its answer is never read.
          asking.once('response', () => resolve(asking));
          asking.on('error', () => {});
          asking.end();
        }),
    ),
  );
  expect((await get('/files/a')).status).toBe(503);
  for (const one of slow) one.destroy();
  await vi.waitFor(async () => expect((await get('/files/a')).status).toBe(200));
});
