import { sql } from 'kysely';
import { z } from 'zod';
import type { SeenSession, SeenSessions } from '../../features/fleet/store.ts';
import { defineCollection } from '../define-collection.ts';
import {
  atomically,
  grouped,
  inStatements,
  json,
  readRows,
  type SetAside,
  toJsonIfAny,
} from '../sql/rows.ts';
import type { Db, Json } from '../sql/tables.ts';

interface SeenSessionTable {
  account: string;
  agentId: string;
  sessionId: string;
  name: string;
  address: string | null;
  pausedBy: Json | null;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly seenSessions: SeenSessionTable;
  }
}

const PausedByRow = z.object({
  name: z.string(),
  at: z.number(),
  schedule: z.literal(true).exactOptional(),
  person: z
    .object({ tenantId: z.string(), id: z.string(), conversationKey: z.string() })
    .exactOptional(),
});

const Row = z
  .object({
    sessionId: z.string(),
    name: z.string(),
    address: z.string().exactOptional(),
    pausedBy: json(PausedByRow).exactOptional(),
  })
  .transform(({ sessionId, ...rest }): SeenSession => ({ id: sessionId, ...rest }));

interface SeenRow {
  readonly account: string;
  readonly agentId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly address: string | null;
  readonly pausedBy: string | null;
}

const rowsOf = (
  account: string,
  agentId: string,
  sessions: readonly SeenSession[],
): readonly SeenRow[] =>
  // PostgreSQL refuses a statement that writes the same row twice.
  grouped(sessions, ({ id }) => id).flatMap(([sessionId, same]) =>
    same.slice(-1).map(({ name, address, pausedBy }) => ({
      account,
      agentId,
      sessionId,
      name,
      address: address ?? null,
      pausedBy: toJsonIfAny(pausedBy),
    })),
  );

const remember = (db: Db, rows: readonly SeenRow[]): Promise<void> =>
  atomically(db, (tx) =>
    inStatements(rows, (some) =>
      tx
        .insertInto('seenSessions')
        .values(some)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'agentId', 'sessionId'])
            .doUpdateSet((eb) => ({
              name: eb.ref('excluded.name'),
              address: eb.fn.coalesce('excluded.address', 'seenSessions.address'),
              pausedBy: eb.fn.coalesce('excluded.pausedBy', 'seenSessions.pausedBy'),
            }))
            .where(
              sql<boolean>`excluded.name <> seen_sessions.name
                or coalesce(excluded.address, seen_sessions.address) is distinct from seen_sessions.address
                or coalesce(excluded.paused_by, seen_sessions.paused_by) is distinct from seen_sessions.paused_by`,
            ),
        )
        .execute(),
    ),
  );

const listed = (db: Db, account: string) =>
  db
    .selectFrom('seenSessions')
    .select(['account', 'agentId', 'sessionId', 'name', 'address', 'pausedBy'])
    .where('account', '=', account);

const byAgent = (
  rows: readonly (object & { readonly agentId: string })[],
  setAside: SetAside,
): ReadonlyMap<string, readonly SeenSession[]> =>
  new Map(
    grouped(rows, ({ agentId }) => agentId).map(([agentId, some]) => [
      agentId,
      readRows(Row, some, setAside),
    ]),
  );

export const seenSessions = defineCollection({
  name: 'seenSessions',
  key: ['account', 'agentId', 'sessionId'],
  backUp: true,
  open: (db, { setAside }): SeenSessions => ({
    seen: async (account, agent) =>
      readRows(
        Row,
        await db
          .selectFrom('seenSessions')
          .select(['account', 'agentId', 'sessionId', 'name', 'address', 'pausedBy'])
          .where('account', '=', account)
          .where('agentId', '=', agent)
          .orderBy('sessionId')
          .execute(),
        setAside,
      ),
    remember: (account, agent, sessions) => remember(db, rowsOf(account, agent, sessions)),
    rememberAll: (account, seen) =>
      remember(
        db,
        [...seen].flatMap(([agent, sessions]) => rowsOf(account, agent, sessions)),
      ),
    all: async (account) => byAgent(await listed(db, account).execute(), setAside),
    paused: async (account) =>
      byAgent(await listed(db, account).where('pausedBy', 'is not', null).execute(), setAside),
    markPaused: async (account, agent, sessions, by) => {
      if (sessions.length === 0) return;
      await db
        .updateTable('seenSessions')
        .set({ pausedBy: toJsonIfAny(by) })
        .where('account', '=', account)
        .where('agentId', '=', agent)
        .where('sessionId', 'in', sessions)
        .execute();
    },
    forget: async (account, agent) => {
      await db
        .deleteFrom('seenSessions')
        .where('account', '=', account)
        .where('agentId', '=', agent)
        .execute();
    },
  }),
});
