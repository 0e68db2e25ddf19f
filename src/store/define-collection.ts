import type { Clock } from '../platform/clock.ts';
import { optional } from '../shared/optional.ts';
import type { Engine } from './sql/migrations/columns.ts';
import type { SetAside } from './sql/rows.ts';
import type { Db, Tables } from './sql/tables.ts';

type TableName = keyof Tables;
type Column<T extends TableName> = keyof Tables[T] & string;

interface TableParts<T extends TableName> {
  /** The columns that name a row; a backup writes the rows in their order. */
  readonly key: readonly Column<T>[];
  /** The column that the database numbers by itself: after a restore it has to go on from the highest number. */
  readonly numbered?: Column<T>;
  /** Set where a new database has rows already, so that a restore still takes it for empty. */
  readonly neverEmpty?: true;
}

/** What a collection may use besides the database. */
export interface OpenContext {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Names the work that is under way, if any. */
  readonly correlationId: () => string | undefined;
  readonly setAside: SetAside;
  /** The same in all its transactions. */
  readonly store: object;
}

interface PruneContext {
  /** ms since 1970 */
  readonly now: number;
  readonly auditDays: number;
  readonly setAside: SetAside;
}

interface CollectionParts<T extends TableName, Port> extends TableParts<T> {
  /** Its table; rows of the collection that cannot be read are counted under this name. */
  readonly name: T;
  /** Its other tables. */
  readonly besides?: { readonly [U in TableName]?: TableParts<U> };
  /** Whether a backup holds it. */
  readonly backUp: boolean;
  /** Deletes what has served its time. Without it rows stay until somebody removes them. */
  readonly prune?: (db: Db, context: PruneContext) => Promise<unknown>;
  readonly open: (db: Db, context: OpenContext) => Port;
}

/** A table as a backup knows it. */
export interface StoredTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly numbered?: string;
  readonly neverEmpty?: true;
}

export interface CollectionDefinition<Port> {
  readonly name: TableName;
  /** Of the table of that name. */
  readonly key: readonly string[];
  readonly tables: readonly StoredTable[];
  readonly backUp: boolean;
  readonly prune?: (db: Db, context: PruneContext) => Promise<unknown>;
  readonly open: (db: Db, context: OpenContext) => Port;
}

/** Opening, pruning and backing up all read this one definition. */
export const defineCollection = <T extends TableName, Port>({
  key,
  numbered,
  neverEmpty,
  besides = {},
  ...rest
}: CollectionParts<T, Port>): CollectionDefinition<Port> => ({
  ...rest,
  key,
  tables: [
    {
      name: rest.name,
      key,
      ...optional('numbered', numbered),
      ...optional('neverEmpty', neverEmpty),
    },
    ...Object.entries(besides).map(([name, parts]) => ({ name, ...parts })),
  ],
});

type Definitions = Readonly<Record<string, CollectionDefinition<unknown>>>;

/** The ports behind the definitions. */
export type Opened<D> = {
  readonly [Name in keyof D]: D[Name] extends CollectionDefinition<infer Port> ? Port : never;
};

/** Opens each when it is first asked for: a transaction uses a few of them. */
export const openEach = <D extends Definitions>(
  definitions: D,
  open: (definition: CollectionDefinition<unknown>) => unknown,
): Opened<D> => {
  const opened: unknown = Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(definitions).map(([name, definition]) => {
        let port: unknown;
        const get = (): unknown => {
          port ??= open(definition);
          return port;
        };
        return [name, { enumerable: true, get }];
      }),
    ),
  );
  if (!isOpened(definitions, opened)) throw new TypeError('a collection was not opened');
  return opened;
};

const isOpened = <D extends Definitions>(definitions: D, opened: unknown): opened is Opened<D> =>
  typeof opened === 'object' &&
  opened !== null &&
  Object.keys(definitions).every((name) => Object.hasOwn(opened, name));
