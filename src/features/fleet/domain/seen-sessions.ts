import type { AgentId, AgentStatus, ListedSession, TargetStatus } from '../../../platform/agent.ts';
import { inSlices } from '../../../platform/slices.ts';
import { optional } from '../../../shared/optional.ts';
import type { SeenSession, SessionMemory } from '../store.ts';

/** What there is to remember of the sessions in a status or a list. */
export const seenIn = (
  sessions: readonly (TargetStatus | ListedSession)[],
): readonly SeenSession[] =>
  sessions.map((session) => ({
    id: 'sessionId' in session ? session.sessionId : session.id,
    name: session.name,
    ...optional('address', session.address),
  }));

type Sessions = ReadonlyMap<AgentId, readonly SeenSession[]>;

/** The sessions that a status shows for the first time, or under another name or address. */
export const newlySeen = async (
  known: Sessions,
  statuses: ReadonlyMap<AgentId, AgentStatus>,
): Promise<Sessions> => {
  const seen = new Map<AgentId, readonly SeenSession[]>();
  await inSlices([...statuses.values()], ({ agentId, targets }) => {
    const before = known.get(agentId) ?? [];
    if (targets.every((target) => isKnown(before, target))) return;
    seen.set(agentId, seenIn(targets.filter((target) => !isKnown(before, target))));
  });
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
 * read again at each poll, because the bot's commands, on any instance, change it.
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

type SeenByAgent = Awaited<ReturnType<SessionMemory['all']>>;

/** The sessions that are new, or are called differently now: a fleet has many that are neither. */
export const unknownTo = (
  remembered: SeenByAgent,
  statuses: Iterable<AgentStatus>,
): SeenByAgent => {
  const news = [...statuses].map(({ agentId, targets }) => {
    const known = new Map((remembered.get(agentId) ?? []).map((seen) => [seen.id, seen]));
    const isNew = ({ id, name, address }: SeenSession): boolean =>
      known.get(id)?.name !== name || known.get(id)?.address !== address;
    return [agentId, seenIn(targets).filter(isNew)] as const;
  });
  return new Map(news.filter(([, sessions]) => sessions.length > 0));
};
