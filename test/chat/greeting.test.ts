import { describe, expect, it } from 'vitest';
import { simulatedAgent } from '../../src/simulator/agent.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { startTalk } from './talk.ts';

describe('a greeting', () => {
  it.each([
    ['', true],
    ['hi', true],
    ['Hi!', true],
    ['hello ...', true],
    ['Good morning!', true],
    ['good  morning ?!', true],
    ['hi, ', true],
    ['?!', true],
    [`hey${'!'.repeat(990)}`, true],
    [`${'!'.repeat(990)}a`, false],
    ['hi there', false],
    ['his', false],
    ['good evening', false],
  ])('is what is left without signs at the end (A3): %j', async (text, greeted) => {
    const talk = await startTalk();
    const seen = await talk.speaker().say(text);
    expect(seen?.summary.startsWith('Hello')).toBe(greeted);
  });
});

describe('C17: an agent’s name alone shows it', () => {
  const fleet = [
    simulatedAgent({ id: 'a12', name: 'LAX-12' }),
    simulatedAgent({ id: 'a1', name: 'LAX-1' }),
    simulatedAgent({ id: 'help', name: 'Help' }),
    simulatedAgent({ id: 'house', name: 'Watch House' }),
    simulatedAgent({ id: 'inc', name: 'Acme Inc.' }),
    simulatedAgent({ id: 't', name: 'Seat', template: true }),
  ];

  it.each([
    ['lax-12', 'LAX-12'],
    ['LAX-12?', 'LAX-12'],
    ['"help"', 'Help'],
    ['watch house', 'Watch House'],
    ['acme inc.', 'Acme Inc.'],
    ['agent acme inc.', 'Acme Inc.'],
    ['agent lax-12.', 'LAX-12'],
    ['acme', 'Acme Inc.'],
  ])('“%s”', async (text, name) => {
    const talk = await startTalk({ agents: fleet, role: 'viewer' });
    const seen = await talk.speaker().say(text);
    expect(seen?.card['body']).toBeDefined();
    expect(seen?.summary).toContain(name);
    expect(wordsOf(seen?.card ?? {})).toContain('Details');
    expect(talk.changes()).toEqual([]);
    expect(await talk.store.watches.all('default')).toEqual([]);
  });

  it.each([
    ['help', 'What you can ask'],
    ['help!', 'What you can ask'],
    ['agents.', 'LAX-12'],
    ['lax', 'Which agent do you mean'],
    ['seat', 'I did not understand'],
    ['ok?', 'I did not understand'],
    ['watch', 'Watching 5 agents'],
  ])('“%s” is no name of one', async (text, words) => {
    const talk = await startTalk({ agents: fleet });
    expect(wordsOf((await talk.speaker().say(text))?.card ?? {})).toContain(words);
  });

  it('greets while PingPlotter is down, and shows nobody who has no role anything', async () => {
    const talk = await startTalk({ agents: fleet, role: 'none' });
    expect(wordsOf((await talk.speaker().say('lax-12'))?.card ?? {})).not.toContain('Details');
    const down = await startTalk({ agents: fleet });
    down.simulator.fault({ match: {}, effect: { kind: 'status', status: 403 }, times: 99 });
    expect((await down.speaker().say('lax-12'))?.summary).toContain('I did not understand');
    expect(wordsOf((await down.speaker().say('help pause'))?.card ?? {})).toContain('pause lax-12');
  });
});
