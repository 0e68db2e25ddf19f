import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../platform/errors.ts';

export type DatabaseUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

/** `file:` with a path, relative ones too, or `postgres://`. */
export const readDatabaseUrl = (url: string): DatabaseUrl => {
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url: withSearchPath(url) };
  if (url.startsWith('file://')) return { engine: 'sqlite', path: fileURLToPath(url) };
  const path = url.startsWith('file:') ? url.slice('file:'.length) : '';
  if (path === '') throw new AppError('bad-input', 'DATABASE_URL is neither file: nor postgres://');
  return { engine: 'sqlite', path };
};

/** What other drivers call it; the server itself knows the last one only. */
const schemaParameters = ['currentSchema', 'schema', 'search_path'] as const;

/** The driver drops a parameter that it does not know, and two bots would meet in one schema. */
const withSearchPath = (text: string): string => {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  const given = schemaParameters.flatMap((name) => url.searchParams.get(name) ?? []);
  if (given[0] === undefined) return text;
  for (const name of schemaParameters) url.searchParams.delete(name);
  const option = `-c search_path=${given[0].replaceAll(/[\\ ]/gu, '\\$&')}`;
  const options = [url.searchParams.get('options') ?? '', option].join(' ').trim();
  url.searchParams.set('options', options);
  return url.href;
};

/** Whether the URL names a file that does not exist: opening it would create one. */
export const isMissing = (url: string): boolean => {
  const database = readDatabaseUrl(url);
  return database.engine === 'sqlite' && !existsSync(database.path);
};
