import type { AgentId } from '../../platform/agent.ts';
import { inSlices } from '../../platform/slices.ts';
import type { Expectations } from '../changes/store.ts';
import type { Sighting, SweptFleet } from '../fleet/domain/observation.ts';
import { noteSamples } from '../history/domain/quality-time.ts';
import type { Sample } from '../history/store.ts';
import type { Watches } from '../watches/store.ts';
import { type Look, type Occurrence, stepAgent, stepGone } from './domain/evaluate.ts';
import { termsKey } from './domain/watch-plan.ts';
import { type AlertingState, forgetEnded } from './state.ts';

interface Ports {
  readonly account: string;
  readonly expectations: Expectations;
  readonly pollSeconds: number;
  readonly store: { readonly watches: Watches };
}

/** What these agents teach each watch, and what they measured. */
export const learnFrom = async (
  ports: Ports,
  state: AlertingState,
  fleet: SweptFleet | undefined,
  sightings: readonly Sighting[],
  look: Pick<Look, 'marks' | 'now'>,
): Promise<{
  readonly occurrences: readonly Occurrence[];
  readonly samples: readonly Sample[];
}> => {
  const { account, store, pollSeconds, expectations } = ports;
  const watches = await store.watches.all(account);
  for (const watch of watches) {
    if (state.terms.get(watch.id) === termsKey(watch)) continue;
    state.book.forgetWatch(watch.id);
    state.terms.set(watch.id, termsKey(watch));
  }
  forgetEnded(state, new Set(watches.map(({ id }) => id)));
  const plan = state.matching.planFor(watches, pollSeconds);
  const expected = await expectations.current(account, look.now);
  const whole: Look = { ...look, book: state.book, expectations: expected };
  const before = earlier(fleet?.sightings ?? []);
  const occurrences: Occurrence[] = [];
  const samples: Sample[] = [];
  await inSlices(sightings, (sighting, place) => {
    const sessions = sighting.measured();
    stepAgent(plan, sighting, sessions, whole, occurrences);
    noteSamples(sighting, sessions, before(sighting, place), samples);
  });
  for (const occurrence of stepGone(plan, whole)) occurrences.push(occurrence);
  return { occurrences, samples };
};

/** The same agent in an earlier look, nearly always in the same place: no index is made unless one is missing. */
const earlier = (
  sightings: readonly Sighting[],
): ((sighting: Sighting, place: number) => Sighting | undefined) => {
  let byId: ReadonlyMap<AgentId, Sighting> | undefined;
  return ({ facts: { agent } }, place) => {
    const candidate = sightings[place];
    if (candidate?.facts.agent.id === agent.id) return candidate;
    byId ??= new Map(sightings.map((one) => [one.facts.agent.id, one]));
    return byId.get(agent.id);
  };
};
