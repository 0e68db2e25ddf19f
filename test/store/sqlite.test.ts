import { join } from 'node:path';
import { storeContract } from '../contracts/store.ts';
import { aFolder } from './a-folder.ts';
import { bedOn } from './bed.ts';

storeContract('SQLite', () => bedOn(`file:${join(aFolder(), 'data', 'bot.db')}`));
