import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ListReader } from '../../../src/pingplotter/caller.ts';
import { createListParser } from '../../../src/pingplotter/json-list.ts';
import { fleetReader } from '../../../src/pingplotter/wire/agent.ts';
import { createFleetEcho } from '../../../src/pingplotter/wire/fleet-echo.ts';
import type { Fleet } from '../../../src/platform/agent.ts';

/** As the caller reads it; nothing where it is no list. */
const read = (reader: ListReader<Fleet>, text: string, chunkBytes: number): Fleet | undefined => {
  const { take, takePiece, end } = reader.begin();
  const parser = createListParser(take, undefined, takePiece);
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes)
      parser.push(bytes.subarray(at, at + chunkBytes));
    parser.end();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return end();
};

const wireOf = (id: string, lastContact: unknown, more: object = {}): object => ({
  Name: `name of ${id}`,
  UniqueId: id,
  IsOnline: true,
  LastMessageTime: lastContact,
  ...more,
});

const fleet = (contact: string): string =>
  JSON.stringify(['a', 'b', 'c'].map((id) => wireOf(id, contact, { Notes: 'über' })));

it('makes nothing again of an agent that is as it was', () => {
  const echo = createFleetEcho();
  const before = read(echo, fleet('2026-11-28T12:00:00Z'), 1000);
  const same = read(echo, fleet('2026-11-28T12:00:00Z'), 1000);
  for (const [place, agent] of (before?.agents ?? []).entries())
    expect(same?.agents[place]).toBe(agent);
  const later = read(echo, fleet('2026-11-28T12:00:05.25Z'), 1000);
  expect(later).toEqual(read(fleetReader, fleet('2026-11-28T12:00:05.25Z'), 1000));
  expect(later?.agents[0]?.customFields).toBe(before?.agents[0]?.customFields);
});

it('does not take the contact of something inside for that of the agent', () => {
  const inner = (contact: string, own: string): string =>
    JSON.stringify([
      {
        Name: 'a',
        CustomFields: [{ LastMessageTime: contact }],
        UniqueId: 'a',
        LastMessageTime: own,
      },
    ]);
  const echo = createFleetEcho();
  for (const text of [
    inner('2026-11-28T12:00:00Z', '2026-11-28T12:00:00Z'),
    inner('2026-11-28T12:00:01Z', '2026-11-28T12:00:00Z'),
    inner('2026-11-28T12:00:01Z', '2026-11-28T12:00:01Z'),
  ])
    expect(read(echo, text, 1000)).toEqual(read(fleetReader, text, 1000));
});

const contacts = fc.constantFrom(
  '2026-11-28T12:00:00Z',
  '2026-11-28T12:00:01Z',
  '2026-11-28T12:00:01.5Z',
  '0001-01-01T00:00:00+00:00',
  'soon',
  '',
  '2026-11-28T12:00:00Z\\',
  null,
  7,
);
const agents = fc.array(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        contacts,
        fc.record(
          {
            Notes: fc.constantFrom(
              '},{"Name',
              '},{"Name"',
              'über',
              '\ud800',
              '"LastMessageTime":"',
            ),
            CustomFields: fc.array(
              fc.record({ Name: fc.constantFrom('Site', '},{"Name"'), Value: contacts }),
            ),
            Inner: fc.record({ LastMessageTime: contacts }),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([id, contact, more]) => wireOf(id, contact, more)),
    fc.constantFrom<unknown>({ Name: 'without an id' }, {}, null, 1, [], { UniqueId: 'x' }),
  ),
  { maxLength: 8 },
);
const written = fc.oneof(
  { weight: 8, arbitrary: agents.map((list) => JSON.stringify(list)) },
  agents.map((list) => JSON.stringify(list, undefined, 1)),
  agents.map((list) => JSON.stringify(list).slice(0, -2)),
  agents.map((list) => `${JSON.stringify(list)}]`),
);

it('reads each list of a fleet as if it had seen none before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(written, fc.integer({ min: 20, max: 700 })), { maxLength: 6 }),
      (lists) => {
        const echo = createFleetEcho();
        for (const [text, chunkBytes] of lists)
          expect(read(echo, text, chunkBytes)).toEqual(read(fleetReader, text, chunkBytes));
      },
    ),
    { numRuns: 400 },
  );
});
