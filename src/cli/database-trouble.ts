import { asAppError } from '../platform/errors.ts';
import { type DatabaseTrouble, troubleOf } from '../store/sql/errors.ts';

const advice: Readonly<Record<DatabaseTrouble, string>> = {
  full: 'Make room on the disk of the database.',
  locked: 'Wait for the program that uses it, or stop that program.',
  damaged:
    'Put the last backup into a new database with npm run restore; see docs/operations.md, Backup and restore.',
  'read-only': 'Let this user write to the database; of a file, to its folder too.',
  disk: 'Look at the disk, or at the network that it is behind, in the log of the system.',
  gone: 'See docs/operations.md, store.file-gone, before anything is stopped.',
  refused: 'Check DATABASE_URL: its user, password and name of the database.',
  'tls-missing': 'Take sslmode out of DATABASE_URL, or switch TLS on at the server.',
  'tls-wanted': 'Add sslmode=verify-full to DATABASE_URL.',
  certificate: 'Name the certificate of its authority: sslrootcert=<file> in DATABASE_URL.',
  unreachable: 'Check DATABASE_URL, and that the database runs and can be reached from here.',
};

/** What to do about a failure of the database. */
export const databaseAdvice = (error: unknown): string => {
  const trouble = troubleOf(error);
  return trouble === undefined ? 'Check DATABASE_URL.' : advice[trouble];
};

/** For whoever started a program that cannot go on without the database. */
export const databaseTrouble = (error: unknown): string =>
  `The database cannot be used: ${asAppError(error).message}. ${databaseAdvice(error)}`;
