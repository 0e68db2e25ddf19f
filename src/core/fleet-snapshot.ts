import { z } from 'zod';
import type { Agent, AgentId, Fleet } from './agent.ts';
import { optional } from './optional.ts';

/** What is remembered of one agent between two reads; plain JSON. */
export const AgentMark = z
  .object({
    id: z.string(),
    name: z.string(),
    online: z.boolean(),
    lastSeen: z.union([z.number(), z.literal('never')]).exactOptional(),
    /** When it was seen coming back; absent if it was online when first seen. */
    onlineSince: z.number().exactOptional(),
    /** Whole reads in a row that did not show it. */
    missed: z.number(),
  })
  .readonly();
export type AgentMark = z.infer<typeof AgentMark>;

export const FleetSnapshot = z
  .object({ takenAt: z.number(), agents: z.array(AgentMark).readonly() })
  .readonly();
export type FleetSnapshot = z.infer<typeof FleetSnapshot>;

/** An agent that one read leaves out may be there again in the next. */
const missedToBeGone = 2;

/** Devices only: neither templates nor what is deleted. */
export const isDevice = ({ template, deleted }: Agent): boolean => !template && !deleted;

/**
 * The fleet as it is now known: an agent that the read left out is kept until a second whole read
 * leaves it out too, or says that it is deleted. A read with entries that could not be read proves
 * nobody's absence.
 */
export const takeSnapshot = (
  before: FleetSnapshot | undefined,
  read: Fleet,
  now: number,
): FleetSnapshot => {
  const known = marksById(before);
  const listed = new Set(read.agents.map(({ id }) => id));
  const present = read.agents
    .filter(isDevice)
    .map((agent) => markOf(agent, known.get(agent.id), now));
  const absent = [...known.values()]
    .filter(({ id }) => !listed.has(id))
    .map((mark) => (read.skipped > 0 ? mark : { ...mark, missed: mark.missed + 1 }))
    .filter(({ missed }) => missed < missedToBeGone);
  return { takenAt: now, agents: [...present, ...absent] };
};

/**
 * What is left of a snapshot when all that a read does not list is given up at once. Where entries could
 * not be read, those that it does not list stay, as ones that nobody expects online.
 */
export const listedOnly = ({ takenAt, agents }: FleetSnapshot, read: Fleet): FleetSnapshot => {
  const listed = new Set(read.agents.map(({ id }) => id));
  if (read.skipped === 0) return { takenAt, agents: agents.filter(({ id }) => listed.has(id)) };
  return {
    takenAt,
    agents: agents.map((mark) => (listed.has(mark.id) ? mark : { ...mark, online: false })),
  };
};

export const marksById = (snapshot: FleetSnapshot | undefined): ReadonlyMap<AgentId, AgentMark> =>
  new Map((snapshot?.agents ?? []).map((mark) => [mark.id, mark]));

const markOf = (
  { id, name, online, lastSeen }: Agent,
  before: AgentMark | undefined,
  now: number,
): AgentMark => {
  const cameBack = online && before?.online === false;
  return {
    id,
    name,
    online,
    missed: 0,
    ...optional('lastSeen', lastSeen),
    ...optional('onlineSince', cameBack ? now : online ? before?.onlineSince : undefined),
  };
};
