import { z } from 'zod';
import { SetHours } from '../../features/silence/domain/hours.ts';
import type { AgentHours } from '../../features/silence/store.ts';
import { otherTurns } from '../../platform/slices.ts';
import { defineCollection } from '../define-collection.ts';
import {
  ActorColumn,
  atomically,
  inStatements,
  json,
  readRows,
  rowsPerStatement,
  toJson,
} from '../sql/rows.ts';
import type { Json } from '../sql/tables.ts';

interface SetHoursTable {
  account: string;
  agentId: string;
  hours: Json;
  by: Json;
  at: number;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly setHours: SetHoursTable;
  }
}

const Row = z.object({
  agentId: z.string(),
  hours: json(SetHours),
  by: ActorColumn,
  at: z.number(),
});

export const agentHours = defineCollection({
  name: 'setHours',
  key: ['account', 'agentId'],
  backUp: true,
  open: (db, { setAside }): AgentHours => ({
    all: async (account) => {
      const found = [];
      for (let last = ''; ; ) {
        const rows = await db
          .selectFrom('setHours')
          .selectAll()
          .where('account', '=', account)
          .where('agentId', '>', last)
          .orderBy('agentId')
          .limit(rowsPerStatement)
          .execute();
        found.push(...readRows(Row, rows, setAside));
        const end = rows.at(-1);
        if (end === undefined || rows.length < rowsPerStatement) return found;
        last = end.agentId;
        await otherTurns();
      }
    },
    version: async (account) => {
      const row = await db
        .selectFrom('setHours')
        .select(({ fn }) => [fn.countAll().as('count'), fn.max('at').as('at')])
        .where('account', '=', account)
        .executeTakeFirst();
      return `${row?.count ?? 0}/${row?.at ?? 0}`;
    },
    set: (account, hours) =>
      atomically(db, (tx) =>
        inStatements(hours, (some) =>
          tx
            .insertInto('setHours')
            .values(
              some.map(({ agentId, hours: set, by, at }) => ({
                account,
                agentId,
                hours: toJson(set),
                by: toJson(by),
                at,
              })),
            )
            .onConflict((conflict) =>
              conflict.columns(['account', 'agentId']).doUpdateSet((eb) => ({
                hours: eb.ref('excluded.hours'),
                by: eb.ref('excluded.by'),
                at: eb.ref('excluded.at'),
              })),
            )
            .execute(),
        ),
      ),
    remove: (account, agents) =>
      atomically(db, (tx) =>
        inStatements(agents, (some) =>
          tx
            .deleteFrom('setHours')
            .where('account', '=', account)
            .where('agentId', 'in', some)
            .execute(),
        ),
      ),
  }),
});
