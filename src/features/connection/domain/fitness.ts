import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';
import {
  AlertState,
  advance,
  firstSeen,
  type Observation,
  setBackWithClock,
} from '../../alerting/domain/alert-state.ts';
import { coldAfterMs, shownOf, verdictOf } from '../../alerting/domain/quality-rule.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { shownReading, staleAfterMs } from '../../fleet/domain/quality.ts';

/** What is known of a person's agent from poll to poll. Stored as JSON. */
export const Fitness = z
  .object({
    agentId: z.string(),
    state: AlertState.exactOptional(),
    /** It was offline at the last poll. */
    offline: z.literal(true).exactOptional(),
    /** When it came back, ms since 1970: what it measured before is filled in later, and says nothing of now. */
    onlineSince: z.number().exactOptional(),
    /** The card of the problem that the person was notified of, until they are notified of its end. */
    notified: z.string().exactOptional(),
  })
  .readonly();
export type Fitness = z.infer<typeof Fitness>;

/** As for a watch without words of its own: Poor is bad (contract, Watches). */
const unfit = { word: 'poor' } as const;

/** The next state by what a poll saw. An agent that is offline teaches nothing: who has no connection is in no call. */
export const nextFitness = (
  before: Fitness | undefined,
  view: AgentView,
  { now, pollSeconds }: { readonly now: number; readonly pollSeconds: number },
): Fitness => {
  const known: Fitness = before?.agentId === view.agent.id ? before : { agentId: view.agent.id };
  const { offline, ...rest } = known;
  if (!view.agent.online) return { ...rest, offline: true };
  const back: Fitness = offline === true ? { ...rest, onlineSince: now } : rest;
  const staleMs = staleAfterMs(pollSeconds);
  const state = back.state && setBackWithClock(back.state, now, staleMs);
  const seen = observe(view);
  const isNews =
    seen !== undefined && seen.at > (state?.at ?? 0) && seen.at >= (back.onlineSince ?? 0);
  if (!isNews) return back;
  const patience = { coldAfterMs: coldAfterMs({ pollSeconds }) };
  const after = state === undefined ? firstSeen(seen) : advance(patience, state, seen).state;
  return { ...back, ...optional('state', after) };
};

/** The worst of its fresh readings, at the time of the newest. */
const observe = ({ sessions }: AgentView): Observation | undefined => {
  const readings = sessions
    .filter(({ state, stale }) => state === 'active' && !stale)
    .flatMap((session) => shownReading(session) ?? []);
  const verdicts = readings.flatMap((reading) => verdictOf(unfit, reading) ?? []);
  const [worst] = readings;
  if (worst === undefined || verdicts.length === 0) return undefined;
  return {
    at: Math.max(...readings.map(({ measuredAt = 0 }) => measuredAt)),
    verdict: verdicts.includes('bad') ? 'bad' : 'good',
    shown: shownOf(worst),
  };
};

/** What to notify now. Silences hold back a beginning and an end; while it changes too often neither is news. */
export const newsOf = (
  { state, notified }: Fitness,
  silent: boolean,
): 'unfit' | 'fine' | undefined => {
  if (silent || state === undefined || state.flapping) return undefined;
  if (notified === undefined) return state.problem === undefined ? undefined : 'unfit';
  return state.bad ? undefined : 'fine';
};
