import { expect, it } from 'vitest';
import { agentsNamedIn } from '../../../../src/features/fleet/domain/named-agents.ts';
import { aView } from '../an-agent.ts';

const named = (name: string, machineName?: string) =>
  aView({ agent: { id: `${name}/${machineName}`, name, machineName } });

const fleet = [
  named('LAX-1'),
  named('LAX-12'),
  named('LAX'),
  named('Road to Nowhere'),
  named('Road'),
  named("Ann's PC (2)", 'ANN-LAPTOP'),
  named('#7 Printer'),
  named('Twin', 'TWIN-A'),
  named('Twin', 'TWIN-B'),
  named('—'),
  named('12'),
];

const namesIn = async (text: string) =>
  (await agentsNamedIn(text, fleet)).map(({ agent }) => agent.name);

it.each([
  ['lax-12 is slow again', ['LAX-12']],
  ['lax‑12, LAX-1: both slow', ['LAX-1', 'LAX-12']],
  ['relax-12, lax-123 and LAXative', []],
  ['the road to nowhere', ['Road to Nowhere']],
  ['the road to ruin', ['Road']],
  ['ann’s pc (2) is bad', ["Ann's PC (2)"]],
  ['ask ann-laptop', ["Ann's PC (2)"]],
  ['see #7 printer!', ['#7 Printer']],
  ['twin and twin', ['Twin', 'Twin']],
  ['only TWIN-B', ['Twin']],
  ['LAX-12LAX-1', []],
  ['LAX-12-related', ['LAX-12']],
  ['in room 12, not den-12', ['12']],
  ['den-12', []],
  ['— nothing —', []],
  ['', []],
])('“%s” names %j', async (text, expected) => {
  expect(await namesIn(text)).toEqual(expected);
});

it('finds all of 10,000 agents that one message names, and each once', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => named(`PC ${index}`));
  const message = many.map(({ agent }) => agent.name).join(', ');
  expect(await agentsNamedIn(`${message}, ${message}`, many)).toHaveLength(10_000);
});

it('lets others in while it reads', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => named(`a ${'a '.repeat(index % 80)}b`));
  let turns = 0;
  const tick = (): void => {
    turns += 1;
    if (turns < 10_000) timer = setImmediate(tick);
  };
  let timer = setImmediate(tick);
  await agentsNamedIn('a '.repeat(14_000), many);
  clearImmediate(timer);
  expect(turns).toBeGreaterThan(20);
});
