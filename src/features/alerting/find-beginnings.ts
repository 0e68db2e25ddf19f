import type { Clock } from '../../platform/clock.ts';
import { groupBy } from '../../shared/grouped.ts';
import type { Samples } from '../history/store.ts';
import { foldBeginnings, mayHaveBegunBefore } from './domain/beginnings.ts';
import type { Evaluation } from './domain/evaluate.ts';
import type { QualityRule } from './domain/quality-rule.ts';
import type { WatchPlan } from './domain/watch-plan.ts';

interface Ports {
  readonly account: string;
  readonly clock: Clock;
  readonly store: { readonly samples: Samples };
}

const dayMs = 24 * 60 * 60_000;
/** Samples are stored for a week. Most problems are younger than a day, whose samples are read first. */
const spansMs = [dayMs, 7 * dayMs] as const;
/** A poll must not wait for it: what is not found by then began when the bot first saw it, as far as it knows. */
const patienceMs = 2000;

/**
 * What a watch finds bad when it first sees it may have been bad for long: then the problem began with its stored
 * samples. Reads those of just these agents, one pass for each rule, and changes `evaluations`.
 */
export const findBeginnings = async (
  { account, clock, store }: Ports,
  { groups }: WatchPlan,
  evaluations: Evaluation[],
  now: number,
): Promise<void> => {
  const rules = new Map<string, QualityRule>();
  for (const { watches } of groups)
    for (const { id, quality } of watches) if (quality !== undefined) rules.set(id, quality);
  const places = [...evaluations.keys()].filter((place) => isFirstAndBad(evaluations[place]));
  const begunAt = clock.monotonic();
  const ofRule = groupBy(places, (place) =>
    JSON.stringify(rules.get(evaluations[place]?.watchId ?? '')),
  );
  for (const alike of ofRule.values()) {
    const rule = rules.get(evaluations[alike[0] ?? 0]?.watchId ?? '');
    let open: readonly number[] = rule === undefined ? [] : alike;
    for (const spanMs of spansMs) {
      if (open.length === 0 || rule === undefined) break;
      const from = now - spanMs;
      const of = open.flatMap((place) => evaluations[place] ?? []);
      const fold = foldBeginnings(rule);
      const agents = new Set(of.map(({ agentId }) => agentId));
      for await (const batch of store.samples.pages(account, { from, until: now, agents })) {
        if (clock.monotonic() - begunAt > patienceMs) return;
        fold.add(batch);
      }
      open = open.filter((place) => {
        const evaluation = evaluations[place];
        const since = evaluation?.after && fold.since(evaluation, evaluation.after.at);
        if (evaluation === undefined || since === undefined) return false;
        evaluations[place] = begunEarlier(evaluation, since);
        return mayHaveBegunBefore(since, from, rule);
      });
    }
  }
};

const isFirstAndBad = (evaluation: Evaluation | undefined): boolean =>
  evaluation?.before === undefined &&
  evaluation?.after?.run.verdict === 'bad' &&
  evaluation.sessionId !== '' &&
  // Of limits nothing is stored, and what was usual at earlier hours is not read here.
  evaluation.shown === undefined;

const begunEarlier = (evaluation: Evaluation, since: number): Evaluation => {
  const { after } = evaluation;
  if (after === undefined || since >= after.run.since) return evaluation;
  return { ...evaluation, after: { ...after, run: { ...after.run, since } } };
};
