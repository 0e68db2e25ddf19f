import { expect, it } from 'vitest';
import type { Incoming, Reply } from '../../../src/chat/turn.ts';
import type { AgentView } from '../../../src/features/fleet/domain/agent-view.ts';
import { understandFilter } from '../../../src/features/fleet/domain/understand-filter.ts';
import { searchAgents } from '../../../src/features/fleet/search.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { aReading, aSession, aView } from './an-agent.ts';

type Search = Extract<Incoming, { kind: 'search' }>;

const clock = fakeClock();

const many = Array.from({ length: 60 }, (_, index) =>
  aView({ agent: { id: `a${index}`, name: `LAX-${index}` }, at: clock.now() }),
);

const found = async (
  asked: Partial<Search>,
  agents: readonly AgentView[] = many,
): Promise<Extract<Reply, { kind: 'hits' }>> => {
  const fleet = { agents, takenAt: clock.now(), readAt: clock.monotonic(), skipped: 0 };
  const fleets = {
    read: async () => fleet,
    understand: async (_conversation: unknown, filter: string) => understandFilter(filter, agents),
  };
  const reply = await searchAgents({ clock, fleets })({
    kind: 'search',
    surface: 'extension',
    dataset: 'agents',
    query: '',
    skip: 0,
    top: 25,
    scope: {
      account: 'default',
      address: {
        serviceUrl: 'https://smba.example.com',
        conversationId: 'chat',
        tenantId: 't',
        botId: '28:bot',
        channelId: 'msteams',
        kind: 'group',
      },
      conversationKey: 'chat',
      person: { id: '29:alex', name: 'Alex' },
      role: 'admin',
      locale: 'en-US',
      timeZone: 'UTC',
      activityId: 'a',
      correlationId: 'c',
    },
    ...asked,
  });
  if (reply.kind !== 'hits') throw new Error('no hits');
  return reply;
};

it('G11: every agent of a fleet is found, page by page', async () => {
  const pages = [0, 25, 50, 75].map((skip) => found({ skip }));
  const hits = (await Promise.all(pages)).map((page) => page.hits);
  expect(hits.map(({ length }) => length)).toEqual([25, 25, 10, 0]);
  expect(new Set(hits.flat().map(({ value }) => value)).size).toBe(60);
});

it('a typeahead shows 15', async () => {
  expect((await found({ surface: 'typeahead', top: 15 })).hits).toHaveLength(15);
});

it('G11: its card has reading buttons alone, even for an admin, and says only what is so', async () => {
  const view = aView({
    at: clock.now(),
    source: 'status',
    sessions: [aSession({ readings: [aReading({ word: 'poor', score: 21 })] })],
  });
  const [hit] = (await found({}, [view])).hits;
  const card = hit?.card?.content ?? {};
  expect(executesOf(card).map(({ verb }) => verb)).toEqual(['agent.show']);
  expect(executesOf(card).map(({ data }) => data)).toEqual([
    { agent: view.agent.id, onlyReads: true },
  ]);
  expect(wordsOf(card)).not.toContain('may not list sessions');
  expect(wordsOf(card)).toContain('As of ');
});

it.each([
  ['lax–12', 'LAX-12'],
  ['ＬＡＸ-12', 'LAX-12'],
  ['"lax-12"', 'LAX-12'],
  ['is:', undefined],
  ['name:lax-59', 'LAX-59'],
])('C4: “%s” finds %s', async (query, name) => {
  expect((await found({ query })).hits[0]?.title).toBe(name);
});

it('C4: names that begin with what was typed come first, however it is written', async () => {
  const agents = ['Old Boise', 'Boise 2'].map((name) =>
    aView({ agent: { id: name, name }, at: clock.now() }),
  );
  for (const query of ['boise', 'ＢＯＩＳＥ', '"Boise"'])
    expect((await found({ query }, agents)).hits.map(({ title }) => title)).toEqual([
      'Boise 2',
      'Old Boise',
    ]);
});

it('asks nothing of another dataset', async () => {
  expect(await found({ dataset: 'other' })).toEqual({ kind: 'hits', hits: [] });
});
