import { confirmationLifetimeMs } from '../chat/confirmation.ts';
import { pruneAudit } from './collections/audit-log.ts';
import { thinSamples } from './collections/samples.ts';
import type { SetAside } from './sql/rows.ts';
import type { Db } from './sql/tables.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

export const prune = async (
  db: Db,
  now: number,
  auditDays: number,
  setAside: SetAside,
): Promise<void> => {
  await db.deleteFrom('mutes').where('until', '<=', now).execute();
  await db.deleteFrom('maintenance').where('until', '<=', now).execute();
  await pruneAudit(db, now - auditDays * dayMs);
  await db
    .deleteFrom('seenActivities')
    .where('at', '<', now - hourMs)
    .execute();
  // A second lifetime, so that a late press is told 'expired'.
  await db
    .deleteFrom('confirmations')
    .where('expiresAt', '<', now - confirmationLifetimeMs)
    .execute();
  await db
    .deleteFrom('changes')
    .where('at', '<', now - 30 * dayMs)
    .execute();
  await db
    .deleteFrom('outbox')
    .where('state', '=', 'done')
    .where('endedAt', '<', now - dayMs)
    .execute();
  await db
    .deleteFrom('outbox')
    .where('state', '=', 'given-up')
    .where('endedAt', '<', now - 7 * dayMs)
    .execute();
  await db
    .deleteFrom('alerts')
    .where('closedAt', '<', now - 30 * dayMs)
    .execute();
  await db
    .deleteFrom('cardMessages')
    .where('at', '<', now - 30 * dayMs)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alerts')
            .select('alerts.id')
            .where((eb) =>
              eb.or([
                eb('alerts.id', '=', eb.ref('cardMessages.card')),
                eb('alerts.groupId', '=', eb.ref('cardMessages.card')),
              ]),
            ),
        ),
      ),
    )
    .execute();
  await db
    .deleteFrom('alertStates')
    .where('watchId', 'not in', ({ selectFrom }) => selectFrom('watches').select('id'))
    .execute();
  await thinSamples(db, now, setAside);
};
