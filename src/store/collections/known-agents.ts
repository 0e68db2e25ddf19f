import { z } from 'zod';
import { KnownAgent } from '../../features/fleet/domain/known-agent.ts';
import type { KnownAgentStore } from '../../features/fleet/store.ts';
import { inSlices } from '../../platform/slices.ts';
import { defineCollection } from '../define-collection.ts';
import { atomically, grouped, inStatements, json, readIfAny, toJson } from '../sql/rows.ts';
import type { Json } from '../sql/tables.ts';

interface KnownAgentTable {
  account: string;
  agentId: string;
  facts: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly knownAgents: KnownAgentTable;
  }
}

const Row = z.object({ facts: json(KnownAgent) }).transform(({ facts }) => facts);

export const knownAgents = defineCollection({
  name: 'knownAgents',
  key: ['account', 'agentId'],
  backUp: true,
  open: (db, { setAside }): KnownAgentStore => {
    const read = async (rows: readonly object[]): Promise<readonly KnownAgent[]> => {
      const agents: KnownAgent[] = [];
      await inSlices(rows, (row) => {
        const agent = readIfAny(Row, row, setAside);
        if (agent !== undefined) agents.push(agent);
      });
      return agents;
    };
    const listed = (account: string) =>
      db
        .selectFrom('knownAgents')
        .select(['account', 'agentId', 'facts'])
        .where('account', '=', account)
        .orderBy('agentId');
    return {
      all: async (account) => read(await listed(account).execute()),
      find: async (account, agents) =>
        agents.length === 0
          ? []
          : read(await listed(account).where('agentId', 'in', agents).execute()),
      save: (account, agents) =>
        atomically(db, (tx) =>
          // PostgreSQL refuses a statement that writes the same row twice.
          inStatements(
            grouped(agents, ({ id }) => id).flatMap(([, same]) => same.slice(-1)),
            (some) =>
              tx
                .insertInto('knownAgents')
                .values(some.map((one) => ({ account, agentId: one.id, facts: toJson(one) })))
                .onConflict((conflict) =>
                  conflict
                    .columns(['account', 'agentId'])
                    .doUpdateSet((eb) => ({ facts: eb.ref('excluded.facts') })),
                )
                .execute(),
          ),
        ),
      forget: (account, agents) =>
        atomically(db, (tx) =>
          inStatements(agents, (some) =>
            some.length === 0
              ? Promise.resolve()
              : tx
                  .deleteFrom('knownAgents')
                  .where('account', '=', account)
                  .where('agentId', 'in', some)
                  .execute(),
          ),
        ),
    };
  },
});
