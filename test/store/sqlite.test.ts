import { storeContract } from '../contracts/store.ts';
import { aDatabase } from './a-database.ts';
import { bedOn } from './bed.ts';

storeContract('SQLite', async () => bedOn(await aDatabase()));
