import type { AgentId } from '../../../platform/agent.ts';
import type { PresenceRead } from '../store.ts';
import { quarterMs, quarterOf } from './quarters.ts';

/** For how long an agent was offline, as far as the bot watched. */
export interface OfflineTime {
  readonly agent: AgentId;
  readonly offlineMs: number;
  /** Time in which the bot knew whether it was. */
  readonly knownMs: number;
}

/** Quarters in which the bot did not poll say nothing of anybody, and those before an agent was made nothing of it. */
export const offlineTime = (
  { from, until, polled, agents }: PresenceRead,
  { id, createdAt }: { readonly id: AgentId; readonly createdAt?: number | undefined },
): OfflineTime => {
  const online = agents.get(id);
  const begin = Math.max(from, createdAt === undefined ? from : quarterOf(createdAt) + 1);
  let [offline, known] = [0, 0];
  for (let quarter = begin; quarter < until; quarter += 1) {
    if (!polled.has(quarter)) continue;
    known += 1;
    if (online?.has(quarter) !== true) offline += 1;
  }
  return { agent: id, offlineMs: offline * quarterMs, knownMs: known * quarterMs };
};

/** The first quarter in which the bot polled, ms since 1970. */
export const watchedSince = ({ from, until, polled }: PresenceRead): number | undefined => {
  for (let quarter = from; quarter < until; quarter += 1)
    if (polled.has(quarter)) return quarter * quarterMs;
  return undefined;
};
