import { setImmediate } from 'node:timers/promises';
import { byWorstReading } from '../../features/fleet/domain/quality.ts';
import { SampleBuffer, sampleWords } from '../../features/history/domain/sample-buffer.ts';
import type { SampledSession, VisitSample } from '../../features/history/store.ts';
import { groupBy } from '../../shared/grouped.ts';
import type { SetAside } from '../sql/rows.ts';
import { createColumnPage } from './column-page.ts';
import { type StoredPage, slotOf } from './sample-page.ts';
import { charsAtOnce, createSampleReader } from './sample-reading.ts';
import { isJson, stages } from './sample-stages.ts';

export interface Row extends StoredPage {
  readonly id: number;
  /** One of `stages`. */
  readonly thinned: number;
}

/** Samples of one session as columns. */
export interface Stored {
  readonly times: number[];
  /** Places in `sampleWords`. */
  readonly words: number[];
  /** NaN = none. */
  readonly scores: number[];
  /** Whether nobody has thinned it yet. */
  readonly fine: boolean[];
}

const nothing = (): Stored => ({ times: [], words: [], scores: [], fine: [] });

/** Sessions of one agent stand together. */
export type StoredSessions = ReadonlyMap<string, ReadonlyMap<SampledSession, Stored>>;

interface Columns {
  readonly sessions: StoredSessions;
  /** Nothing of these is among them. */
  readonly unreadable: readonly Row[];
}

const everything = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** All samples of pages of one shard. */
export const columnsOf = async (rows: readonly Row[], setAside: SetAside): Promise<Columns> => {
  const found = new SampleBuffer();
  const unreadable = new Set<object>();
  const read = createSampleReader(found, (row) => {
    unreadable.add(row);
    setAside(row);
  });
  const sessions = new Map<string, Map<SampledSession, Stored>>();
  let weight = 0;
  for (const row of rows) {
    read(row, everything);
    if (visitAll(found, () => undefined) && !unreadable.has(row))
      addAll(sessions, found, row.thinned !== stages.quarter && row.thinned !== stages.day);
    found.drop(found.length);
    weight += isJson(row.page) ? row.page.length : row.page.length * charsPerColumnChar;
    if (weight < charsAtOnce) continue;
    weight = 0;
    await setImmediate();
  }
  return { sessions, unreadable: rows.filter((row) => unreadable.has(row)) };
};

/** Here nothing of columns is skipped. */
const charsPerColumnChar = 4;

/** Whether there was any. */
const visitAll = (found: SampleBuffer, visit: VisitSample): boolean => {
  for (let index = 0; index < found.length; index += 1) found.visit(index, visit);
  return found.length > 0;
};

const addAll = (
  to: Map<string, Map<SampledSession, Stored>>,
  found: SampleBuffer,
  fine: boolean,
): void => {
  for (let index = 0; index < found.length; index += 1) {
    const session = found.sessions[index];
    const word = found.words[index] ?? 0;
    if (session === undefined) continue;
    const ofAgent = to.get(session.agentId) ?? new Map<SampledSession, Stored>();
    if (ofAgent.size === 0) to.set(session.agentId, ofAgent);
    const stored = ofAgent.get(session) ?? nothing();
    if (stored.times.length === 0) ofAgent.set(session, stored);
    found.visit(index, (at, score) => {
      stored.times.push(Math.floor(at));
      stored.words.push(word);
      stored.scores.push(score);
      stored.fine.push(fine);
    });
  }
};

const isInOrder = (times: readonly number[]): boolean =>
  times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0));

/** Those at the places, in their order. */
const pick = ({ times, words, scores, fine }: Stored, places: readonly number[]): Stored => {
  const picked = nothing();
  for (const place of places) {
    picked.times.push(times[place] ?? 0);
    picked.words.push(words[place] ?? 0);
    picked.scores.push(scores[place] ?? Number.NaN);
    picked.fine.push(fine[place] ?? false);
  }
  return picked;
};

/** In the order of time. */
export const sorted = (stored: Stored): Stored => {
  const { times } = stored;
  if (isInOrder(times)) return stored;
  return pick(
    stored,
    [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0)),
  );
};

/** What was thinned before stays, unless there is more of its quarter of an hour by now. */
const worstOfEachSlot = (stored: Stored): Stored => {
  const { times, words, scores, fine } = stored;
  const reading = (place: number) => ({
    word: sampleWords[words[place] ?? 0] ?? 'unknown',
    score: Number.isNaN(scores[place]) ? undefined : scores[place],
  });
  const slots = groupBy([...times.keys()], (place) => slotOf(times[place] ?? 0));
  return pick(
    stored,
    [...slots.values()].flatMap((places) =>
      places.some((place) => fine[place])
        ? places.toSorted((a, b) => byWorstReading(reading(a), reading(b))).slice(0, 1)
        : places,
    ),
  );
};

const samplesAtOnce = 10_000;

/** Nothing where there is no sample. */
export const pageOf = async (
  begin: number,
  sessions: StoredSessions,
  { thinned }: { readonly thinned: boolean },
): Promise<string | undefined> => {
  if (sessions.size === 0) return undefined;
  const page = createColumnPage(begin);
  let samples = 0;
  for (const ofAgent of sessions.values()) {
    for (const [{ agentId, sessionId }, stored] of ofAgent) {
      const { times, words, scores } = thinned ? worstOfEachSlot(sorted(stored)) : sorted(stored);
      page.add({ agentId, sessionId, times, words, scores });
      samples += stored.times.length;
    }
    if (samples < samplesAtOnce) continue;
    samples = 0;
    await setImmediate();
  }
  return page.text();
};
