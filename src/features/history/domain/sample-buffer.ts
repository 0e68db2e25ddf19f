import type { QualityWord } from '../../../platform/agent.ts';
import type { Sample, SampleBatch, SampledSession } from '../store.ts';

/** A sample's word is the place of it here. */
export const sampleWords: readonly QualityWord[] = ['good', 'fair', 'poor', 'unknown'];

const fewest = 1024;

/**
 * Samples as columns: millions of objects that live for a moment cost more to collect than to add up. It is
 * filled, read and emptied again and again.
 */
export class SampleBuffer implements SampleBatch {
  readonly sessions: SampledSession[] = [];
  times = new Float64Array(fewest);
  words = new Uint8Array(fewest);
  scores = new Float64Array(fewest);
  length = 0;

  /** Without a score it is NaN. */
  push(session: SampledSession, at: number, word: number, score: number): void {
    if (this.length === this.times.length) this.#grow();
    this.sessions[this.length] = session;
    this.times[this.length] = at;
    this.words[this.length] = word;
    this.scores[this.length] = score;
    this.length += 1;
  }

  /** Puts the samples from there on into the order of time. */
  sortFrom(begin: number): void {
    const sorted = [...this.#from(begin)].sort((a, b) => a.at - b.at);
    this.length = begin;
    for (const { session, at, word, score } of sorted) this.push(session, at, word, score);
  }

  /** Takes the first ones away. */
  drop(count: number): void {
    this.sessions.splice(0, count);
    this.times.copyWithin(0, count, this.length);
    this.words.copyWithin(0, count, this.length);
    this.scores.copyWithin(0, count, this.length);
    this.length -= count;
  }

  /** The first ones alone, as long as nothing is pushed or dropped. */
  first(length: number): SampleBatch {
    const { sessions, times, words, scores } = this;
    return {
      ...{ length, sessions, times, words, scores },
      [Symbol.iterator]: () => samplesIn({ length, sessions, times, words, scores }),
    };
  }

  [Symbol.iterator](): Iterator<Sample> {
    return samplesIn(this);
  }

  *#from(begin: number) {
    for (let index = begin; index < this.length; index += 1) {
      const session = this.sessions[index];
      if (session === undefined) continue;
      const [at = 0, word = 0, score = 0] = [
        this.times[index],
        this.words[index],
        this.scores[index],
      ];
      yield { session, at, word, score };
    }
  }

  #grow(): void {
    const { times, words, scores } = this;
    this.times = new Float64Array(2 * times.length);
    this.times.set(times);
    this.words = new Uint8Array(2 * words.length);
    this.words.set(words);
    this.scores = new Float64Array(2 * scores.length);
    this.scores.set(scores);
  }
}

function* samplesIn({
  length,
  sessions,
  times,
  words,
  scores,
}: Omit<SampleBatch, typeof Symbol.iterator>): Generator<Sample> {
  for (let index = 0; index < length; index += 1) {
    const session = sessions[index];
    const word = sampleWords[words[index] ?? 0];
    const [at = 0, score = Number.NaN] = [times[index], scores[index]];
    if (session === undefined || word === undefined) continue;
    const { agentId, sessionId } = session;
    yield Number.isNaN(score)
      ? { agentId, sessionId, at, word }
      : { agentId, sessionId, at, word, score };
  }
}

/** The sessions of samples, one object for each. */
export const createSessions = (): ((agentId: string, sessionId: string) => SampledSession) => {
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
  sessionOf: ReturnType<typeof createSessions>,
): SampleBatch => {
  if ('times' in samples) return samples;
  const buffer = new SampleBuffer();
  for (const { agentId, sessionId, at, word, score = Number.NaN } of samples)
    buffer.push(sessionOf(agentId, sessionId), at, sampleWords.indexOf(word), score);
  return buffer;
};
