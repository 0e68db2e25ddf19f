import { expect, it } from 'vitest';
import { nameBy, parsePattern } from '../../../../src/features/bulk/domain/pattern.ts';
import {
  nameFaults,
  namesBy,
  selectAgents,
} from '../../../../src/features/bulk/domain/selection.ts';
import { aView } from '../../../cards/a-fleet.ts';
import { anAgent } from '../../fleet/an-agent.ts';

const agent = anAgent({
  name: 'LAX-12',
  machineName: 'PC-7',
  platform: 'Windows',
  customFields: [{ name: 'Site', value: 'Los Angeles' }],
});

it.each([
  ['{name} old', 'LAX-12 old'],
  ['{field.Site}-{n}', 'Los Angeles-3'],
  ['{ FIELD.site } {N}', 'Los Angeles 3'],
  ['{machine} {platform}', 'PC-7 Windows'],
  ['  just this  ', 'just this'],
  ['{field.Floor}', ''],
])('the pattern %s gives %s', (pattern, name) => {
  expect(nameBy(parsePattern(pattern), agent, 3)).toBe(name);
});

it.each(['{nam}', '{}', '{', 'a}', '{field.}', '{{name}}', '', '   ', 'x'.repeat(1001)])(
  'refuses the pattern %j',
  (pattern) => {
    expect(() => parsePattern(pattern)).toThrow();
  },
);

const view = (id: string, name: string, online = true) =>
  aView({ agent: anAgent({ id, name, online }) });

it('numbers in the order of the names, and finds what two would be called', async () => {
  const agents = [view('b', 'LAX-10'), view('a', 'LAX-9'), view('c', 'DEN-1')];
  const names = await namesBy(parsePattern('X{n}'), agents.slice(0, 2));
  expect([...names]).toEqual([
    ['a', 'X1'],
    ['b', 'X2'],
  ]);
  const faults = await nameFaults(
    new Map([
      ['a', 'den-1'],
      ['b', ''],
    ]),
    agents,
  );
  expect(faults.empty).toEqual(['LAX-10']);
  expect(faults.same.map(({ agents: whose }) => whose)).toEqual([['LAX-9', 'DEN-1']]);
  // Whoever takes a name that another one gives up is no fault.
  const swapped = new Map([
    ['a', 'LAX-10'],
    ['b', 'LAX-9'],
  ]);
  expect((await nameFaults(swapped, agents)).same).toEqual([]);
});

it('leaves out, with the reason, who has nothing to be done', async () => {
  const { chosen, leftOut } = await selectAgents('reconnect', [
    view('a', 'A'),
    view('b', 'B', false),
  ]);
  expect(chosen.map(({ agentId }) => agentId)).toEqual(['a']);
  expect([...leftOut]).toEqual([['offline', ['B']]]);
});
