import type { Agent, AgentId, Fleet } from './agent.ts';
import { type SweepResult, vanishedAtLeast } from './blindness.ts';
import { type AgentMark, type FleetSnapshot, isDevice, marksById } from './fleet-snapshot.ts';

export type FleetChange = { readonly agent: AgentId; readonly name: string } & (
  | { readonly kind: 'came' | 'gone' | 'online' | 'offline' }
  | { readonly kind: 'renamed'; readonly before: string }
);

/** What is different now; the first snapshot only teaches. */
export const fleetChanges = (
  before: FleetSnapshot | undefined,
  after: FleetSnapshot,
): readonly FleetChange[] => {
  if (before === undefined) return [];
  const known = marksById(before);
  const still = new Set(after.agents.map(({ id }) => id));
  return [
    ...after.agents.flatMap((mark) => agentChanges(known.get(mark.id), mark)),
    ...before.agents
      .filter(({ id }) => !still.has(id))
      .map(({ id, name }) => ({ agent: id, name, kind: 'gone' as const })),
  ];
};

/** How a read looks from far away: how many of those that were online are not now. */
export const sweepResult = (
  before: FleetSnapshot | undefined,
  { agents, skipped }: Fleet,
): SweepResult => {
  const known = new Map(agents.map((agent) => [agent.id, agent]));
  const online = (before?.agents ?? []).filter((mark) => mark.online);
  const lost = online.filter(({ id }) => isLost(known.get(id))).length;
  return {
    ok: true,
    online: agents.filter((agent) => isDevice(agent) && agent.online).length,
    before: online.length,
    // Entries that could not be read may be any of those that are missing.
    lost: Math.max(0, lost - skipped),
  };
};

/** Those that are online, as the picture that a later sweep is compared with. */
export const onlineIds = ({ agents }: Fleet): ReadonlySet<AgentId> =>
  new Set(agents.filter((agent) => isDevice(agent) && agent.online).map(({ id }) => id));

/** A picture is another one when as many as make a sweep suspect, and such a share of it, are missing. */
const otherShare = 0.5;

/**
 * Whether a sweep shows the same as the picture did. What has come is no difference: else a fleet that
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

const agentChanges = (
  before: AgentMark | undefined,
  { id, name, online }: AgentMark,
): readonly FleetChange[] => {
  const subject = { agent: id, name };
  if (before === undefined) return [{ ...subject, kind: 'came' }];
  return [
    ...(before.name === name
      ? []
      : [{ ...subject, kind: 'renamed' as const, before: before.name }]),
    ...(before.online === online
      ? []
      : [{ ...subject, kind: online ? ('online' as const) : ('offline' as const) }]),
  ];
};
