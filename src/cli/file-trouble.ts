import { AppError, errnoOf } from '../platform/errors.ts';

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EIO: 'the disk fails',
};

/** Why a file cannot be used, in words. */
export const fileTrouble = (error: unknown): string => {
  const code = errnoOf(error) ?? 'unknown';
  return Object.hasOwn(sentences, code) ? `${sentences[code]} (${code})` : code;
};

/** A failure of a file is none of the database: it is named by its path. `to` is what was done, like `written`. */
export const withFile = async <T>(path: string, to: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad-input', `${path} cannot be ${to}: ${fileTrouble(error)}`);
  }
};
