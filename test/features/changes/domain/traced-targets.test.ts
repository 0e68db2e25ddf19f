import { expect, it } from 'vitest';
import {
  tickedTargets,
  tracedTargets,
} from '../../../../src/features/changes/domain/traced-targets.ts';

const agent = (targets: Readonly<Record<string, string>>, template = false) => ({
  agent: { template },
  sessions: Object.entries(targets).map(([address, name]) => ({ address, name })),
});

const traced = tracedTargets([
  agent({ 'b.example': 'crm', 'a.example': 'voice' }),
  agent({ 'A.example': 'phone', 'x y': 'no address', 'one,two': 'nor this' }),
  agent({ '10.1.1.1': 'C.example' }),
  agent({ 'only-of.a-template': 'crm' }, true),
]);

it('are what agents trace, what most of them do first', () => {
  expect(traced).toEqual([
    { address: 'a.example', name: 'voice', agents: 2 },
    { address: 'b.example', name: 'crm', agents: 1 },
    // Its address may be another one elsewhere.
    { address: 'c.example', name: 'C.example', agents: 1 },
  ]);
});

it.each([
  [undefined, []],
  ['', []],
  ['a.example,b.example,a.example', ['a.example voice', 'b.example crm']],
  // Nobody traces it any more: what was ticked is an address all the same.
  ['gone.example', ['gone.example']],
  ['c.example', ['c.example']],
  ['no address,b.example', ['b.example crm']],
])('ticked %j', (ticked, targets) => {
  expect(tickedTargets(ticked, traced)).toEqual(targets);
});
