import type { Agent, AgentId, Fleet } from '../../../platform/agent.ts';
import { finderByPlace } from '../../fleet/domain/by-place.ts';
import type { AgentObservation } from '../../fleet/domain/observation.ts';
import { type FleetSnapshot, isDevice } from '../../fleet/domain/snapshot.ts';
import { type ReadPoll, vanishedAtLeast } from './outage.ts';

/** How a read looks from far away: how many of those that were online are not now. */
export const pollResult = (
  before: FleetSnapshot | undefined,
  { agents, skipped }: Fleet,
): ReadPoll => {
  const now = finderByPlace(agents, ({ id }) => id);
  let [onlineBefore, lost, online] = [0, 0, 0];
  for (const [place, mark] of (before?.agents ?? []).entries()) {
    if (!mark.online) continue;
    onlineBefore += 1;
    if (isLost(now(mark.id, place))) lost += 1;
  }
  for (const agent of agents) if (isDevice(agent) && agent.online) online += 1;
  return {
    ok: true,
    online,
    before: onlineBefore,
    // Entries that could not be read may be any of those that are missing.
    lost: Math.max(0, lost - skipped),
  };
};

/**
 * Whether there are readings of agents that are online, and none of them can be used. Agents without any, as new
 * ones are, say nothing; nor does what is paused.
 */
export const hasNoUsableReading = (observations: readonly AgentObservation[]): boolean => {
  let some = false;
  for (const observation of observations) {
    if (!observation.facts.agent.online) continue;
    for (const { stale, paused } of observation.measured()) {
      if (paused) continue;
      if (!stale) return false;
      some = true;
    }
  }
  return some;
};

/** Those that are online, as the picture that a later poll is compared with. */
export const onlineIds = ({ agents }: Fleet): ReadonlySet<AgentId> =>
  new Set(agents.filter((agent) => isDevice(agent) && agent.online).map(({ id }) => id));

/** A picture is another one when as many as make a poll suspect, and such a share of it, are missing. */
const otherShare = 0.5;

/**
 * Whether a poll shows the same as the picture did. What has come is no difference: else a fleet that
 * grows by an agent at a time would never be believed.
 */
export const isSamePicture = (
  picture: ReadonlySet<AgentId>,
  now: ReadonlySet<AgentId>,
): boolean => {
  const lost = [...picture].filter((id) => !now.has(id)).length;
  return lost < vanishedAtLeast || lost < picture.size * otherShare;
};

/** A deleted agent is no loss: somebody wanted it. */
const isLost = (agent: Agent | undefined): boolean =>
  agent === undefined || (!agent.online && !agent.deleted);
