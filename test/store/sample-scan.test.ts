import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSessions, SampleBuffer } from '../../src/features/history/domain/sample-buffer.ts';
import type { Sample } from '../../src/features/history/store.ts';
import { samplesOf, slotOf, toPages } from '../../src/store/collections/sample-page.ts';
import { createPageScanner } from '../../src/store/collections/sample-scan.ts';

const everything = { from: 0, until: Number.MAX_SAFE_INTEGER };

const id = fc.oneof(
  fc.constantFrom('agent-1', 'agent-2', 'session-1', 'session-12', 'session-1-0'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', '\\', ']', '[', ',', 'a', 'é', '\n'), maxLength: 5 }),
);

const sample: fc.Arbitrary<Sample> = fc
  .record({
    agentId: id,
    sessionId: id,
    at: fc.integer({ min: 0, max: 4 * 15 * 60_000 }),
    word: fc.constantFrom('good', 'fair', 'poor', 'unknown'),
    score: fc.option(
      fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true })),
      { nil: undefined },
    ),
  })
  .map(({ score, ...rest }) => (score === undefined ? rest : { ...rest, score }));

it('A1: reads pages as JSON.parse does, or says that it cannot', async () => {
  let scanned = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { maxLength: 40 }), async (samples) => {
      const scanner = createPageScanner(createSessions());
      for (const page of await toPages(samples)) {
        const found = new SampleBuffer();
        const expected = samplesOf(page, undefined, () => undefined);
        if (!scanner.scan(page.page, page.at, everything, found)) {
          expect(found.length).toBe(0);
          continue;
        }
        scanned += 1;
        expect([...found]).toEqual(expected);
      }
    }),
    { numRuns: 1000 },
  );
  expect(scanned).toBeGreaterThan(100);
});

it.each([
  '',
  '{',
  '[]',
  '{"a":[["s","good",1,0]]',
  '{"a":[["s","good",1,0]]}x',
  '{"a":[["s","great",1,0]]}',
  '{"a":[["s","good",-1,0]]}',
  '{"a":[["s","good",1e1,0]]}',
  '{"a":[["s","good",1,0],]}',
  '{ "a": [["s", "good", 1, 0]] }',
  '{"a":{"s":1}}',
  '{"a":[["s","good",1]]}',
  '{"a',
])('leaves %j to JSON.parse', (text) => {
  const found = new SampleBuffer();
  expect(createPageScanner(createSessions()).scan(text, 0, everything, found)).toBe(false);
  expect(found.length).toBe(0);
});

it('takes only what was asked for', async () => {
  const at = slotOf(Date.parse('2026-11-24T08:00:00Z'));
  const [page] = await toPages([
    { agentId: 'a', sessionId: 's', at: at + 1, word: 'good', score: 1 },
    { agentId: 'a', sessionId: 's', at: at + 2, word: 'poor', score: 2 },
    { agentId: 'a', sessionId: 's', at: at + 3, word: 'fair' },
  ]);
  const found = new SampleBuffer();
  const wanted = { from: at + 2, until: at + 3, agents: new Set(['a']) };
  createPageScanner(createSessions()).scan(page?.page ?? '', at, wanted, found);
  expect([...found]).toEqual([
    { agentId: 'a', sessionId: 's', at: at + 2, word: 'poor', score: 2 },
  ]);
});
