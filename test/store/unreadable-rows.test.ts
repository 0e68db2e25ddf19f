import { unreadableRowsContract } from '../contracts/unreadable-rows.ts';
import { aDatabase } from './a-database.ts';

unreadableRowsContract('SQLite', () => aDatabase());
