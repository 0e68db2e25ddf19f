import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../src/platform/errors.ts';
import { connect } from './connect.ts';
import { answer, rawServer } from './raw-server.ts';

const names = [
  'UniqueId',
  'AgentUniqueId',
  'SessionId',
  'Name',
  'LastMessageTime',
  'LastMessageTimestampInMs',
  'CustomFields',
  'CurrentNetworkInterface',
  'ExpectedQuality',
  'TargetQuality',
  'Description',
  'IpAddress',
  'Status',
  'Data',
  'Timestamp',
  'ShareUrl',
  '__proto__',
  'constructor',
];

/** Any JSON, often with the fields that are looked for, of any type. Deeper ones take the generator seconds. */
const bodies = fc.letrec<{ any: unknown; object: unknown; list: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), tie('object'), tie('list')),
  object: fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 8 }),
  list: fc.array(tie('object'), { maxLength: 4 }),
})).any;

it('meets any JSON with a result or an AppError, and never with a date that cannot be shown', async () => {
  let body = '';
  const server = await rawServer((request, response) => answer(200, body)(request, response));
  const { pingPlotter } = connect(server.url);
  await fc.assert(
    fc.asyncProperty(bodies, async (value) => {
      body = JSON.stringify(value);
      const results = await Promise.allSettled([
        pingPlotter.agents(),
        pingPlotter.agent('a1'),
        pingPlotter.status(['a1']),
        pingPlotter.agentStatus('a1'),
        pingPlotter.customFields(),
        pingPlotter.sessions('a1'),
        pingPlotter.create({ name: 'x', template: false, targets: [] }),
        pingPlotter.rename('a1', 'x'),
        pingPlotter.trace('s1', { from: 0, until: 1 }),
        pingPlotter.createLiveShare({ session: 's1', description: '', notes: '', expiresAt: 0 }),
      ]);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(AppError);
        else
          for (const at of datesIn(result.value))
            expect(() => new Date(at).toISOString()).not.toThrow();
      }
    }),
    { numRuns: 80 },
  );
});

const dateFields: ReadonlySet<string> = new Set([
  'lastSeen',
  'createdAt',
  'deletedAt',
  'measuredAt',
  'at',
  'earliest',
  'expiresAt',
]);

const datesIn = (value: unknown): readonly number[] => {
  if (value instanceof Map) return datesIn([...value.values()]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    dateFields.has(name) && typeof inner === 'number' ? [inner] : datesIn(inner),
  );
};
