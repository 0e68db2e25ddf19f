import { z } from 'zod';
import type { Agent, AgentId, Fleet } from '../../../platform/agent.ts';
import { inSlices, otherTurns } from '../../../platform/slices.ts';
import type { Documents } from '../../../platform/store.ts';
import type { InTheMaking } from '../../../shared/in-the-making.ts';
import { finderByPlace } from './by-place.ts';

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

/** What is remembered of one agent between two reads; plain JSON. */
export const AgentMark = z
  .object({
    id: z.string(),
    name: z.string(),
    /** What tells it from others of that name. */
    distinction: z.string().exactOptional(),
    online: z.boolean(),
    lastSeen: z.union([z.number(), z.literal('never')]).exactOptional(),
    /** When it was seen coming back; absent if it was online when first seen. */
    onlineSince: z.number().exactOptional(),
    /** Whole reads in a row without it. */
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
 * The fleet as it is now known: an agent that the read left out stays until a second whole read
 * leaves it out too, or says that it is deleted. A read with entries that could not be read proves
 * nobody's absence.
 */
export const takeSnapshot = (
  before: FleetSnapshot | undefined,
  read: Fleet,
  now: number,
): FleetSnapshot => {
  const known = before?.agents ?? [];
  const { present, take } = presentMarks(known, now);
  for (const agent of read.agents) take(agent);
  const listed = finderByPlace(read.agents, idOf);
  const absent = known.filter(({ id }, place) => listed(id, place) === undefined);
  return { takenAt: now, agents: [...present, ...stillKnown(absent, read)] };
};

/** The same, of a whole fleet, without keeping the event loop from everybody else. */
export const takeSnapshotInSlices = async (
  before: FleetSnapshot | undefined,
  read: Fleet,
  now: number,
): Promise<FleetSnapshot> => {
  const known = before?.agents ?? [];
  const { present, take } = presentMarks(known, now);
  await inSlices(read.agents, take);
  const listed = finderByPlace(read.agents, idOf);
  const absent: AgentMark[] = [];
  await inSlices(known, (mark, place) => {
    if (listed(mark.id, place) === undefined) absent.push(mark);
  });
  return { takenAt: now, agents: [...present, ...stillKnown(absent, read)] };
};

/** The marks of the devices that it is given, in their order. */
const presentMarks = (known: readonly AgentMark[], now: number) => {
  const markBefore = finderByPlace(known, idOf);
  const present: AgentMark[] = [];
  const take = (agent: Agent): void => {
    if (isDevice(agent)) present.push(markOf(agent, markBefore(agent.id, present.length), now));
  };
  return { present, take };
};

/** Of those that a read does not list. */
const stillKnown = (
  absent: readonly AgentMark[],
  { skipped }: Pick<Fleet, 'skipped'>,
): readonly AgentMark[] =>
  absent
    .map((mark) => (skipped > 0 ? mark : { ...mark, missed: mark.missed + 1 }))
    .filter(({ missed }) => missed < missedToBeGone);

const idOf = ({ id }: { readonly id: AgentId }): AgentId => id;

/** The same as if one more whole read had left these out. */
export const missedOnce = (snapshot: FleetSnapshot, missing: readonly AgentId[]): FleetSnapshot => {
  if (missing.length === 0) return snapshot;
  const ids = new Set(missing);
  const agents = snapshot.agents
    .map((mark) => (ids.has(mark.id) ? { ...mark, missed: mark.missed + 1 } : mark))
    .filter(({ missed }) => missed < missedToBeGone);
  return { ...snapshot, agents };
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

/** The same, of a whole fleet, without keeping the event loop from everybody else. */
export const marksByIdInSlices = async (
  snapshot: FleetSnapshot,
): Promise<ReadonlyMap<AgentId, AgentMark>> => {
  const marks = new Map<AgentId, AgentMark>();
  await inSlices(snapshot.agents, (mark) => {
    marks.set(mark.id, mark);
  });
  return marks;
};

const markOf = (
  { id, name, distinction, online, lastSeen }: Agent,
  before: AgentMark | undefined,
  now: number,
): AgentMark => {
  const cameBack = online && before?.online === false;
  const onlineSince = cameBack ? now : online ? before?.onlineSince : undefined;
  // Copies by spread would take several times as long, for each agent at each poll.
  const mark: InTheMaking<AgentMark> = { id, name, online, missed: 0 };
  if (distinction !== undefined) mark.distinction = distinction;
  if (lastSeen !== undefined) mark.lastSeen = lastSeen;
  if (onlineSince !== undefined) mark.onlineSince = onlineSince;
  return mark;
};

/**
 * Whether a snapshot must be written. That an online agent was heard of again is no news: it is again
 * at every poll, and the moment counts only once the agent is offline.
 */
export const isSnapshotNews = (before: FleetSnapshot | undefined, after: FleetSnapshot): boolean =>
  before === undefined ||
  before.agents.length !== after.agents.length ||
  after.agents.some((mark, index) => !isSame(before.agents[index], mark));

const isSame = (a: AgentMark | undefined, b: AgentMark): boolean =>
  a !== undefined &&
  a.id === b.id &&
  a.name === b.name &&
  a.distinction === b.distinction &&
  a.online === b.online &&
  a.missed === b.missed &&
  a.onlineSince === b.onlineSince &&
  (b.online || a.lastSeen === b.lastSeen);

/** The same as the schema, with turns for others in between: one of 10,000 agents takes tens of milliseconds. */
export const parseSnapshot = async (value: unknown): Promise<FleetSnapshot | undefined> => {
  // To read it as JSON took its time already.
  await otherTurns();
  const { data } = UnreadSnapshot.safeParse(value);
  if (data === undefined) return undefined;
  const agents: AgentMark[] = [];
  await inSlices(data.agents, (mark) => {
    const read = AgentMark.safeParse(mark).data;
    if (read !== undefined) agents.push(read);
  });
  return agents.length === data.agents.length ? { takenAt: data.takenAt, agents } : undefined;
};

const UnreadSnapshot = z.object({ takenAt: z.number(), agents: z.array(z.unknown()) });

/** Under this name the snapshot of the last poll is stored. */
export const snapshotDocument = 'fleet';

/** Of what is stored, the snapshot; nothing when there is none that can be read. */
export const readSnapshot = async (
  documents: Pick<Documents, 'read'>,
  account: string,
): Promise<FleetSnapshot | undefined> =>
  parseSnapshot(await documents.read(account, snapshotDocument));
