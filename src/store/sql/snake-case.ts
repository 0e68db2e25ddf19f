import {
  CamelCasePlugin,
  PostgresQueryCompiler,
  type RootOperationNode,
  SqliteQueryCompiler,
} from 'kysely';

/**
 * Names are camelCase in the code and snake_case in the database. Kysely's own plugin copies each query to rename
 * it, which costs more than compiling it: here the compiler renames what it writes, and the plugin the rows alone.
 */
class CamelCaseRows extends CamelCasePlugin {
  override transformQuery({ node }: { readonly node: RootOperationNode }): RootOperationNode {
    return node;
  }

  inDatabase(name: string): string {
    return this.snakeCase(name);
  }
}

export const camelCaseRows = new CamelCaseRows();

export class SnakeCaseSqliteCompiler extends SqliteQueryCompiler {
  override sanitizeIdentifier(name: string): string {
    return super.sanitizeIdentifier(camelCaseRows.inDatabase(name));
  }
}

export class SnakeCasePostgresCompiler extends PostgresQueryCompiler {
  override sanitizeIdentifier(name: string): string {
    return super.sanitizeIdentifier(camelCaseRows.inDatabase(name));
  }
}
