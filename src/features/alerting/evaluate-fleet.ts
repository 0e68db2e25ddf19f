import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { inSlices, otherTurns } from '../../platform/slices.ts';
import { optional } from '../../shared/optional.ts';
import { ownChangesByAgent } from '../changes/domain/own-change.ts';
import { finderByPlace } from '../fleet/domain/by-place.ts';
import type { AgentObservation, ObservedFleet } from '../fleet/domain/observation.ts';
import { noteSamples } from '../history/domain/quality-time.ts';
import type { Sample, Samples } from '../history/store.ts';
import { readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import {
  type Evaluation,
  type EvaluationContext,
  evaluateAgent,
  evaluateRemoved,
} from './domain/evaluate.ts';
import { asksForUsual, termsKey } from './domain/watch-plan.ts';
import { findBeginnings } from './find-beginnings.ts';
import type { AlertingPorts } from './ports.ts';
import { readBuckets } from './read-buckets.ts';
import { type AlertingState, forgetEnded } from './state.ts';

interface Ports extends AlertingPorts {
  readonly account: string;
  readonly pollSeconds: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly store: { readonly samples: Samples; readonly watches: Watches };
}

/** Evaluates all watches on these agents, and collects their samples. Without a signal their limits are not read. */
export const learnFrom = async (
  ports: Ports,
  state: AlertingState,
  fleet: ObservedFleet | undefined,
  observations: readonly AgentObservation[],
  moment: Pick<EvaluationContext, 'marks' | 'now' | 'anotherAccount'>,
  signal?: AbortSignal,
): Promise<{
  readonly evaluations: readonly Evaluation[];
  readonly samples: readonly Sample[];
}> => {
  const { account, store, pollSeconds, ownChanges, usualScores } = ports;
  const watches = await store.watches.all(account);
  // One that cannot be read keeps its states: it has not ended.
  for (const watch of watches) {
    if (state.terms.get(watch.id) === termsKey(watch) || readWatch(watch) === undefined) continue;
    state.book.forgetWatch(watch.id);
    state.terms.set(watch.id, termsKey(watch));
  }
  forgetEnded(state, new Set(watches.map(({ id }) => id)));
  const plan = state.matching.planFor(watches, pollSeconds);
  const expected = ownChangesByAgent(await ownChanges.current(account, moment.now));
  const buckets =
    signal && (await readBuckets(ports, plan, state.book, observations, moment.now, signal));
  const usual = asksForUsual(plan) ? await usualScores.at(account, moment.now) : undefined;
  const context: EvaluationContext = {
    ...moment,
    ...optional('usual', usual),
    ...optional('buckets', buckets),
    book: state.book,
    ownChanges: expected,
  };
  const before = finderByPlace(fleet?.observations ?? [], ({ facts }) => facts.agent.id);
  const evaluations: Evaluation[] = [];
  const samples: Sample[] = [];
  await inSlices(observations, (observation, place) => {
    const sessions = observation.measured();
    evaluateAgent(plan, observation, sessions, context, evaluations);
    noteSamples(observation, sessions, before(observation.facts.agent.id, place), samples);
  });
  await otherTurns();
  for (const evaluation of evaluateRemoved(plan, context)) evaluations.push(evaluation);
  await findBeginnings(ports, plan, evaluations, moment.now);
  return { evaluations, samples };
};
