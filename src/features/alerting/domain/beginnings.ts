import { optional } from '../../../shared/optional.ts';
import { sampleWords } from '../../history/domain/sample-buffer.ts';
import type { SampleBatch, SampledSession } from '../../history/store.ts';
import { coldAfterMs, type QualityRule, verdictOf } from './quality-rule.ts';

/** Finds out since when sessions have been bad, from their stored samples. */
export interface BeginningsFold {
  /** Oldest first within each session. */
  add(batch: SampleBatch): void;
  /** When it began, ms since 1970, if its newest sample was bad and not long before `at`. */
  since(session: SampledSession, at: number): number | undefined;
}

/** What the samples of a session came to so far. */
interface Row {
  /** Absent while it is good. */
  since: number | undefined;
  /** Two good samples in a row end it, as they end an alert. */
  good: number;
  at: number;
}

/** After a long time without samples nobody knows whether what was before goes on. */
export const foldBeginnings = (rule: QualityRule): BeginningsFold => {
  const rows = new Map<SampledSession, Row>();
  const coldMs = coldAfterMs(rule);
  let found: ReadonlyMap<string, Row> | undefined;

  const step = (row: Row, verdict: ReturnType<typeof verdictOf>, begin: number, end: number) => {
    if (verdict === undefined) return;
    if (begin - row.at > coldMs) {
      row.since = undefined;
      row.good = 0;
    }
    row.at = Math.max(row.at, end);
    if (verdict === 'bad') row.since ??= begin;
    row.good = verdict === 'good' ? row.good + (end > begin ? 2 : 1) : 0;
    if (row.good >= 2) row.since = undefined;
  };

  return {
    add: (batch) => {
      const { length, sessions, begins, ends, words, lowest } = batch;
      for (let index = 0; index < length; index += 1) {
        const session = sessions[index];
        const word = sampleWords[words[index] ?? 0];
        if (session === undefined || word === undefined) continue;
        const row = rows.get(session) ?? { since: undefined, good: 0, at: 0 };
        if (row.at === 0) rows.set(session, row);
        const [begin = 0, end = 0] = [begins[index], ends[index]];
        const verdict = (score: number | undefined) =>
          verdictOf(rule.quality, {
            word,
            ...optional('score', Number.isNaN(score) ? undefined : score),
          });
        // By its word a stretch is all alike, and where its lowest score is good, all of it is.
        if (!('below' in rule.quality) || verdict(lowest[index]) === 'good')
          step(row, verdict(lowest[index]), begin, end);
        else batch.visit(index, (at, score) => step(row, verdict(score), at, at));
      }
    },
    since: (session, at) => {
      found ??= new Map([...rows].map(([of, row]) => [keyOf(of), row]));
      const row = found.get(keyOf(session));
      return row === undefined || at - row.at > coldMs ? undefined : row.since;
    },
  };
};

const keyOf = ({ agentId, sessionId }: SampledSession): string =>
  JSON.stringify([agentId, sessionId]);

/** Whether the samples before `from` may say that it began earlier. */
export const mayHaveBegunBefore = (since: number, from: number, rule: QualityRule): boolean =>
  since - from <= coldAfterMs(rule);
