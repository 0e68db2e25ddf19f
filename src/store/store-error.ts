import { errnoOf } from '../core/errno.ts';
import { AppError } from '../core/errors.ts';

const codeOf = (error: unknown): string => {
  const code = errnoOf(error) ?? '';
  return /^\w{1,40}$/.test(code) ? code : 'unknown';
};

export const isLocked = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** Wrong SQL and broken constraints are our own mistakes; SQLSTATE classes 22, 23 and 42. */
const ours = /^(SQLITE_(CONSTRAINT|ERROR|MISMATCH|MISUSE|RANGE|TOOBIG)|(22|23|42)\w{3}$)/;
const full = /^(SQLITE_FULL|53100)$/;
const locked = /^(SQLITE_(BUSY|LOCKED)|55P03$|57014$)/;

/** The database's own words stay out: they may hold SQL, data, paths and the address of the server. */
export const storeError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (ours.test(code)) return new AppError('internal', `the store refused a statement (${code})`);
  if (full.test(code)) return new AppError('store-down', `the store is full (${code})`);
  if (locked.test(code)) return new AppError('store-down', `the store is locked (${code})`);
  return new AppError('store-down', `the store cannot be reached (${code})`);
};
