import { expect, it } from 'vitest';
import { connect, failureOf } from './connect.ts';
import { answer, json, type RawServer, type Respond, rawServer } from './raw-server.ts';

const ids = Array.from({ length: 2600 }, (_, index) => `a${index}`);

/** The first agent of each call. */
const asked = (server: RawServer): readonly string[] =>
  server.received.map(({ body }) => JSON.parse(body).AgentUniqueIds[0]);

/** Answers each batch by its first agent. */
const batches = async (answers: Readonly<Record<string, Respond>>): Promise<RawServer> => {
  const server: RawServer = await rawServer((request, response) => {
    const first = asked(server).at(-1) ?? '';
    const respond = answers[first] ?? json([{ AgentUniqueId: first }]);
    respond(request, response);
  });
  return server;
};

it('C3: keeps what other batches told of, and says of whom one that failed was about', async () => {
  const server = await batches({ a500: answer(500, ''), a1500: answer(500, '') });
  const statuses = await connect(server.url).pingPlotter.status(ids);
  expect([...statuses.keys()].sort()).toEqual(['a0', 'a1000', 'a2000', 'a2500']);
  expect(statuses.unread?.code).toBe('unavailable');
  const unread = [...ids.slice(500, 1000), ...ids.slice(1500, 2000)];
  expect([...(statuses.unread?.agents ?? [])].sort()).toEqual(unread.sort());
});

it('rejects where no batch could be read', async () => {
  const server = await rawServer(answer(500, ''));
  const { pingPlotter } = connect(server.url);
  expect((await failureOf(pingPlotter.status(ids))).code).toBe('unavailable');
});

it('rejects when the key is refused, whatever other batches told of', async () => {
  const server = await batches({ a1000: answer(401, '') });
  const { pingPlotter } = connect(server.url);
  expect((await failureOf(pingPlotter.status(ids))).code).toBe('key-wrong');
});

it.each([
  ['that all calls meet', { a0: answer(403, '') }, 2],
  [
    'three times',
    Object.fromEntries(['a0', 'a500', 'a1000'].map((id) => [id, answer(500, '')])),
    7,
  ],
])('asks for no more batches after a failure %s', async (_name, answers, most) => {
  const server = await batches(answers);
  const many = Array.from({ length: 6000 }, (_, index) => `a${index}`);
  const statuses = await connect(server.url).pingPlotter.status(many);
  const calls = new Set(asked(server));
  expect(calls.size).toBeLessThanOrEqual(most);
  // Whom it did not ask about it does not know either.
  expect(statuses.unread?.agents.size).toBe(6000 - 500 * statuses.size);
  expect(statuses.size).toBeGreaterThan(0);
});
