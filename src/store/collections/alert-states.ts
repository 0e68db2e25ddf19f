import { z } from 'zod';
import type { AlertStates } from '../../features/alerting/store.ts';
import { atomically, inStatements, json, readRows, type SetAside, toJson } from '../sql/rows.ts';
import type { Db } from '../sql/tables.ts';

const Row = z.object({
  watchId: z.string(),
  agentId: z.string(),
  sessionId: z.string(),
  state: json(z.unknown()),
});

const key = ['watchId', 'agentId', 'sessionId'] as const;

export const createAlertStates = (db: Db, setAside: SetAside): AlertStates => ({
  all: async (account) =>
    readRows(
      Row,
      await db
        .selectFrom('alertStates')
        .innerJoin('watches', 'watches.id', 'alertStates.watchId')
        .select([...key, 'state'])
        .where('alertStates.account', '=', account)
        .execute(),
      setAside,
    ),
  save: (account, states) =>
    atomically(db, (tx) =>
      inStatements(states, (some) =>
        tx
          .insertInto('alertStates')
          .values(
            some.map(({ watchId, agentId, sessionId, state }) => ({
              account,
              watchId,
              agentId,
              sessionId,
              state: toJson(state),
            })),
          )
          .onConflict((conflict) =>
            conflict
              .columns(key)
              .doUpdateSet((eb) => ({ state: eb.ref('excluded.state') }))
              .whereRef('alertStates.state', '<>', 'excluded.state'),
          )
          .execute(),
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
              some.map(({ watchId, agentId, sessionId }) => eb.tuple(watchId, agentId, sessionId)),
            ),
          )
          .execute(),
      ),
    ),
});
