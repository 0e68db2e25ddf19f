import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldQualityTimes } from '../../src/features/history/domain/quality-time.ts';
import { createSessions, SampleBuffer } from '../../src/features/history/domain/sample-buffer.ts';
import type { Sample } from '../../src/features/history/store.ts';
import { createColumnReader } from '../../src/store/collections/column-read.ts';
import { columnsOf, pageOf } from '../../src/store/collections/sample-columns.ts';
import { toPages } from '../../src/store/collections/sample-page.ts';
import { stages } from '../../src/store/collections/sample-stages.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const begin = 20_000 * day;
const everything = { from: 0, until: Number.MAX_SAFE_INTEGER };
const fails = (): never => {
  throw new Error('set aside');
};

const id = fc.oneof(
  fc.constantFrom('a', 'agent-1', 'session-1', ''),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '"', '\\', '{', '\u0000'), maxLength: 4 }),
);
const score = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.constantFrom(-5, 1e9),
);
const at = fc.oneof(
  fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minutes) => begin + minutes * 60_000),
  fc.integer({ min: 0, max: day - 1 }).map((ms) => begin + ms),
);
const sample: fc.Arbitrary<Sample> = fc
  .record({
    agentId: id,
    sessionId: id,
    at,
    word: fc.constantFrom('good', 'good', 'good', 'fair', 'poor', 'unknown'),
    score: fc.option(score, { nil: undefined }),
  })
  .map(({ score: of, ...rest }) => (of === undefined ? rest : { ...rest, score: of }));

const pack = async (samples: readonly Sample[]): Promise<string | undefined> => {
  const rows = (await toPages(samples)).map((page, id) => ({ ...page, id, thinned: stages.fresh }));
  const { sessions, unreadable } = await columnsOf(rows, fails);
  expect(unreadable).toEqual([]);
  return pageOf(begin, sessions, { thinned: false });
};

const read = (
  page: string,
  wanted: Parameters<ReturnType<typeof createColumnReader>['read']>[1],
) => {
  const found = new SampleBuffer();
  createColumnReader(createSessions()).read({ at: begin, page }, wanted, found, fails);
  return found;
};

const inOrder = (samples: Iterable<Sample>): readonly string[] =>
  [...samples]
    .map(({ agentId, sessionId, at: time, word, score: of }) =>
      JSON.stringify([agentId, sessionId, time, word, of]),
    )
    .sort();

const samples = fc.array(sample, { maxLength: 60 });

describe('a page of columns', () => {
  it('holds any samples, in whatever order they came', async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (some) => {
        const page = await pack(some);
        expect(inOrder(page === undefined ? [] : read(page, everything))).toEqual(inOrder(some));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the agents and the time that were asked for, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(samples, at, at, id, async (some, from, until, agent) => {
        const page = await pack(some);
        if (page === undefined) return;
        const wanted = { from, until, agents: new Set([agent, 'a', 'agent-1']) };
        expect(inOrder(read(page, wanted))).toEqual(
          inOrder(
            some.filter(
              (one) => wanted.agents.has(one.agentId) && from <= one.at && one.at < until,
            ),
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['from within a stretch of even samples', { from: 7, until: 96 }],
    ['until within it', { from: 0, until: 7 }],
    ['both within it', { from: 40, until: 41 }],
    ['nothing of it', { from: 41, until: 41 }],
  ])('gives %s', async (_, quarters) => {
    const even = Array.from(
      { length: 96 },
      (__, quarter): Sample => ({
        ...{ agentId: 'a', sessionId: 's', word: 'good', score: 80 + (quarter % 7) },
        at: begin + quarter * 15 * 60_000,
      }),
    );
    const wanted = {
      from: begin + quarters.from * 15 * 60_000,
      until: begin + quarters.until * 15 * 60_000,
    };
    const kept = even.filter(({ at: time }) => wanted.from <= time && time < wanted.until);
    expect(inOrder(read((await pack(even)) ?? '', wanted))).toEqual(inOrder(kept));
  });

  it('adds up to the same times as its samples one by one', async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (some) => {
        const page = await pack(some);
        if (page === undefined) return;
        const [packed, single] = [foldQualityTimes(), foldQualityTimes()];
        packed.add(read(page, everything));
        single.add([...read(page, everything)]);
        expect(packed.times(begin + day)).toEqual(single.times(begin + day));
      }),
      { numRuns: 300 },
    );
  });

  it('is read as it was, or refused, or set aside, whatever became of its bytes', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(samples, fc.nat(), lengths, fc.boolean(), async (some, place, put, cut) => {
        const bytes = Buffer.from((await pack(some)) ?? '', 'base64');
        const at = place % (bytes.length + 1);
        const spoilt = cut
          ? bytes.subarray(0, at)
          : Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + 1)]);
        const found = new SampleBuffer();
        let aside = 0;
        try {
          const stored = { at: begin, page: spoilt.toString('base64') };
          createColumnReader(createSessions()).read(stored, everything, found, () => (aside += 1));
        } catch {
          expect(found.length).toBe(0);
          return;
        }
        // Every byte of a page is a sample at most.
        expect([...found].length).toBeLessThanOrEqual(spoilt.length);
        expect(aside).toBeLessThanOrEqual(found.length);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    '',
    'hello',
    '[]',
    // Another format.
    Buffer.from([9, 0, 0]).toString('base64'),
    // Ids of 2^42 bytes, and a session of so many.
    Buffer.from([1, 0, 255, 255, 255, 255, 255, 127]).toString('base64'),
    Buffer.from([1, 0, 4, 3, 97, 3, 98, 255, 255, 255, 255, 15]).toString('base64'),
    // Numbers without an end.
    Buffer.alloc(100, 255).toString('base64'),
  ])('refuses %j', (page) => {
    expect(() => read(page, everything)).toThrow();
  });

  it('takes at most eight bytes a sample of a fleet that is measured each minute', async () => {
    const uuid = (of: number): string =>
      `${of}`.padStart(8, '0').concat('-0000-4000-8000-000000000000');
    const some = Array.from({ length: 20 }, (_, agent) =>
      [0, 1].flatMap((session) =>
        Array.from({ length: 60 }, (_, minute): Sample => {
          const turn = agent * 7 + session * 3 + minute;
          return {
            agentId: uuid(agent),
            sessionId: uuid(1000 + 2 * agent + session),
            at: begin + minute * 60_000 + ((turn * 7919) % 900),
            word: turn % 40 === 0 ? 'fair' : 'good',
            score: turn % 40 === 0 ? 60 : 80 + (turn % 20),
          };
        }),
      ),
    ).flat();
    const page = (await pack(some)) ?? '';
    expect(page.length / some.length).toBeLessThan(6);
    expect([...read(page, everything)]).toHaveLength(some.length);
  });
});
