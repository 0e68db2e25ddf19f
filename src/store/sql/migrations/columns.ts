import type { ColumnDefinitionBuilder, CreateTableBuilder } from 'kysely';

export type Engine = 'sqlite' | 'postgres';

export const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull();

export const zero = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().defaultTo(0);

/** A running number that is never given twice. */
export const running = <T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  column: string,
  engine: Engine,
): CreateTableBuilder<T, C | string> =>
  engine === 'sqlite'
    ? table.addColumn(column, 'integer', (id) => id.primaryKey().autoIncrement())
    : table.addColumn(column, 'bigint', (id) => id.primaryKey().generatedByDefaultAsIdentity());

/** The columns of the key of a conversation. */
export const ofConversation = <T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
): CreateTableBuilder<T, C | string> =>
  table.addColumn('account', 'text', required).addColumn('conversation_key', 'text', required);
