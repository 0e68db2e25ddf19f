import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/store/open.ts';
import { startBot } from '../fakes/bot.ts';
import { fakeClock } from '../fakes/clock.ts';
import { headlines } from '../fakes/headlines.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFolder } from '../store/a-folder.ts';
import { passUntil } from './pass.ts';

const Line = z.looseObject({ message: z.string(), correlationId: z.string().optional() });
const Row = z.object({ correlation_id: z.string() });

const start = async () => {
  const clock = fakeClock();
  const path = join(aFolder(), 'bot.db');
  const environment = { POLL_SECONDS: '5', DATABASE_URL: `file:${path}` };
  const bot = await startBot({ clock, watching: true, environment });
  const lines = () => bot.logged.map((line) => Line.parse(JSON.parse(line)));
  return {
    ...bot,
    clock,
    lines,
    of: (correlationId: string | undefined) =>
      lines().filter((line) => line.correlationId === correlationId),
    outboxIds: () => {
      const database = new Libsql(path, { readonly: true });
      try {
        return z
          .array(Row)
          .parse(database.prepare('select correlation_id from outbox order by id').all())
          .map((row) => row.correlation_id);
      } finally {
        database.close();
      }
    },
    audited: async () => {
      const store = await openStore({ url: `file:${path}`, clock, log: silentLog });
      const entries = await store.audit.list({ account: 'default', limit: 10 });
      await store.close();
      return entries;
    },
  };
};

it('is one from an activity to its calls, its turn and its audit entry', async () => {
  const { alex, lines, of, audited } = await start();
  await alex.say('pause lax / crm');
  const call = lines().find(({ endpoint }) => endpoint === 'PUT /agents/{uniqueId}/session');
  expect(call).toMatchObject({ message: 'pingplotter.called', outcome: 'ok', status: 200 });
  expect(of(call?.correlationId)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ message: 'pingplotter.called', endpoint: 'GET /sessions' }),
      expect.objectContaining({ message: 'turn.done', command: 'pause' }),
    ]),
  );
  expect(await audited()).toMatchObject([{ correlationId: call?.correlationId }]);
});

it('is another for each activity', async () => {
  const { alex, lines } = await start();
  await alex.say('whoami');
  await alex.say('whoami');
  const ids = lines().flatMap(({ message, correlationId }) =>
    message === 'turn.done' ? [correlationId] : [],
  );
  expect(new Set(ids).size).toBe(2);
});

it('is one from a poll to its calls, the outbox and the delivery', async () => {
  const { alex, clock, connector, simulator, lines, of, outboxIds } = await start();
  simulator.edit.setQuality('lax-12', 'voice-1', { score: 95 });
  await alex.say('watch lax');
  simulator.edit.setQuality('lax-12', 'voice-1', { score: 20 });
  await passUntil(clock, () => headlines(connector, alex.conversation.id).length > 1);
  await passUntil(clock, () => lines().some(({ message }) => message === 'delivery.arrived'));

  const [id] = outboxIds();
  const messages = of(id).map(({ message, endpoint }) => [message, endpoint].join(' ').trim());
  expect(messages).toEqual(
    expect.arrayContaining([
      'pingplotter.called GET /agents',
      'pingplotter.called POST /agents/status',
      'poll.done',
      'delivery.arrived',
    ]),
  );
  expect(messages.filter((message) => message === 'poll.done')).toHaveLength(1);
});

it('is that of the door for whoever is turned away', async () => {
  const { url, lines } = await start();
  await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message' }),
  });
  const refused = lines().find(({ message }) => message === 'activity.refused');
  expect(refused?.correlationId).toMatch(/^id-/u);
});
