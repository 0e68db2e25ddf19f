import { afterAll, beforeAll, expect, it } from 'vitest';
import { headlines } from '../fakes/headlines.ts';
import { createTeamsUser, type TeamsUserOptions } from '../fakes/teams-user.ts';
import type { Postgres } from '../store/postgres.ts';
import { sharedPostgres } from '../store/shared-postgres.ts';
import type { BotProcess } from './bot-environment.ts';
import { pollMs, quickBot } from './bot-process.ts';
import { setStage } from './stage.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await sharedPostgres();
});
afterAll(() => postgres.stop());

const startPair = async () => {
  const stage = await setStage();
  const { simulator, connector } = stage;
  const databaseUrl = await postgres.newDatabase();
  const instances = await Promise.all([
    quickBot.instance({ simulator, databaseUrl }),
    quickBot.instance({ simulator, databaseUrl }),
  ]);
  await Promise.all(instances.map(({ start }) => start()));
  /** Alex, whose messages reach this instance. */
  const alexAt = ({ url }: BotProcess, options: Partial<TeamsUserOptions> = {}) =>
    createTeamsUser({ botUrl: url, connector, ...options });
  const sent = (method: string, path: RegExp): readonly string[] =>
    simulator.requests
      .filter((request) => request.method === method && path.test(request.path))
      .map(({ body }) => body);
  return { ...stage, databaseUrl, instances, alexAt, sent };
};

const hasSwept = async ({ url }: BotProcess): Promise<boolean> =>
  /^bot_sweep_seconds_count/mu.test(await (await fetch(`${url}/metrics`)).text());

/** Each instance looks that often for what is due. */
const jobsEveryMs = 5000;

const watching = 'Watching 6 agents · watch 1 · Poor or offline, Site Boise';

const places: readonly NonNullable<TeamsUserOptions['conversation']>[] = [
  { id: 'a:personal-alex', conversationType: 'personal' },
  { id: '19:operations@thread.v2', conversationType: 'groupChat' },
  { id: '19:general@thread.tacv2;messageid=1700', conversationType: 'channel' },
];

it('goes on sweeping when the one that did is killed, and notifies of everything once', async () => {
  const { simulator, connector, instances, alexAt, collapse, recover, polled } = await startPair();
  const [one, two] = instances;
  for (const [index, conversation] of places.entries())
    await alexAt(index === 0 ? one : two, { conversation }).say('watch field.Site:Boise');
  await polled(1);
  const [sweeper, other] = (await hasSwept(one)) ? [one, two] : [two, one];
  expect(await hasSwept(other)).toBe(false);

  collapse();
  await polled(1);
  await sweeper.kill();
  const killedAt = Date.now();
  await polled(1);
  expect((simulator.requests.at(-1)?.at ?? 0) - killedAt).toBeLessThan(3 * pollMs + 5000);

  const told = (): readonly (readonly string[])[] =>
    places.map(({ id }) => headlines(connector, id));
  const story = [watching, '6 agents at Boise are Poor'];
  const everywhere = (words: readonly string[]) => places.map(() => words);
  await expect.poll(told, { timeout: 60_000 }).toEqual(everywhere(story));
  await sweeper.start();
  recover();
  const over = [...story, '6 agents at Boise are fine again'];
  await expect.poll(told, { timeout: 60_000 }).toEqual(everywhere(over));
  await polled(1);
  expect(told()).toEqual(everywhere(over));
}, 180_000);

it('resumes at the end of a timed pause once, and says so once', async () => {
  const { databaseUrl, instances, alexAt, sent, posts, posted, polled } = await startPair();
  await alexAt(instances[0]).say('pause lax-12 / crm for 15m');
  await postgres.run(databaseUrl, `update timed_resumes set due_at = ${Date.now()}`);
  await posted(2);
  await polled(Math.ceil(jobsEveryMs / pollMs));
  expect(posts()[1]).toBe('LAX-12 → crm measures again');
  expect(posts()).toHaveLength(2);
  expect(sent('PUT', /\/session$/u).map((body) => JSON.parse(body).Action)).toEqual([
    'pause',
    'resume',
  ]);
}, 150_000);

it('deletes once when a confirmation is pressed at both instances at once', async () => {
  const { instances, alexAt, sent, simulator } = await startPair();
  const [atOne, atTwo] = [alexAt(instances[0]), alexAt(instances[1])];
  const names = ['LAX-12', 'LAX-14', 'DEN-01', 'SEA-21'];
  for (const name of names) {
    const { card } = await atOne.say(`delete ${name}`);
    await Promise.all([atOne, atTwo].map((alex) => alex.press(card, 'agent.delete')));
  }
  const ids = names.map((name) => simulator.fleet.agents().find((one) => one.name === name)?.id);
  expect(sent('DELETE', /^\/agents$/u).map((body) => JSON.parse(body).UniqueId)).toEqual(ids);
}, 150_000);

it('A6: announces no reconnect of its own, though the one that was asked does not poll and is killed', async () => {
  const { simulator, instances, alexAt, posts, polled } = await startPair();
  const [one, two] = instances;
  for (const name of ['LAX-07', 'LAX-15']) await alexAt(one).say(`watch name:${name}`);
  await polled(3);
  const other = (await hasSwept(one)) ? two : one;
  expect(await hasSwept(other)).toBe(false);
  await alexAt(other).say('reconnect LAX-07');
  // One that takes its time, and another agent that goes by itself.
  for (const { id, name } of simulator.fleet.agents())
    if (['LAX-07', 'LAX-15'].includes(name)) simulator.edit.setOnline(id, false);
  await other.kill();
  const alerts = (): readonly string[] => posts().filter((post) => /^Offline/u.test(post));
  await expect.poll(alerts, { timeout: 60_000 }).not.toEqual([]);
  await polled(5);
  expect(alerts()).toEqual([expect.stringContaining('LAX-15')]);
}, 150_000);
