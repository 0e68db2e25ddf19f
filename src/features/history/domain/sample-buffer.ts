import type { QualityWord } from '../../../platform/agent.ts';
import type { Sample, SampleBatch, SampledSession, VisitSample } from '../store.ts';

/** A sample's word is the place of it here. Stored: a new word goes to the end. */
export const sampleWords: readonly QualityWord[] = ['good', 'fair', 'poor', 'unknown'];

const fewest = 1024;

/** Two numbers by which a source finds a stretch. */
export interface StretchPlace {
  readonly session: number;
  readonly stretch: number;
}

/** Where the samples of stretches are stored. */
export interface StretchSource {
  /** `place` is the one that the stretch was pushed with; `begin` the time of its first sample. */
  visit(place: StretchPlace, begin: number, visit: VisitSample): void;
}

/** A stretch without its samples, as SampleBatch has it. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
  readonly word: number;
  readonly lowest: number;
}

/**
 * Stretches as columns: millions of objects that live for a moment cost more to collect than to add up. It is
 * filled, read and emptied again and again.
 */
export class SampleBuffer implements SampleBatch {
  readonly sessions: SampledSession[] = [];
  begins = new Float64Array(fewest);
  ends = new Float64Array(fewest);
  words = new Uint8Array(fewest);
  lowest = new Float64Array(fewest);
  length = 0;
  /** None for a stretch of one sample. */
  readonly #sources: (StretchSource | undefined)[] = [];
  #places = new Uint32Array(2 * fewest);

  /** One sample; without a score it is NaN. */
  push(session: SampledSession, at: number, word: number, score: number): void {
    const index = this.#next();
    this.sessions[index] = session;
    this.begins[index] = at;
    this.ends[index] = at;
    this.words[index] = word;
    this.lowest[index] = score;
    this.#sources[index] = undefined;
  }

  pushStretch(
    session: SampledSession,
    { begin, end, word, lowest }: Stretch,
    source: StretchSource,
    place: StretchPlace,
  ): void {
    const index = this.#next();
    this.sessions[index] = session;
    this.begins[index] = begin;
    this.ends[index] = end;
    this.words[index] = word;
    this.lowest[index] = lowest;
    this.#sources[index] = source;
    this.#places[2 * index] = place.session;
    this.#places[2 * index + 1] = place.stretch;
  }

  visit(index: number, visit: VisitSample): void {
    const source = this.#sources[index];
    const begin = this.begins[index] ?? 0;
    if (source === undefined) visit(begin, this.lowest[index] ?? Number.NaN);
    else {
      const [session = 0, stretch = 0] = [this.#places[2 * index], this.#places[2 * index + 1]];
      source.visit({ session, stretch }, begin, visit);
    }
  }

  /** Puts the samples from there on into the order of time, each alone. */
  sortFrom(begin: number): void {
    const sorted = [...samplesIn(this, begin)].sort((a, b) => a.at - b.at);
    this.length = begin;
    for (const { session, at, word, score } of sorted) this.push(session, at, word, score);
  }

  /** Takes the first ones away. */
  drop(count: number): void {
    const left = this.length - count;
    for (const column of [this.begins, this.ends, this.words, this.lowest])
      column.copyWithin(0, count, this.length);
    this.#places.copyWithin(0, 2 * count, 2 * this.length);
    this.sessions.copyWithin(0, count, this.length);
    this.#sources.copyWithin(0, count, this.length);
    this.sessions.length = left;
    this.#sources.length = left;
    this.length = left;
  }

  /** The first ones alone, as long as nothing is pushed or dropped. */
  first(length: number): SampleBatch {
    const { sessions, begins, ends, words, lowest } = this;
    const batch = {
      ...{ length, sessions, begins, ends, words, lowest },
      visit: (place: number, visit: VisitSample) => this.visit(place, visit),
    };
    return { ...batch, [Symbol.iterator]: () => eachSample(batch) };
  }

  [Symbol.iterator](): Iterator<Sample> {
    return eachSample(this);
  }

  #next(): number {
    const index = this.length;
    if (index === this.begins.length) this.#grow();
    this.length += 1;
    return index;
  }

  #grow(): void {
    const { begins, ends, words, lowest } = this;
    const size = 2 * begins.length;
    this.begins = new Float64Array(size);
    this.begins.set(begins);
    this.ends = new Float64Array(size);
    this.ends.set(ends);
    this.words = new Uint8Array(size);
    this.words.set(words);
    this.lowest = new Float64Array(size);
    this.lowest.set(lowest);
    const places = this.#places;
    this.#places = new Uint32Array(2 * size);
    this.#places.set(places);
  }
}

type Stretches = Pick<SampleBatch, 'length' | 'sessions' | 'words' | 'visit'>;

interface PlainSample {
  readonly session: SampledSession;
  readonly at: number;
  readonly word: number;
  readonly score: number;
}

function* samplesIn(batch: Stretches, begin: number): Generator<PlainSample> {
  for (let index = begin; index < batch.length; index += 1) {
    const session = batch.sessions[index];
    const word = batch.words[index] ?? 0;
    if (session === undefined) continue;
    const found: PlainSample[] = [];
    batch.visit(index, (at, score) => found.push({ session, at, word, score }));
    yield* found;
  }
}

function* eachSample(batch: Stretches): Generator<Sample> {
  for (const { session, at, word: place, score } of samplesIn(batch, 0)) {
    const word = sampleWords[place];
    const { agentId, sessionId } = session;
    if (word !== undefined)
      yield Number.isNaN(score)
        ? { agentId, sessionId, at, word }
        : { agentId, sessionId, at, word, score };
  }
}

export type SessionOf = (agentId: string, sessionId: string) => SampledSession;

/** The sessions of samples, one object for each. */
export const createSessions = (): SessionOf => {
  const known = new Map<string, Map<string, SampledSession>>();
  return (agentId, sessionId) => {
    const ofAgent = known.get(agentId) ?? new Map<string, SampledSession>();
    if (ofAgent.size === 0) known.set(agentId, ofAgent);
    const found = ofAgent.get(sessionId);
    if (found !== undefined) return found;
    const session = { agentId, sessionId };
    ofAgent.set(sessionId, session);
    return session;
  };
};

/** Samples of any kind as a batch. */
export const asBatch = (
  samples: readonly Sample[] | SampleBatch,
  sessionOf: SessionOf,
): SampleBatch => {
  if ('begins' in samples) return samples;
  const buffer = new SampleBuffer();
  for (const { agentId, sessionId, at, word, score = Number.NaN } of samples)
    buffer.push(sessionOf(agentId, sessionId), at, sampleWords.indexOf(word), score);
  return buffer;
};
