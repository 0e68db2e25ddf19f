import { plansContract } from '../contracts/plans.ts';
import { aDatabase } from './a-database.ts';

plansContract('SQLite', {
  newUrl: () => aDatabase(),
  explain: 'explain query plan',
  prepare: 'select 1',
});
