import { connect } from '../../src/store/sql/connect.ts';
import { silentLog } from '../fakes/silent-log.ts';

interface GivenUp {
  readonly card: string;
  readonly error: string | null;
  readonly endedAt: number | null;
}

/** The rows of the outbox that will not be sent any more: for whoever looks into the database. */
export const givenUp = async (url: string): Promise<readonly GivenUp[]> => {
  const { db, close } = await connect(url, silentLog);
  try {
    return await db
      .selectFrom('outbox')
      .select(['card', 'error', 'endedAt'])
      .where('state', '=', 'given-up')
      .orderBy('endedAt')
      .execute();
  } finally {
    await close();
  }
};
