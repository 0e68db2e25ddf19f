import { describe, expect, it } from 'vitest';
import { fleetCard } from '../../../src/features/fleet/cards/agent-list.ts';
import { createFleetReader } from '../../../src/features/fleet/fleet-reader.ts';
import { createSessionMemory } from '../../../src/store/session-memory.ts';
import { startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aFleet } from '../../monitor/a-fleet.ts';
import { anAgent, aReading } from './an-agent.ts';

const statuses = { method: 'POST', path: /\/status$/ } as const;

const words = (seen: { readonly card: Readonly<Record<string, unknown>> } | undefined): string =>
  wordsOf(seen?.card ?? {});

describe('C3: statuses that cannot be read while the list can', () => {
  const why = [
    [403, 'the PingPlotter key may not read them'],
    [500, 'PingPlotter does not give them out just now'],
  ] as const;

  it.each(why)('(%d) leave the names, and say why there are no scores', async (status, reason) => {
    const talk = await startTalk();
    talk.simulator.fault({ match: statuses, effect: { kind: 'status', status } });
    const list = words(await talk.speaker().say('agents'));
    expect(list).toContain('LAX-12');
    expect(list).toContain(`Scores are unknown: ${reason}.`);
    const agent = words(await talk.speaker().say('agent lax-12'));
    expect(agent).toContain('LAX-12');
    expect(agent).toContain(`Scores are unknown: ${reason}.`);
  });

  it.each(why)('(%d) hold up no change', async (status) => {
    const talk = await startTalk({ admins: ['alex'] });
    talk.simulator.fault({ match: statuses, effect: { kind: 'status', status } });
    const alex = talk.speaker();
    await alex.say('reconnect lax-12');
    await alex.say('rename lax-12 to LAX-99');
    await alex.say('pause lax-99');
    const confirm = await alex.say('delete lax-99');
    await alex.press(confirm?.card ?? {}, 'agent.delete');
    const made = talk.changes().map((change) => change.split(' ')[0]);
    expect(made).toEqual(['POST', 'PUT', 'PUT', 'DELETE']);
  });

  it('are no word about the right that a change needs', async () => {
    const talk = await startTalk();
    talk.simulator.fault({
      match: { method: 'GET', path: /^\/agents/ },
      effect: { kind: 'status', status: 403 },
    });
    expect(words(await talk.speaker().say('rename lax-12 to x'))).toContain(
      'The PingPlotter key may not read agents',
    );
  });
});

it('C3: a list of targets that cannot be read hides no target that the status shows', async () => {
  const talk = await startTalk();
  talk.simulator.fault({
    match: { method: 'GET', path: /^\/sessions/ },
    effect: { kind: 'status', status: 500 },
  });
  const agent = words(await talk.speaker().say('agent lax-12'));
  expect(agent).toContain('voice');
  expect(agent).toContain('for the list of them is unknown');
});

it('C3: a batch of statuses that cannot be read hides no score of another one', async () => {
  const clock = fakeClock();
  const agents = ['a', 'b'].map((id) => anAgent({ id, name: id, online: true }));
  const reading = aReading({ word: 'poor', score: 21, measuredAt: clock.now() });
  const target = { sessionId: 's', name: 'crm', readings: [reading] };
  const statuses = new Map([['a', { agentId: 'a', online: true, targets: [target] }]]);
  const unread = { code: 'unavailable', agents: new Set(['b']) } as const;
  const { pingPlotter } = aFleet(clock.now);
  const reader = createFleetReader({
    pingPlotter: () => ({
      ...pingPlotter,
      agents: async () => ({ agents, skipped: 0 }),
      status: async () => Object.assign(statuses, { unread }),
    }),
    sessions: createSessionMemory(),
    savedFilters: { list: async () => [] },
    clock,
    log: silentLog,
    staleAfterMs: 300_000,
    polled: () => undefined,
    polling: () => undefined,
  });
  const page = await reader.page(
    { account: 'default', conversationKey: 'chat' },
    { filter: '', page: 1 },
  );
  expect(page.agents.map(({ agent, score }) => [agent.id, score])).toEqual([
    ['a', 21],
    ['b', undefined],
  ]);
  expect(page.agents[1]?.unread).toEqual({ scores: 'unavailable' });
  const viewer = { role: 'viewer', kind: 'personal', locale: 'en-US', timeZone: 'UTC' } as const;
  const card = fleetCard(page, { ...viewer, now: clock.now() });
  expect(wordsOf(card.content)).toContain(
    'Scores of 1 agent are unknown: PingPlotter does not give them out just now.',
  );
});

it('F: a list of which no agent can be read says how many there are', async () => {
  const talk = await startTalk();
  talk.simulator.fault({
    match: { method: 'GET', path: /^\/agents$/ },
    effect: { kind: 'raw', body: '[{"Name":"no id"}]' },
  });
  const said = await talk.speaker().say('agents');
  expect(said?.summary).toBe('PingPlotter lists 1 agent, none in a form that can be read.');
});
