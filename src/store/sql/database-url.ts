import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../platform/errors.ts';

export type DatabaseUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

/** `file:` with a path, relative ones too, or `postgres://`. */
export const readDatabaseUrl = (url: string): DatabaseUrl => {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  if (url.startsWith('file://')) return { engine: 'sqlite', path: fileURLToPath(url) };
  const path = url.startsWith('file:') ? url.slice('file:'.length) : '';
  if (path === '') throw new AppError('bad-input', 'DATABASE_URL is neither file: nor postgres://');
  return { engine: 'sqlite', path };
};

/** Whether the URL names a file that does not exist: opening it would create one. */
export const isMissing = (url: string): boolean => {
  const database = readDatabaseUrl(url);
  return database.engine === 'sqlite' && !existsSync(database.path);
};
