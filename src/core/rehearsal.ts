import type { AlertState } from './alert.ts';
import { countCards, groupWindowMs, type Problem } from './incident.ts';
import { optional } from './optional.ts';
import { type QualityRule, stepQuality } from './quality-alert.ts';
import { bySession } from './quality-time.ts';
import type { Sample } from './stores.ts';
import type { WatchRule } from './watch.ts';

/** What a watch would have sent. */
export interface Rehearsal {
  /** Cards: problems that came together share one. */
  readonly notifications: number;
  readonly problems: number;
  readonly agents: number;
  /** Problems that were still open at the end. */
  readonly open: number;
}

/** Runs the watch over stored samples, oldest first within each session. Who was offline is not in samples. */
export const rehearse = (
  rule: Pick<WatchRule, 'quality' | 'afterMs'>,
  samples: readonly Sample[],
  pollSeconds: number,
): Rehearsal => {
  const { quality, afterMs } = rule;
  if (quality === 'none') return { notifications: 0, problems: 0, agents: 0, open: 0 };
  const judged = { quality, pollSeconds, ...optional('afterMs', afterMs) };
  const ends = [...bySession(samples).values()].map((ofSession) => play(judged, ofSession));
  const problems = ends.flatMap(({ problems }) => problems);
  return {
    notifications: countCards(problems, groupWindowMs(pollSeconds)),
    problems: problems.length,
    agents: new Set(problems.map(({ agent }) => agent)).size,
    open: ends.filter(({ open }) => open).length,
  };
};

const play = (
  rule: QualityRule,
  samples: readonly Sample[],
): { readonly problems: readonly Problem[]; readonly open: boolean } => {
  const problems: Problem[] = [];
  let state: AlertState | undefined;
  for (const { agentId, sessionId, at, word, score } of samples) {
    const reading = { definitionId: '', word, measuredAt: at, ...optional('score', score) };
    const opened = state?.problem !== undefined;
    const step = stepQuality(rule, state, { reading }, at);
    state = step.state;
    if (!opened && step.event?.open === true)
      problems.push({ id: `${sessionId}/${at}`, agent: agentId, raisedAt: at });
  }
  return { problems, open: state?.problem !== undefined };
};
