import { expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { sharedBot } from '../fakes/shared-bot.ts';
import { aDatabase } from '../store/a-database.ts';
import { boise, bulkBot } from './bulk-fleet.ts';
import { pass, passUntil } from './pass.ts';

const fleet = [boise(1), boise(2), boise(3, {}, true), boise(4, { site: 'Denver' })];
const paused = (id: number): string => `PUT /agents/boi-${id}/sessions?action=0`;
const resumed = (id: number): string => `PUT /agents/boi-${id}/sessions?action=1`;
const titles = (card: object): readonly (string | undefined)[] =>
  executesOf({ ...card }).map(({ title }) => title);

it('previews, pauses, reports and takes back as it was', async () => {
  const bot = await bulkBot(fleet);
  const { card, messageId } = await bot.alex.say('pause where field.Site:Boise');
  const words = wordsOf(card);
  expect(words).toContain('Pause 2 agents?');
  expect(words).toMatch(/takes about \d+ s/u);
  expect(words).toContain('1 left out, paused already: BOI-3');
  expect(titles(card)).toEqual(['Pause 2 agents', 'Cancel']);
  expect(bot.changes()).toEqual([]);
  const { card: begun } = await bot.alex.press(card, 'bulk.start', {}, { messageId });
  expect(wordsOf(begun)).toContain('Pausing 2 agents');
  const report = await bot.shows('Paused 2 agents');
  expect(bot.changes().toSorted()).toEqual([paused(1), paused(2)]);
  expect(titles(report)).toEqual(['Undo', 'Jobs']);
  await bot.alex.press(report, 'bulk.undo', {}, { messageId });
  await bot.shows('Resumed 2 agents');
  expect(bot.changes().slice(2).toSorted()).toEqual([resumed(1), resumed(2)]);
  expect(wordsOf((await bot.alex.say('undo')).card)).toContain('nothing of yours');
  const { card: audit } = await bot.alex.say('audit');
  expect(wordsOf(audit).match(/pause agent/gu)?.length).toBe(2);
  expect(wordsOf((await bot.alex.say('jobs')).card)).toContain('Paused 2 agents');
});

it('starts once, within ten minutes, for who asked', async () => {
  const bot = await bulkBot(fleet);
  const megan = bot.user({ person: { id: '29:megan', name: 'Megan', aadObjectId: 'megan' } });
  const { card, messageId } = await bot.alex.say('pause where field.Site:Boise');
  const stranger = await megan.press(card, 'bulk.start', {}, { messageId });
  expect(wordsOf(stranger.card)).toMatch(/somebody else|belongs to/iu);
  expect(wordsOf(stranger.card)).toContain('1 left out, paused already: BOI-3');
  const [one, two] = await Promise.all([
    bot.alex.press(card, 'bulk.start', {}, { messageId }),
    bot.alex.press(card, 'bulk.start', {}, { messageId }),
  ]);
  expect([one.statusCode, two.statusCode]).toEqual([200, 200]);
  await bot.shows('Paused 2 agents');
  await pass(bot.clock, 3000);
  const third = await bot.alex.press(card, 'bulk.start', {}, { messageId });
  expect(wordsOf(third.card)).toMatch(/already|used/iu);
  const late = await bot.alex.say('resume where field.Site:Boise');
  await bot.clock.jump(10 * 60_000);
  const pressed = await bot.alex.press(late.card, 'bulk.start', {}, { messageId: late.messageId });
  expect(wordsOf(pressed.card)).toMatch(/ten minutes|expired|too old/iu);
  const given = await bot.alex.say('resume where field.Site:Boise');
  const up = await bot.alex.press(given.card, 'bulk.cancel', {}, { messageId: given.messageId });
  expect(wordsOf(up.card)).toContain('Nothing was changed');
  const after = await bot.alex.press(given.card, 'bulk.start', {}, { messageId: given.messageId });
  expect(wordsOf(after.card)).toContain('Nothing was changed');
  expect(bot.changes().toSorted()).toEqual([paused(1), paused(2)]);
});

it('deletes when the count is typed, and a wrong one does not use it up', async () => {
  const bot = await bulkBot([...fleet, boise(5, { online: false })]);
  const { card, messageId } = await bot.alex.say('delete where field.Site:Boise');
  expect(wordsOf(card)).toContain('1 agent offline');
  for (const count of ['', '3', 'four', '44', '0.4', '4 4']) {
    const wrong = await bot.alex.press(card, 'bulk.start', { count }, { messageId });
    expect(wordsOf(wrong.card)).toContain('type 4 to delete');
    expect(wordsOf(wrong.card)).toContain('Delete 4 agents?');
  }
  expect(bot.changes()).toEqual([]);
  await bot.alex.press(card, 'bulk.start', { count: ' 4 ', uninstall: 'true' }, { messageId });
  const report = await bot.shows('Deleted 3 of 4 agents');
  expect(wordsOf(report)).toContain('left out · offline');
  expect(titles(report)).toEqual(['Jobs']);
  expect(bot.changes().length).toBe(3);
});

it('renames by a pattern, leaves out who was renamed meanwhile or has gone, and takes it back', async () => {
  const bot = await bulkBot([...fleet, boise(6)]);
  const text = 'rename where field.Site:Boise to {field.Site}-{n}';
  const { card, messageId } = await bot.alex.say(text);
  expect(wordsOf(card)).toContain('Rename 4 agents?');
  expect(wordsOf(card)).toContain('Boise-4');
  bot.simulator.edit.rename('boi-2', 'Something else');
  bot.simulator.edit.drop('boi-3');
  await bot.alex.press(card, 'bulk.start', {}, { messageId });
  const report = await bot.shows('Renamed 2 of 4 agents');
  expect(wordsOf(report)).toContain('left out · was renamed meanwhile');
  expect(wordsOf(report)).toContain('left out · PingPlotter does not know it any more');
  const renamed = (id: number, name: string) => `PUT /agents/boi-${id} {"Name":"${name}"}`;
  expect(bot.changes().toSorted()).toEqual([renamed(1, 'Boise-1'), renamed(6, 'Boise-4')]);
  bot.simulator.edit.rename('boi-6', 'By hand');
  await bot.alex.say('undo');
  const back = await bot.shows('Gave their old names back to 1 of 2 agents');
  expect(wordsOf(back)).toContain('was renamed meanwhile');
  expect(bot.changes().slice(2)).toEqual([renamed(1, 'BOI-1')]);
});

const unchanged = sharedBot({ agents: [...fleet, boise(7, { name: 'where nowhere' })] });

it.each([
  [
    'rename where field.Site:Boise to same',
    /cannot be given[\s\S]*would be the name of BOI-3, BOI-1, BOI-2 and 1 more/u,
  ],
  ['rename where name:boi-1 to BOI-2', /These names cannot be given/u],
  ['rename where name:boi-* to {field.Floor}', /No agent has the field/u],
  ['rename where name:boi-* to {nam}', /Did you mean “\{name\}”/u],
  ['rename where name:boi-* to x to y', /more than once/u],
  ['rename where name:boi-* to {n} please', /cannot read “please”/u],
  ['rename where name:boi-1 to BOI-1', /Nothing to rename[\s\S]*has the name already/u],
  ['pause where nobody', /No agent matches\s+Pause where nobody/u],
  ['pause where', /Type it like this/u],
  ['pause where -', /cannot read|Type it like this/u],
  ['pause where is:nonsense', /nonsense/u],
  ['pause where boise for 5x', /cannot read “for 5x”/u],
  ['pause where boise please', /cannot read “please”/u],
  ['pause where boise / crm', /all targets are paused or resumed together/u],
  ['pause all / crm', /all targets are paused or resumed together/u],
  ['resume where boise for 2h', /Only a pause ends by itself/u],
  ['resume where name:boi-1', /Nothing to resume[\s\S]*not paused/u],
])('%s changes nothing', async (text, shows) => {
  const bot = await unchanged();
  const { card } = await bot.alex.say(text);
  expect(wordsOf(card)).toMatch(shows);
  expect(executesOf(card).map(({ verb }) => verb)).not.toContain('bulk.start');
  expect(bot.changes()).toEqual([]);
});

it('means every agent by all, and a whole name before the grammar', async () => {
  const bot = await bulkBot([...fleet, boise(7, { name: 'where boise' })]);
  const all = await bot.alex.say('pause all for 2h');
  expect(wordsOf(all.card)).toContain('This is every agent of the account.');
  expect(wordsOf(all.card)).toContain('for 2 h');
  await bot.alex.say('pause where boise');
  expect(bot.changes()).toEqual([paused(7)]);
});

it('keeps the end of a timed pause, and brings it back', async () => {
  const bot = await bulkBot([boise(1), boise(2)]);
  await bot.start('pause where boise for 2h');
  await bot.shows('Paused 2 agents');
  await bot.start('resume where boise');
  await bot.shows('Resumed 2 agents');
  await bot.alex.say('undo');
  await bot.shows('Paused again 2 agents');
  const before = bot.changes().length;
  await bot.clock.jump(2 * 60 * 60_000);
  await passUntil(bot.clock, () => bot.changes().length >= before + 4);
  const session = (id: number, target: string) =>
    `PUT /agents/boi-${id}/session {"SessionId":"boi-${id}-${target}","Action":"resume"}`;
  expect(bot.changes().slice(before).toSorted()).toEqual(
    [1, 2].flatMap((id) => ['crm', 'dns'].map((target) => session(id, target))),
  );
});

it('reads again what a 5xx or no answer left open, and repeats only what was not done', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3), boise(4)]);
  const { fault } = bot.simulator;
  const put = (id: number) => ({ method: 'PUT', path: `/agents/boi-${id}/sessions` });
  fault({ match: put(1), times: 1, effect: { kind: 'reset-after' } });
  fault({ match: put(2), times: 1, effect: { kind: 'status', status: 503 } });
  fault({ match: put(3), effect: { kind: 'status', status: 403 } });
  await bot.start('pause where boise');
  const report = await bot.shows('Paused 3 of 4 agents');
  expect(bot.changes().toSorted()).toEqual([paused(1), paused(2), paused(2), paused(3), paused(4)]);
  expect(wordsOf(report)).toContain('BOI-3\nfailed · the PingPlotter key may not do this');
  expect(titles(report)).toEqual(['Retry the 1 that failed', 'Undo', 'Jobs']);
  const before = bot.changes().length;
  await bot.alex.press(report, 'bulk.retry');
  await bot.shows('Paused 0 of 1 agent');
  expect(bot.changes().slice(before)).toEqual([paused(3)]);
});

it('never repeats a reconnect, and leaves out who is offline', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3, { online: false }), boise(4)]);
  bot.simulator.fault({
    match: { method: 'POST', path: '/agents/boi-1/forcereconnect' },
    effect: { kind: 'status', status: 503 },
  });
  bot.simulator.fault({
    match: { method: 'POST', path: '/agents/boi-4/forcereconnect' },
    effect: { kind: 'status', status: 429, headers: { 'Retry-After': '3' } },
  });
  const { card, messageId } = await bot.alex.say('reconnect where boise');
  expect(wordsOf(card)).toContain('1 left out, offline: BOI-3');
  await bot.alex.press(card, 'bulk.start', {}, { messageId });
  const report = await bot.shows('Reconnected 1 of 3 agents');
  expect(wordsOf(report)).toContain('1 not known');
  expect(wordsOf(report)).toContain('BOI-4\nfailed · PingPlotter asked for a pause');
  expect(bot.changes().toSorted()).toEqual(
    [1, 2, 4].map((id) => `POST /agents/boi-${id}/forcereconnect`),
  );
});

it('names each failure with its reason, page by page, and offers to try them again', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
  const bot = await bulkBot(numbers.map((number) => boise(number)));
  bot.simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'status', status: 403 } });
  await bot.start('pause where boise');
  const report = await bot.shows('Paused 0 of 30 agents');
  expect(titles(report)).toEqual(['Retry the 30 that failed', 'Next 5', 'Jobs']);
  const next = executesOf(report).find(({ title }) => title === 'Next 5');
  const { card } = await bot.alex.press(report, 'bulk.show', next?.data ?? {});
  expect(titles(card)).toEqual(['Retry the 30 that failed', 'Previous', 'Jobs']);
  const said = `${wordsOf(report)}\n${wordsOf(card)}`;
  expect(said.match(/failed · the PingPlotter key may not do this/gu)?.length).toBe(30);
  for (const number of numbers) expect(said).toMatch(new RegExp(`BOI-${number}\\n`, 'u'));
});

it('waits with all calls as long as a 429 says', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3)], { BULK_CONCURRENCY: '1' });
  bot.simulator.fault({
    match: { method: 'PUT' },
    times: 1,
    effect: { kind: 'status', status: 429, headers: { 'Retry-After': '8' } },
  });
  await bot.start('pause where boise');
  await passUntil(bot.clock, () => bot.changes().length === 1);
  const asked = bot.simulator.requests.length;
  await pass(bot.clock, 6500);
  expect(bot.simulator.requests.length).toBe(asked);
  await bot.shows('Paused 3 agents');
  expect(bot.changes().length).toBe(4);
});

it('stops when it is cancelled', async () => {
  const bot = await bulkBot([boise(1), boise(2), boise(3)], { BULK_CONCURRENCY: '1' });
  bot.simulator.fault({
    match: { method: 'PUT', path: '/agents/boi-2/sessions' },
    effect: { kind: 'status', status: 429, headers: { 'Retry-After': '600' } },
  });
  const begun = await bot.start('pause where boise');
  await bot.shows('1 done');
  await bot.alex.press(begun, 'bulk.cancel');
  const report = await bot.shows('Cancelled: paused 1 of 3 agents');
  expect(wordsOf(report)).toContain('2 not tried');
  expect(bot.changes()).toEqual([paused(1), paused(2)]);
});

it('goes on after a kill: what was in flight is read again', async () => {
  const DATABASE_URL = await aDatabase();
  // At its end it waits for the call that hangs.
  const PINGPLOTTER_TIMEOUT_MS = '500';
  const environment = { DATABASE_URL, PINGPLOTTER_TIMEOUT_MS };
  const killed = await bulkBot([boise(1), boise(2), boise(3)], environment);
  const put = (id: number) => ({ method: 'PUT', path: `/agents/boi-${id}/sessions` });
  killed.simulator.fault({ match: put(2), times: 1, effect: { kind: 'hang-after' } });
  killed.simulator.fault({
    match: put(3),
    times: 1,
    effect: { kind: 'status', status: 429, headers: { 'Retry-After': '600' } },
  });
  await killed.start('pause where boise');
  // Its clock does not go on any more, so it waits for ever.
  await passUntil(killed.clock, () => killed.changes().length === 3);
  const later = fakeClock(killed.clock.now() + 60_000);
  const url = killed.simulator.url;
  const bot = await bulkBot([], { DATABASE_URL, PINGPLOTTER_BASE_URL: url }, later, killed.alex);
  await bot.shows('Paused 3 agents');
  expect(killed.changes().toSorted()).toEqual([paused(1), paused(2), paused(3), paused(3)]);
});

it('has one job at a time in a conversation, and no two on one agent', async () => {
  const bot = await bulkBot([boise(1), boise(2)]);
  bot.simulator.fault({
    match: { method: 'PUT' },
    times: 1,
    effect: { kind: 'status', status: 429, headers: { 'Retry-After': '5' } },
  });
  await bot.start('pause where boise');
  const second = await bot.start('reconnect where boise');
  expect(wordsOf(second)).toContain('Reconnecting 2 agents: waits');
  await bot.shows('Reconnected 2 agents');
  const kinds = bot.changes().map((change) => change.split(' ')[0]);
  expect(kinds).toEqual(['PUT', 'PUT', 'PUT', 'POST', 'POST']);
});
