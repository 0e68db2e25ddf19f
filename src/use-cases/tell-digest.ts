import { type Digest, type HeldPause, makeDigest } from '../core/digest.ts';
import { DigestSchedule, describeDigest } from '../core/digest-schedule.ts';
import { DigestTold } from '../core/digest-told.ts';
import { FleetSnapshot } from '../core/fleet-snapshot.ts';
import { monitorDocuments } from '../core/monitor-record.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import { foldQualityTimes, type QualityTime } from '../core/quality-time.ts';
import type { SeenSession } from '../core/session-memory.ts';
import type { Conversation } from '../core/stores.ts';
import type { Needs } from './ports.ts';

export interface ToldDigest {
  readonly digest: Digest;
  /** By the agent's id, and by the session's. */
  readonly names: ReadonlyMap<string, string>;
  readonly targets: ReadonlyMap<string, string>;
  readonly schedule?: string;
}

type Asked = Pick<Extract<Notice, { kind: 'digest' }>, 'from' | 'to'>;
type Reading = Needs<never, 'digests' | 'documents' | 'samples' | 'sessions'>;

/**
 * What happened between two moments, from the stored samples and the fleet as it was last swept.
 * Nothing when nothing changed, where that was wished for, and nothing before the first sweep.
 */
export const tellDigest =
  ({ store }: Reading) =>
  async (to: Conversation, asked: Asked): Promise<ToldDigest | undefined> => {
    const { account } = to;
    const stored = await store.digests.find(to);
    const told = DigestTold.safeParse(stored?.told).data;
    const schedule = DigestSchedule.safeParse(stored?.schedule).data;
    const after =
      FleetSnapshot.safeParse(await store.documents.read(account, monitorDocuments.snapshot))
        .data ?? told?.fleet;
    if (after === undefined) return undefined;
    const before = told?.before;
    const agents = [...(before?.agents ?? []), ...after.agents];
    const names = new Map(agents.map(({ id, name }) => [id, name]));
    const times = foldQualityTimes();
    const period = { from: asked.from, until: asked.to, agents: new Set(names.keys()) };
    for await (const page of store.samples.pages(account, period)) times.add(page);
    const pauses = heldPauses(await store.sessions.paused(account));
    const digest = makeDigest({ ...asked, times: times.times(asked.to), before, after, pauses });
    if (digest.nothingChanged && schedule?.onlyChanges === true) return undefined;
    return {
      digest,
      names,
      targets: await targetNames(store, account, digest.worst.slice(0, namedWorst)),
      ...optional('schedule', schedule && describeDigest(schedule)),
    };
  };

type Seen = ReadonlyMap<string, readonly SeenSession[]>;

const heldPauses = (paused: Seen): readonly HeldPause[] =>
  [...paused].flatMap(([agent, sessions]) =>
    sessions.flatMap(({ id, name, pausedBy }) =>
      pausedBy === undefined
        ? []
        : [{ agent, session: id, name, by: pausedBy.name, at: pausedBy.at }],
    ),
  );

/** A digest shows fewer than that by name. */
const namedWorst = 20;

const targetNames = async (
  { sessions }: Reading['store'],
  account: string,
  worst: readonly QualityTime[],
): Promise<ReadonlyMap<string, string>> => {
  const agents = [...new Set(worst.map(({ agent }) => agent))];
  const seen = await Promise.all(agents.map((agent) => sessions.seen(account, agent)));
  return new Map(seen.flat().map(({ id, name }) => [id, name]));
};
