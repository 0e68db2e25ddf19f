import { LRUCache } from 'lru-cache';
import type { Conversation } from '../../platform/conversation.ts';
import type { Notices } from '../../platform/notice.ts';
import { inSlices, otherTurns } from '../../platform/slices.ts';
import type { Documents } from '../../platform/store.ts';
import { onePass } from '../../shared/one-pass.ts';
import { optional } from '../../shared/optional.ts';
import type { Alerts } from '../alerting/store.ts';
import { type EndlessPause, endlessPauses } from '../changes/domain/forgotten-pause.ts';
import type { TimedResumes } from '../changes/store.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { type FleetSnapshot, parseSnapshot, readSnapshot } from '../fleet/domain/snapshot.ts';
import type { SeenSessions } from '../fleet/store.ts';
import { foldQualityTimes, type QualityTime } from '../history/domain/quality-time.ts';
import type { RollUps, Samples } from '../history/store.ts';
import type { SuppressedCounts } from '../silence/domain/suppressed.ts';
import type { Suppressions } from '../silence/store.ts';
import { DigestBaseline, fleetDocument } from './domain/baseline.ts';
import { type Digest, type LongPause, makeDigest } from './domain/digest.ts';
import { DigestSchedule, describeDigest } from './domain/schedule.ts';
import { type OpenAlert, stillOpen } from './domain/still-open.ts';
import { foldWeeks, type Weeks, weekEnd, weekMs } from './domain/weeks.ts';
import type { Digests } from './store.ts';

export interface LoadedDigest {
  readonly digest: Digest;
  /** By agent id. */
  readonly names: ReadonlyMap<string, string>;
  /** By session id. */
  readonly targets: ReadonlyMap<string, string>;
  readonly schedule?: string;
  /** The alerts of the conversation that go on, the oldest first. */
  readonly open?: readonly OpenAlert[];
  /** Of a weekly digest: this week and the one before. */
  readonly weeks?: Weeks;
  /** What was held back in the conversation meanwhile. */
  readonly suppressed?: SuppressedCounts;
}

type Period = Pick<Notices['digest'], 'from' | 'to'>;

interface Ports {
  readonly store: {
    readonly alerts: Pick<Alerts, 'list'>;
    readonly digests: Digests;
    readonly documents: Documents;
    readonly samples: Samples;
    readonly rollUps: Pick<RollUps, 'visit'>;
    readonly sessions: SeenSessions;
    readonly suppressions: Pick<Suppressions, 'count'>;
    readonly timedResumes: Pick<TimedResumes, 'all'>;
  };
}

/** Digests of the same period come at the same time, so one pass can serve 500 conversations. */
const cachedPeriods = 4;

/**
 * Makes a digest from the stored samples and the snapshot of the last poll. Gives nothing before
 * the first poll, and nothing if nothing changed and the schedule says `if changed`.
 */
export const createDigestLoader = ({ store }: Ports) => {
  const passes = new LRUCache<string, Promise<readonly QualityTime[]>>({ max: cachedPeriods });

  const badTimes = (account: string, { from, to }: Period): Promise<readonly QualityTime[]> =>
    onePass(passes, [account, from, to], () => readBadTimes(store, account, { from, to }));

  const compared = new LRUCache<string, Promise<Weeks>>({ max: cachedPeriods });

  const weeksOf = (account: string, to: number): Promise<Weeks> => {
    const until = weekEnd(to);
    return onePass(compared, [account, until], () => readWeeks(store, account, until));
  };

  return async (to: Conversation, period: Period): Promise<LoadedDigest | undefined> => {
    const { account } = to;
    const stored = await store.digests.find(to);
    await otherTurns();
    const baseline = DigestBaseline.safeParse(stored?.baseline).data;
    // The first time zone that a process reads takes 20 ms.
    const schedule = DigestSchedule.safeParse(stored?.schedule).data;
    await otherTurns();
    const before = await fleetOf(store, account, baseline?.beforeAt, baseline?.before);
    await otherTurns();
    const after =
      (await readSnapshot(store.documents, account)) ??
      (await fleetOf(store, account, baseline?.fleetAt, baseline?.fleet));
    if (after === undefined) return undefined;
    await otherTurns();
    const names = new Map<string, string>();
    for (const { agents } of [before ?? { agents: [] }, after])
      await inSlices(agents, (mark) => void names.set(mark.id, fullName(mark)));
    await otherTurns();
    const times = (await badTimes(account, period)).filter(({ agent }) => names.has(agent));
    const pauses = longPauses(
      endlessPauses(await store.sessions.paused(account), await store.timedResumes.all(account)),
    );
    await otherTurns();
    const digest = makeDigest({ ...period, times, before, after, pauses });
    await otherTurns();
    if (digest.nothingChanged && schedule?.onlyChanges === true) return undefined;
    const weeks = schedule?.weekday === undefined ? undefined : await weeksOf(account, period.to);
    const moved = weeks !== undefined && 'movers' in weeks ? weeks.movers : [];
    const named = [
      ...digest.worst.slice(0, namedWorst),
      ...moved.filter(({ agent }) => names.has(agent)).slice(0, namedWorst),
    ];
    return {
      digest,
      names,
      ...optional('weeks', weeks),
      targets: await targetNames(store, account, named),
      ...optional('schedule', schedule && describeDigest(schedule)),
      open: stillOpen(await store.alerts.list(to, Number.MAX_SAFE_INTEGER)),
      suppressed: await store.suppressions.count(to, { from: period.from, until: period.to }),
    };
  };
};

/** The fleet that was written down at that moment; or the one that an older version has stored with the digest. */
const fleetOf = async (
  { documents }: Ports['store'],
  account: string,
  at: number | undefined,
  older: unknown,
): Promise<FleetSnapshot | undefined> => {
  const fleet = at === undefined ? older : await documents.read(account, fleetDocument(at));
  return parseSnapshot(fleet);
};

/** Worst first, without the targets that were Good all the time: those are most of a fleet. */
const readBadTimes = async (
  { samples }: Ports['store'],
  account: string,
  { from, to }: Period,
): Promise<readonly QualityTime[]> => {
  const times = foldQualityTimes();
  for await (const page of samples.pages(account, { from, until: to })) times.add(page);
  return times.badTimes(to);
};

const readWeeks = async (
  { rollUps }: Ports['store'],
  account: string,
  until: number,
): Promise<Weeks> => {
  const weeks = foldWeeks(until);
  await rollUps.visit(account, { from: until - 2 * weekMs, until }, weeks.visit);
  await otherTurns();
  return weeks.result();
};

const longPauses = (pauses: readonly EndlessPause[]): readonly LongPause[] =>
  pauses.map(({ agent, session, name, by }) => ({ agent, session, name, by: by.name, at: by.at }));

/** More than the card shows by name. */
const namedWorst = 20;

const targetNames = async (
  { sessions }: Ports['store'],
  account: string,
  worst: readonly Pick<QualityTime, 'agent'>[],
): Promise<ReadonlyMap<string, string>> => {
  const agents = [...new Set(worst.map(({ agent }) => agent))];
  const seen = await Promise.all(agents.map((agent) => sessions.seen(account, agent)));
  return new Map(seen.flat().map(({ id, name }) => [id, name]));
};
