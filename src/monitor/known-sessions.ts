import type { AgentId, AgentStatus, TargetStatus } from '../core/agent.ts';
import { type SeenSession, seenIn } from '../core/session-memory.ts';

type Sessions = ReadonlyMap<AgentId, readonly SeenSession[]>;

/** The sessions that a status shows for the first time, or under another name or address. */
export const newlySeen = (
  known: Sessions,
  statuses: ReadonlyMap<AgentId, AgentStatus>,
): Sessions => {
  const seen = new Map<AgentId, readonly SeenSession[]>();
  for (const [agentId, { targets }] of statuses) {
    const before = known.get(agentId) ?? [];
    if (targets.every((target) => isKnown(before, target))) continue;
    seen.set(agentId, seenIn(targets.filter((target) => !isKnown(before, target))));
  }
  return seen;
};

const isKnown = (known: readonly SeenSession[], target: TargetStatus): boolean =>
  known.some(
    ({ id, name, address }) =>
      id === target.sessionId &&
      name === target.name &&
      (target.address === undefined || address === target.address),
  );

export const withNewlySeen = (
  before: readonly SeenSession[] | undefined,
  seen: readonly SeenSession[],
): readonly SeenSession[] => {
  const sessions = new Map((before ?? []).map((one) => [one.id, one]));
  for (const one of seen) sessions.set(one.id, { ...sessions.get(one.id), ...one });
  return [...sessions.values()];
};

/**
 * What there is to know of an agent's sessions besides its status; for most agents nothing. Who paused
 * what is asked anew at each look, for the bot's commands, on any instance, change it.
 */
export const seenBesides = (
  known: readonly SeenSession[] = [],
  status: AgentStatus | undefined,
  paused: readonly SeenSession[] | undefined,
): readonly SeenSession[] | undefined => {
  const isShown = ({ id }: SeenSession): boolean =>
    status?.targets.some(({ sessionId }) => sessionId === id) === true;
  if (paused === undefined) return known.every(isShown) ? undefined : known;
  const others = known.filter(({ id }) => !paused.some((one) => one.id === id));
  return [...others, ...paused];
};

export const withoutPauses = (sessions: readonly SeenSession[]): readonly SeenSession[] =>
  sessions.map(({ pausedBy: _, ...session }) => session);
