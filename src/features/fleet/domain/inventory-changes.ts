import { z } from 'zod';
import type { Agent, AgentId } from '../../../platform/agent.ts';
import { inSlices, otherTurns } from '../../../platform/slices.ts';
import { optional } from '../../../shared/optional.ts';
import { distinguished } from './distinction.ts';
import { formerAgent, type KnownAgent, type KnownAgents, learnAgent } from './known-agent.ts';
import type { AgentObservation } from './observation.ts';
import { machineKey, sharedMachines } from './same-machine.ts';
import type { AgentMark } from './snapshot.ts';

/** Those that somebody has to see to come first. */
export const inventoryKinds = [
  'waiting',
  'same-machine',
  'deleted',
  'renamed',
  'new',
  'back',
] as const;

/**
 * What happened to an agent: it is new, may wait for approval, was renamed or deleted, runs on the machine of
 * another, or is listed again after it was gone. Its names come from outside: escape them.
 */
export const InventoryChange = z
  .object({
    kind: z.enum(inventoryKinds),
    agent: z.string(),
    name: z.string(),
    /** What tells it from others of that name. */
    distinction: z.string().exactOptional(),
    /** With 'renamed': its name before. */
    was: z.string().exactOptional(),
    /** With 'same-machine': one of the others on that machine. */
    other: z
      .object({ agent: z.string(), name: z.string(), distinction: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
  })
  .readonly();
export type InventoryChange = z.infer<typeof InventoryChange>;

type MarksBefore = Pick<ReadonlyMap<AgentId, Pick<AgentMark, 'distinction'>>, 'get' | 'has'>;

export interface InventoryPoll {
  /** The devices that it read. */
  readonly observations: readonly AgentObservation[];
  /** Those that are in the fleet by now, also where this poll left them out. */
  readonly present: { has(id: AgentId): boolean };
  /** Those that were there by the snapshot before. Absent = nothing is known of before: this poll only teaches. */
  readonly before: MarksBefore | undefined;
  /** Those that were read and are no devices, but are not deleted either. */
  readonly templates: ReadonlySet<AgentId>;
  /** ms since 1970 */
  readonly now: number;
  /** When the poll before was, in ms since 1970. */
  readonly lastAt: number;
  /** Whether the bot itself gave the agent this name. */
  readonly isOwnName: (agent: AgentId, name: string) => boolean;
}

export interface Inventory {
  readonly changes: readonly InventoryChange[];
  /** Those of which something else is known now. */
  readonly learned: readonly KnownAgent[];
  /** Those of which nothing is to be known any more. */
  readonly forgotten: readonly AgentId[];
}

/** An agent may come back, and is not a new one then. */
const rememberedMs = 7 * 24 * 60 * 60_000;

/** What a poll says of the agents themselves, compared with what is known of them. */
export const takeInventory = async (
  known: KnownAgents,
  poll: InventoryPoll,
): Promise<Inventory> => {
  const changes: InventoryChange[] = [];
  const learned: KnownAgent[] = [];
  const moved: KnownAgent[] = [];
  await inSlices(poll.observations, ({ facts: { agent, status } }) => {
    const before = known.get(agent.id);
    const isMeasured = status !== undefined;
    const next = learnAgent(before, agent, { now: poll.now, before: poll.lastAt, isMeasured });
    if (next === before) return;
    learned.push(next);
    if (poll.before === undefined) return;
    changes.push(...changesOf(before, next, agent.distinction, poll));
    const isElsewhere =
      before?.goneAt !== undefined || machineKey(before ?? {}) !== machineKey(next);
    if (isElsewhere && (before !== undefined || !poll.before.has(agent.id))) moved.push(next);
  });
  if (moved.length > 0) changes.push(...(await onOneMachine(known, learned, moved)));
  await otherTurns();
  const left = whoLeft(known, poll);
  const gone = poll.before === undefined ? [] : left.gone;
  return {
    changes: [...changes, ...gone.map((one) => deleted(one, poll))],
    learned: [...learned, ...gone.map((one) => ({ ...one, goneAt: poll.now }))],
    forgotten:
      poll.before === undefined
        ? [...left.forgotten, ...left.gone.map(({ id }) => id)]
        : left.forgotten,
  };
};

const deleted = ({ id, name }: KnownAgent, { before }: InventoryPoll): InventoryChange => ({
  kind: 'deleted',
  agent: id,
  name,
  ...optional('distinction', before?.get(id)?.distinction),
});

const changesOf = (
  before: KnownAgent | undefined,
  { id, name, waiting }: KnownAgent,
  distinction: string | undefined,
  poll: InventoryPoll,
): readonly InventoryChange[] => {
  const subject = { agent: id, name, ...optional('distinction', distinction) };
  if (before === undefined) {
    // An older version has left a snapshot with it, and nothing else.
    if (poll.before?.has(id) === true) return [];
    return [{ ...subject, kind: waiting === true ? 'waiting' : 'new' }];
  }
  if (before.goneAt !== undefined)
    return [{ ...subject, kind: waiting === true ? 'waiting' : 'back' }];
  const isRenamed = before.name !== name && !poll.isOwnName(id, name);
  return [
    ...(isRenamed ? [{ ...subject, kind: 'renamed' as const, was: before.name }] : []),
    ...(waiting === true && before.waiting === undefined
      ? [{ ...subject, kind: 'waiting' as const }]
      : []),
  ];
};

/** Each machine once, however many of its agents came together. */
const onOneMachine = async (
  known: KnownAgents,
  learned: readonly KnownAgent[],
  moved: readonly KnownAgent[],
): Promise<readonly InventoryChange[]> => {
  const all = new Map([...known, ...learned.map((one) => [one.id, one] as const)]);
  const here = [...all.values()].filter(({ goneAt }) => goneAt === undefined);
  const shared = await sharedMachines(here, (one) => one);
  const isNew = new Set(moved.map(({ id }) => id));
  const keys = new Set(moved.map(machineKey));
  return [...keys].flatMap((key) => {
    const same = shared.get(key ?? '') ?? [];
    const one = same.find(({ id }) => isNew.has(id));
    const other =
      same.find(({ id }) => id !== one?.id && !isNew.has(id)) ??
      same.find(({ id }) => id !== one?.id);
    if (one === undefined || other === undefined) return [];
    const [subject, twin] = distinguished([formerAgent(one), formerAgent(other)]).map(namedAgent);
    if (subject === undefined || twin === undefined) return [];
    return [{ kind: 'same-machine' as const, ...subject, other: twin }];
  });
};

const namedAgent = ({ id, name, distinction }: Agent) => ({
  agent: id,
  name,
  ...optional('distinction', distinction),
});

const whoLeft = (
  known: KnownAgents,
  { present, templates, now }: InventoryPoll,
): { readonly gone: readonly KnownAgent[]; readonly forgotten: readonly AgentId[] } => {
  const gone: KnownAgent[] = [];
  const forgotten: AgentId[] = [];
  for (const agent of known.values()) {
    if (present.has(agent.id)) continue;
    if (agent.goneAt === undefined && !templates.has(agent.id)) gone.push(agent);
    else if (agent.goneAt === undefined || now - agent.goneAt >= rememberedMs)
      forgotten.push(agent.id);
  }
  return { gone, forgotten };
};

/** Whether a change that was not said at once still holds. */
export const isStillSo = (change: InventoryChange, known: Pick<KnownAgents, 'get'>): boolean => {
  const agent = known.get(change.agent);
  const isThere = agent !== undefined && agent.goneAt === undefined;
  switch (change.kind) {
    case 'deleted':
      return !isThere;
    case 'renamed':
      return isThere && agent.name === change.name;
    case 'waiting':
      return isThere && agent.waiting === true;
    case 'same-machine': {
      const other = known.get(change.other?.agent ?? '');
      const isSame = other !== undefined && other.goneAt === undefined;
      return isThere && isSame && machineKey(agent) === machineKey(other);
    }
    case 'new':
    case 'back':
      return isThere;
    default:
      return change.kind satisfies never;
  }
};
