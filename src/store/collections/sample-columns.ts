import { setImmediate } from 'node:timers/promises';
import { byWorstReading } from '../../features/fleet/domain/quality.ts';
import { SampleBuffer, sampleWords } from '../../features/history/domain/sample-buffer.ts';
import type { SampledSession } from '../../features/history/store.ts';
import { groupBy } from '../../shared/grouped.ts';
import type { SetAside } from '../sql/rows.ts';
import { createColumnPage } from './column-page.ts';
import { type StoredPage, slotOf } from './sample-page.ts';
import { charsAtOnce, createSampleReader, weightOf } from './sample-reading.ts';
import { stages } from './sample-stages.ts';

export interface Row extends StoredPage {
  readonly id: number;
  /** One of `stages`. */
  readonly thinned: number;
}

interface Stored {
  readonly at: number;
  /** Place in `sampleWords`. */
  readonly word: number;
  /** NaN = none. */
  readonly score: number;
  /** Whether nobody has thinned it yet. */
  readonly fine: boolean;
}

/** Sessions of one agent stand together. */
export type StoredSessions = ReadonlyMap<string, ReadonlyMap<SampledSession, readonly Stored[]>>;

interface Columns {
  readonly sessions: StoredSessions;
  /** Nothing of these is among them. */
  readonly unreadable: readonly Row[];
}

const everything = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** All samples of pages of one shard, oldest first. */
export const columnsOf = async (
  rows: readonly Row[],
  thinned: boolean,
  setAside: SetAside,
): Promise<Columns> => {
  const found = new SampleBuffer();
  const unreadable = new Set<object>();
  const read = createSampleReader(found, (row) => {
    unreadable.add(row);
    setAside(row);
  });
  const sessions = new Map<string, Map<SampledSession, Stored[]>>();
  let weight = 0;
  for (const row of rows) {
    read(row, everything);
    const samples = samplesIn(found, row.thinned === stages.fresh || row.thinned === stages.hour);
    found.drop(found.length);
    if (!unreadable.has(row)) addAll(sessions, samples);
    weight += weightOf(row);
    if (weight < charsAtOnce) continue;
    weight = 0;
    await setImmediate();
  }
  for (const ofAgent of sessions.values())
    for (const [session, samples] of ofAgent) {
      samples.sort((a, b) => a.at - b.at);
      if (thinned) ofAgent.set(session, worstOfEachSlot(samples));
    }
  return { sessions, unreadable: rows.filter((row) => unreadable.has(row)) };
};

type OfSession = readonly [SampledSession, readonly Stored[]];

const samplesIn = (found: SampleBuffer, fine: boolean): readonly OfSession[] => {
  const all: OfSession[] = [];
  for (let index = 0; index < found.length; index += 1) {
    const session = found.sessions[index];
    const word = found.words[index] ?? 0;
    if (session === undefined) continue;
    const samples: Stored[] = [];
    found.visit(index, (at, score) => samples.push({ at: Math.floor(at), word, score, fine }));
    all.push([session, samples]);
  }
  return all;
};

const addAll = (
  to: Map<string, Map<SampledSession, Stored[]>>,
  samples: readonly OfSession[],
): void => {
  for (const [session, some] of samples) {
    const ofAgent = to.get(session.agentId) ?? new Map<SampledSession, Stored[]>();
    if (ofAgent.size === 0) to.set(session.agentId, ofAgent);
    const known = ofAgent.get(session);
    if (known === undefined) ofAgent.set(session, [...some]);
    else for (const one of some) known.push(one);
  }
};

/** What was thinned before stays, unless there is more of its quarter of an hour by now. */
const worstOfEachSlot = (samples: readonly Stored[]): Stored[] =>
  [...groupBy(samples, ({ at }) => slotOf(at)).values()].flatMap((ofSlot) =>
    ofSlot.some(({ fine }) => fine)
      ? ofSlot.toSorted((a, b) => byWorstReading(readingOf(a), readingOf(b))).slice(0, 1)
      : [...ofSlot],
  );

const readingOf = ({ word, score }: Stored) => ({
  word: sampleWords[word] ?? 'unknown',
  score: Number.isNaN(score) ? undefined : score,
});

const agentsAtOnce = 200;

/** Nothing where there is no sample. */
export const pageOf = async (
  begin: number,
  sessions: StoredSessions,
): Promise<string | undefined> => {
  if (sessions.size === 0) return undefined;
  const page = createColumnPage(begin);
  let agents = 0;
  for (const ofAgent of sessions.values()) {
    for (const [{ agentId, sessionId }, samples] of ofAgent)
      page.add({
        agentId,
        sessionId,
        times: samples.map(({ at }) => at),
        words: samples.map(({ word }) => word),
        scores: samples.map(({ score }) => score),
      });
    agents += 1;
    if (agents % agentsAtOnce === 0) await setImmediate();
  }
  return page.text();
};
