import { versionBeforeContract } from '../contracts/version-before.ts';
import { aDatabase } from './a-database.ts';

versionBeforeContract('SQLite', () => aDatabase());
