import { expect, it } from 'vitest';
import { readSessions } from '../../../src/pingplotter/wire/session.ts';

it('reads a listed session', () => {
  const body = [
    {
      AgentUniqueId: 'a1',
      SessionId: 's1',
      Description: '192.168.0.1 Router',
      IpAddress: '192.168.0.1',
      Status: 'Active',
      ExpectedQuality: { Id: 'q1', Name: 'Video Call' },
    },
  ];
  expect(readSessions(body, 'a1')).toEqual([
    {
      id: 's1',
      agentId: 'a1',
      name: 'Router',
      address: '192.168.0.1',
      state: 'active',
      expected: { id: 'q1', name: 'Video Call' },
    },
  ]);
});

it.each([
  ['Active', 'active'],
  ['PAUSED', 'paused'],
  [' closed', 'closed'],
  ['Stopped', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
  [1, 'unknown'],
])('reads the state %j as %s', (Status, state) => {
  expect(readSessions([{ SessionId: 's1', Status }], 'a1')).toMatchObject([{ state }]);
});

it('leaves out entries without an id and those of another agent', () => {
  const body = [{ SessionId: 's1', AgentUniqueId: 'a2' }, { AgentUniqueId: 'a1' }, null, 's2'];
  expect(readSessions(body, 'a1')).toEqual([]);
});

it.each([[{}], [null], [true]])('is not read from %j', (body) => {
  expect(readSessions(body, 'a1')).toBeUndefined();
});
