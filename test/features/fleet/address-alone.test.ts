import { expect, it } from 'vitest';
import { simulatedAgent } from '../../../src/simulator/agent.ts';
import { startTalk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const agents = [
  simulatedAgent({ id: 'a', name: 'Alpha', network: { address: '10.0.0.12' } }),
  simulatedAgent({ id: 'b', name: 'Beta', publicAddress: '198.51.100.9' }),
  simulatedAgent({ id: 'c', name: 'Gamma', publicAddress: '198.51.100.9' }),
];

const said = async (typed: string, role: 'viewer' | 'none' = 'viewer'): Promise<string> => {
  const talk = await startTalk({ agents, role });
  return wordsOf((await talk.speaker().say(typed))?.card ?? {});
};

it('shows the agent that has it', async () => {
  expect(await said('10.0.0.12')).toContain('Alpha');
  expect(await said('10.0.0.12?')).toContain('Alpha');
});

it('asks which one where several have it', async () => {
  const words = await said('198.51.100.9');
  expect(words).toContain('2 agents have the address 198.51.100.9. Which one?');
  expect(words).toContain('Beta');
  expect(words).toContain('Gamma');
});

it('says that nobody has it, and guesses nothing from a part', async () => {
  expect(await said('10.0.0.13')).toContain('No agent has the address 10.0.0.13.');
  expect(await said('10.0.0.1')).toContain('No agent has the address 10.0.0.1.');
  expect(await said('10.0.0')).not.toContain('address');
});

it('tells nothing to those without a role', async () => {
  expect(await said('10.0.0.12', 'none')).not.toContain('Alpha');
});
