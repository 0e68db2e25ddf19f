import { type Selectable, sql } from 'kysely';
import type { StoredAlert } from '../../features/alerting/store.ts';
import { otherTurns } from '../../platform/slices.ts';
import type { OpenContext } from '../define-collection.ts';
import type { SetAside } from '../sql/rows.ts';
import type { Db, Tables } from '../sql/tables.ts';

type AlertRow = Selectable<Tables['alerts']>;

/** Their details are long: reading so many takes libsql some 10 ms, and nothing else runs meanwhile. */
const rowsAtOnce = 1000;

/**
 * Some of those that are open. By the index of what is closed. The account is no column here but an expression: by an
 * index of it, closed alerts of a month would be read at every poll.
 */
export const currentAlerts = (
  db: Db,
  account: string,
  after?: Pick<AlertRow, 'openedAt' | 'number' | 'id'>,
) => {
  const query = db
    .selectFrom('alerts')
    .selectAll()
    .where('closedAt', 'is', null)
    .where(sql<string>`account || ''`, '=', account)
    .orderBy('openedAt')
    .orderBy('number')
    .orderBy('id')
    .limit(rowsAtOnce);
  if (after === undefined) return query;
  const { openedAt, number, id } = after;
  return query.where(({ eb, refTuple, tuple }) =>
    eb(refTuple('openedAt', 'number', 'id'), '>', tuple(openedAt, number, id)),
  );
};

interface RowRead {
  readonly row: AlertRow;
  readonly alert: StoredAlert;
}

/** The open alerts of each account as they were read or written last, by their ids. */
type LastKnown = Map<string, Map<string, RowRead>>;

const lastKnown = new WeakMap<OpenContext['store'], LastKnown>();

/**
 * The next poll need not read by its schema what this one wrote. A transaction that is rolled back does no harm: then
 * the row is another one, and is read.
 */
export const noteWritten = (
  store: OpenContext['store'],
  alert: StoredAlert,
  row: AlertRow,
): void => {
  const accounts: LastKnown = lastKnown.get(store) ?? new Map();
  const alerts = accounts.get(alert.account) ?? new Map<string, RowRead>();
  lastKnown.set(store, accounts.set(alert.account, alerts.set(alert.id, { row, alert })));
};

/**
 * Each poll asks for them, and most are what they were: one that has not changed is the very same object, for reading
 * it by its schema costs several times what the database does.
 */
export const readCurrent = async (
  db: Db,
  account: string,
  { store, setAside }: Pick<OpenContext, 'store' | 'setAside'>,
  read: (row: AlertRow, setAside: SetAside) => StoredAlert | undefined,
): Promise<readonly StoredAlert[]> => {
  const last: LastKnown = lastKnown.get(store) ?? new Map();
  lastKnown.set(store, last);
  const before = last.get(account);
  const now = new Map<string, RowRead>();
  for (let rows = await currentAlerts(db, account).execute(); ; ) {
    for (const row of rows) {
      const known = before?.get(row.id);
      const alert = isSameRow(known?.row, row) ? known?.alert : read(row, setAside);
      if (alert !== undefined) now.set(row.id, { row, alert });
    }
    const lastRow = rows.at(-1);
    if (lastRow === undefined || rows.length < rowsAtOnce) break;
    await otherTurns();
    rows = await currentAlerts(db, account, lastRow).execute();
  }
  last.set(account, now);
  return [...now.values()].map(({ alert }) => alert);
};

const isSameRow = (a: AlertRow | undefined, b: AlertRow): boolean => {
  if (a === undefined) return false;
  let column: keyof AlertRow;
  for (column in b) if (a[column] !== b[column]) return false;
  return true;
};
