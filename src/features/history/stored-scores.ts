import type { AgentId } from '../../platform/agent.ts';
import type { TracePeriod } from '../../platform/trace.ts';
import { hourMs, type RolledHour, samplesMs } from './domain/rolled-hour.ts';
import type { RollUps, Sample, Samples } from './store.ts';

export interface StoredScoresPorts {
  readonly store: {
    readonly samples: Pick<Samples, 'list'>;
    readonly rollUps: Pick<RollUps, 'visit'>;
  };
}

/** The scores of one session, the oldest first: by the hour where samples have gone, then samples. */
export interface StoredScores {
  readonly hours: readonly RolledHour[];
  readonly samples: readonly Sample[];
}

/** All that is stored of one agent in a period, by session. */
export const readStoredScores = async (
  { store }: StoredScoresPorts,
  account: string,
  agent: AgentId,
  { from, until }: TracePeriod,
): Promise<(session: string) => StoredScores> => {
  const samples = await store.samples.list(account, agent, from, until);
  const hours = new Map<string, RolledHour[]>();
  if (until - from > samplesMs)
    await store.rollUps.visit(
      account,
      { from, until, agents: new Set([agent]) },
      ({ sessionId }, hour) => {
        const known = hours.get(sessionId);
        if (known === undefined) hours.set(sessionId, [{ ...hour }]);
        else known.push({ ...hour });
      },
    );
  return (session) => {
    const own = samples.filter(({ sessionId }) => sessionId === session);
    const first = own[0]?.at ?? until;
    const rolled = (hours.get(session) ?? []).filter(({ at }) => at + hourMs <= first);
    return { hours: rolled, samples: own };
  };
};
