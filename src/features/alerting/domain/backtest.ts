import { optional } from '../../../shared/optional.ts';
import type { Sample } from '../../history/store.ts';
import type { WatchRule } from '../../watches/domain/watch.ts';
import type { Backtest } from '../../watches/ports.ts';
import type { AlertState } from './alert-state.ts';
import { countCards, groupWindowMs, type Problem } from './grouping.ts';
import { type QualityRule, stepQuality } from './quality-rule.ts';

/**
 * Runs a watch over stored samples page by page, so that memory does not grow with their number.
 */
export interface BacktestFold {
  /** Oldest first within each session. */
  add(samples: readonly Sample[]): void;
  result(): Backtest;
}

/** Samples contain no offline times, so the backtest covers quality only. */
export const foldBacktest = (
  { quality, afterMs }: Pick<WatchRule, 'quality' | 'afterMs'>,
  pollSeconds: number,
): BacktestFold => {
  const states = new Map<string, AlertState>();
  const problems: Problem[] = [];
  const addSample = (rule: QualityRule, sample: Sample): void => {
    const { agentId, sessionId, at, word, score } = sample;
    const key = `${agentId}/${sessionId}`;
    const before = states.get(key);
    const reading = { definitionId: '', word, measuredAt: at, ...optional('score', score) };
    const { state, event } = stepQuality(rule, before, { reading }, at);
    if (state !== undefined) states.set(key, state);
    if (before?.problem === undefined && event?.open === true)
      problems.push({ id: `${sessionId}/${at}`, agent: agentId, raisedAt: at });
  };
  return {
    add: (samples) => {
      if (quality === 'none') return;
      const rule = { quality, pollSeconds, ...optional('afterMs', afterMs) };
      for (const sample of samples) addSample(rule, sample);
    },
    result: () => ({
      notifications: countCards(problems, groupWindowMs(pollSeconds)),
      problems: problems.length,
      agents: new Set(problems.map(({ agent }) => agent)).size,
      open: [...states.values()].filter(({ problem }) => problem !== undefined).length,
    }),
  };
};
