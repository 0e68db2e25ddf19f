import type { Kysely } from 'kysely';
import { ofConversation, required } from './columns.ts';

/** Who wants to be notified of their own connection. */
export const notifyingPeople = async (db: Kysely<unknown>): Promise<void> => {
  await ofConversation(db.schema.createTable('notify_wishes'))
    .addColumn('tenant_id', 'text', required)
    .addColumn('person_id', 'text', required)
    .addColumn('teams_id', 'text', required)
    .addColumn('keys', 'text', required)
    .addColumn('state', 'text')
    .addPrimaryKeyConstraint('notify_wishes_key', ['account', 'tenant_id', 'person_id'])
    .execute();
};
