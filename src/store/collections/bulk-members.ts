import { z } from 'zod';
import {
  type BulkJob,
  type BulkMember,
  type MemberDraft,
  memberStates,
} from '../../features/bulk/domain/job.ts';
import type { BulkJobs } from '../../features/bulk/store.ts';
import { groupBy } from '../../shared/grouped.ts';
import { inStatements, json, readRows, type SetAside, toJson, toJsonIfAny } from '../sql/rows.ts';
import type { Db, Json } from '../sql/tables.ts';

interface BulkMemberTable {
  job: string;
  place: number;
  account: string;
  agentId: string;
  state: string;
  why: string | null;
  member: Json;
  before: Json | null;
}

/** Agents that a job changes just now. */
interface BulkHoldTable {
  account: string;
  agentId: string;
  job: string;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly bulkMembers: BulkMemberTable;
    readonly bulkHolds: BulkHoldTable;
  }
}

const Before = z.object({
  name: z.string(),
  sessions: z.array(z.object({ id: z.string(), name: z.string() })),
  all: z.boolean(),
  ends: z.array(
    z.object({
      conversationKey: z.string(),
      sessions: z.array(z.string()),
      dueAt: z.number(),
      by: z.object({ id: z.string(), name: z.string() }),
    }),
  ),
});

const Named = z.object({
  name: z.string(),
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
});

const Row = z
  .object({
    place: z.number(),
    agentId: z.string(),
    state: z.enum(memberStates),
    why: z.string().exactOptional(),
    member: json(Named),
    before: json(Before).exactOptional(),
  })
  .transform(({ member, ...row }): BulkMember => ({ ...row, ...member }));

type Queries = Pick<BulkJobs, 'members' | 'mark' | 'record'> & {
  add(job: Pick<BulkJob, 'account' | 'id'>, members: readonly MemberDraft[]): Promise<void>;
};

/** The agents of bulk jobs. */
export const memberQueries = (db: Db, setAside: SetAside): Queries => ({
  add: async ({ account, id }, members) => {
    const rows = members.map(({ agentId, before, ...named }, place) => ({
      job: id,
      place,
      account,
      agentId,
      state: 'waiting',
      member: toJson(Named.parse(named)),
      before: toJsonIfAny(before),
    }));
    await inStatements(rows, (some) => db.insertInto('bulkMembers').values(some).execute());
  },
  members: async (job, states, { after = -1, skip = 0, limit }) =>
    readRows(
      Row,
      await db
        .selectFrom('bulkMembers')
        .select(['place', 'agentId', 'state', 'why', 'member', 'before'])
        .where('job', '=', job)
        .where('state', 'in', states)
        .where('place', '>', after)
        .orderBy('place')
        .limit(limit)
        .offset(skip)
        .execute(),
      setAside,
    ),
  mark: async ({ account, id: job }, members) => {
    if (members.length === 0) return new Set();
    await db
      .insertInto('bulkHolds')
      .values(members.map(({ agentId }) => ({ account, agentId, job })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const ours = await db
      .selectFrom('bulkHolds')
      .select('agentId')
      .where((eb) => eb.and({ account, job }))
      .execute();
    const mine = new Set(ours.map(({ agentId }) => agentId));
    const free = members.filter(({ agentId }) => mine.has(agentId));
    for (const { place, before } of free)
      await db
        .updateTable('bulkMembers')
        .set({ state: 'in-flight', ...(before === undefined ? {} : { before: toJson(before) }) })
        .where((eb) => eb.and({ job, place }))
        .execute();
    return new Set(free.map(({ place }) => place));
  },
  record: async (job, outcomes) => {
    const same = groupBy(outcomes, ({ state, why }) => JSON.stringify([state, why]));
    for (const some of same.values()) {
      const places = some.map(({ place }) => place);
      const [first] = some;
      if (first === undefined) continue;
      await db
        .updateTable('bulkMembers')
        .set({ state: first.state, why: first.why ?? null })
        .where('job', '=', job)
        .where('place', 'in', places)
        .execute();
      await db
        .deleteFrom('bulkHolds')
        .where('job', '=', job)
        .where('agentId', 'in', (eb) =>
          eb
            .selectFrom('bulkMembers')
            .select('agentId')
            .where('job', '=', job)
            .where('place', 'in', places),
        )
        .execute();
    }
  },
});
