import { LRUCache } from 'lru-cache';
import type { AgentId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { inSlices, otherTurns } from '../../platform/slices.ts';
import { onePass } from '../../shared/one-pass.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { type OfflineTime, offlineTime, watchedSince } from './domain/offline-time.ts';
import type { HistoryPeriod } from './domain/period.ts';
import { foldQualityTimes, type QualityTime } from './domain/quality-time.ts';
import { foldWordChanges } from './domain/word-changes.ts';
import { rolledTimes, samplesSince } from './rolled-times.ts';
import type { Presence, RollUps, Samples } from './store.ts';

export const topKinds = ['poor', 'flapping', 'offline'] as const;
export type TopKind = (typeof topKinds)[number];

/** One agent of the list. */
export interface TopEntry {
  readonly agent: { readonly id: AgentId; readonly name: string };
  /** The target that counts. */
  readonly target?: string;
  /** What the list is sorted by: ms of time, or changes of the word. */
  readonly amount: number;
  /** Of how much time that is known, ms. */
  readonly ofMs: number;
}

export interface Top {
  readonly kind: TopKind;
  readonly period: HistoryPeriod;
  /** The worst first. */
  readonly entries: readonly TopEntry[];
  /** Where what is stored begins later than the period, ms since 1970. */
  readonly since?: number;
  /** Nothing at all is stored of the period. */
  readonly nothingStored: boolean;
}

export interface TopPorts {
  readonly fleets: Pick<FleetReader, 'read'>;
  readonly clock: Clock;
  readonly store: {
    readonly samples: Pick<Samples, 'pages'>;
    readonly rollUps: Pick<RollUps, 'visit'>;
    readonly presence: Pick<Presence, 'read'>;
  };
}

export interface TopReader {
  read(account: string, asked: Pick<Top, 'kind' | 'period'>): Promise<Top>;
}

/** A pass over all that is stored serves everybody who asks meanwhile, and for half a minute. */
const freshForMs = 30_000;

export const createTopReader = (ports: TopPorts): TopReader => {
  const passes = new LRUCache<string, Promise<Top>>({
    max: 50,
    ttl: freshForMs,
    ttlResolution: 0,
    perf: { now: () => ports.clock.monotonic() },
  });
  return {
    read: (account, { kind, period }) =>
      onePass(passes, [account, kind, period.span], () =>
        readTop(ports, account, { kind, period }),
      ),
  };
};

/** The agents that were it for the longest time, in one pass over what is stored. */
export const readTop = async (
  ports: TopPorts,
  account: string,
  { kind, period }: Pick<Top, 'kind' | 'period'>,
): Promise<Top> => {
  const { agents } = await ports.fleets.read(account);
  const known = new Map<AgentId, AgentView>();
  await inSlices(agents, (view) => void known.set(view.agent.id, view));
  const { entries, since } =
    kind === 'offline'
      ? await offlineEntries(ports, account, period, known)
      : await scoreEntries(ports, account, { kind, period }, known);
  const sorted = entries.filter(({ amount }) => amount > 0).sort((a, b) => b.amount - a.amount);
  const begins = since !== undefined && since > period.from + lateMs ? since : undefined;
  return {
    kind,
    period,
    entries: sorted,
    nothingStored: since === undefined,
    ...optional('since', begins),
  };
};

/** What begins within an hour of the period is no younger than it. */
const lateMs = 60 * 60_000;

interface Found {
  readonly entries: TopEntry[];
  readonly since: number | undefined;
}

const offlineEntries = async (
  { store }: TopPorts,
  account: string,
  { from, until }: HistoryPeriod,
  known: ReadonlyMap<AgentId, AgentView>,
): Promise<Found> => {
  const presence = await store.presence.read(account, { from, until });
  const entries: TopEntry[] = [];
  const add = ({ offlineMs, knownMs }: OfflineTime, { agent }: AgentView): void => {
    entries.push({ agent: named(agent), amount: offlineMs, ofMs: knownMs });
  };
  await inSlices([...known.values()], (view) => {
    // Who never connected is not offline: nobody has installed it yet.
    if (view.agent.template || view.statusWord === 'never') return;
    add(offlineTime(presence, view.agent), view);
  });
  return { entries, since: watchedSince(presence) };
};

const scoreEntries = async (
  { store }: TopPorts,
  account: string,
  { kind, period: { from, until } }: Pick<Top, 'kind' | 'period'>,
  known: ReadonlyMap<AgentId, AgentView>,
): Promise<Found> => {
  const times = foldQualityTimes();
  const changes = foldWordChanges();
  let since: number | undefined;
  // How often a word changed is not rolled up.
  const begin = kind === 'poor' ? Math.max(from, samplesSince(until)) : from;
  for await (const batch of store.samples.pages(account, { from: begin, until })) {
    times.add(batch);
    if (kind === 'flapping') changes.add(batch);
    for (let index = 0; index < batch.length; index += 1)
      since = Math.min(since ?? Number.POSITIVE_INFINITY, batch.begins[index] ?? until);
  }
  await otherTurns();
  const rolled = await rolledTimes(store, account, { from, until: begin });
  since = Math.min(since ?? Number.POSITIVE_INFINITY, rolled.since ?? Number.POSITIVE_INFINITY);
  const sampled = rolled.times.size === 0 ? times.badTimes(until) : times.times(until);
  await otherTurns();
  const measured = new Map<
    string,
    Pick<QualityTime, 'agent' | 'session' | 'poorMs' | 'measuredMs'>
  >(rolled.times);
  await inSlices(sampled, (time) => {
    const before = rolled.times.get(time.session);
    measured.set(time.session, {
      ...time,
      poorMs: time.poorMs + (before?.poorMs ?? 0),
      measuredMs: time.measuredMs + (before?.measuredMs ?? 0),
    });
  });
  const amounts =
    kind === 'poor'
      ? [...measured.values()].map(({ agent, session, poorMs }) => ({
          agent,
          session,
          amount: poorMs,
        }))
      : changes
          .changes()
          .map(({ agent, session, changes: amount }) => ({ agent, session, amount }));
  const worst = new Map<AgentId, (typeof amounts)[number]>();
  await inSlices(amounts, (one) => {
    if (one.amount > (worst.get(one.agent)?.amount ?? 0)) worst.set(one.agent, one);
  });
  const entries: TopEntry[] = [];
  for (const { agent: id, session, amount } of worst.values()) {
    const view = known.get(id);
    if (view === undefined) continue;
    entries.push({
      agent: named(view.agent),
      amount,
      ofMs: measured.get(session)?.measuredMs ?? 0,
      ...optional('target', view.sessions.find((one) => one.id === session)?.name),
    });
  }
  return { entries, since: Number.isFinite(since) ? since : undefined };
};

const named = (agent: AgentView['agent']) => ({ id: agent.id, name: fullName(agent) });
