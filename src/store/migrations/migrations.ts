import type { Migration } from 'kysely';
import { watching } from './0001-watching.ts';
import { sending } from './0002-sending.ts';
import { remembering } from './0003-remembering.ts';
import { monitoring } from './0004-monitoring.ts';
import { auditing } from './0005-auditing.ts';
import { correlating } from './0006-correlating.ts';
import type { Engine } from './columns.ts';

/** In order of their names. What was released once is never changed: a new step follows it. */
export const migrations = (engine: Engine): Readonly<Record<string, Migration>> => ({
  '0001-watching': { up: watching(engine) },
  '0002-sending': { up: sending(engine) },
  '0003-remembering': { up: remembering(engine) },
  '0004-monitoring': { up: monitoring },
  '0005-auditing': { up: auditing },
  '0006-correlating': { up: correlating },
});
