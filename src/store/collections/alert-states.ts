import { z } from 'zod';
import type { AlertStates, StoredAlertState } from '../../features/alerting/store.ts';
import { defineCollection } from '../define-collection.ts';
import { rowInserter } from '../sql/insert-rows.ts';
import { atomically, grouped, inStatements, json, readRows, toJson } from '../sql/rows.ts';
import type { Json } from '../sql/tables.ts';

interface AlertStateTable {
  account: string;
  watchId: string;
  agentId: string;
  sessionId: string;
  state: Json;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly alertStates: AlertStateTable;
  }
}

const Row = z.object({
  watchId: z.string(),
  agentId: z.string(),
  sessionId: z.string(),
  state: json(z.unknown()),
});

const primaryKey = ['watchId', 'agentId', 'sessionId'] as const;

const saveStates = rowInserter({
  into: 'alertStates',
  columns: ['account', ...primaryKey, 'state'],
  conflict: { key: primaryKey, set: ['state'], unlessSame: 'state' },
});

/** As they lie in the database, so that neighbours are written together: a poll finds them agent by agent. */
const byWatch = (states: readonly StoredAlertState[]): readonly StoredAlertState[] => {
  const all: StoredAlertState[] = [];
  // One by one: `flatMap` over 40,000 takes 40 ms.
  for (const [, some] of grouped(states, ({ watchId }) => watchId))
    for (const state of some) all.push(state);
  return all;
};

export const alertStates = defineCollection({
  name: 'alertStates',
  key: primaryKey,
  backUp: true,
  // A poll may store states of a watch that ends at the same moment.
  prune: (db) =>
    db
      .deleteFrom('alertStates')
      .where('watchId', 'not in', ({ selectFrom }) => selectFrom('watches').select('id'))
      .execute(),
  open: (db, { engine, setAside }): AlertStates => ({
    all: async (account) =>
      readRows(
        Row,
        await db
          .selectFrom('alertStates')
          .innerJoin('watches', 'watches.id', 'alertStates.watchId')
          .select([...primaryKey, 'state'])
          .where('alertStates.account', '=', account)
          .execute(),
        setAside,
      ),
    save: (account, states) =>
      atomically(db, (tx) =>
        saveStates(
          { db: tx, engine },
          byWatch(states),
          ({ watchId, agentId, sessionId, state }) => ({
            account,
            watchId,
            agentId,
            sessionId,
            state: toJson(state),
          }),
        ),
      ),
    forget: (account, keys) =>
      atomically(db, (tx) =>
        inStatements(keys, (some) =>
          tx
            .deleteFrom('alertStates')
            .where('account', '=', account)
            .where((eb) =>
              eb(
                eb.refTuple('watchId', 'agentId', 'sessionId'),
                'in',
                some.map(({ watchId, agentId, sessionId }) =>
                  eb.tuple(watchId, agentId, sessionId),
                ),
              ),
            )
            .execute(),
        ),
      ),
  }),
});
