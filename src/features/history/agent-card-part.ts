import type { Clock } from '../../platform/clock.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentCardPart } from '../fleet/ports.ts';
import { badSince } from './domain/bad-since.ts';
import { trendsOf } from './domain/trend.ts';
import type { Samples } from './store.ts';

const dayMs = 24 * 60 * 60_000;

interface Ports {
  readonly clock: Clock;
  readonly store: { readonly samples: Samples };
}

/** How the scores of an agent went in the last 24 hours. */
export const trendPart =
  ({ clock, store }: Ports): AgentCardPart =>
  async (account, { agent, sessions }) => {
    const now = clock.now();
    const samples = await store.samples.list(account, agent.id, now - dayMs, now);
    return {
      trend: trendsOf(sessions, samples),
      ...optional('badSince', badSince(sessions, samples, now)),
    };
  };
