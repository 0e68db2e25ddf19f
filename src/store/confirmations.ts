import { randomUUID } from 'node:crypto';
import { type Binding, type Confirmations, confirmationLifetimeMs } from '../core/confirmation.ts';
import type { Clock } from '../core/ports.ts';
import { isVerb } from '../core/verbs.ts';
import { type IssuedToken, redemption } from './redemption.ts';
import type { Db } from './tables.ts';

const columnsOf = ({ tenantId, personId, verb, subject }: Binding): Binding => ({
  tenantId,
  personId,
  verb,
  subject,
});

export const createConfirmations = (db: Db, clock: Clock): Confirmations => {
  const find = async (token: string): Promise<IssuedToken | undefined> => {
    const row = await db
      .selectFrom('confirmations')
      .selectAll()
      .where('token', '=', token)
      .executeTakeFirst();
    return row === undefined || !isVerb(row.verb)
      ? undefined
      : {
          binding: columnsOf({ ...row, verb: row.verb }),
          expiresAt: row.expiresAt,
          used: row.usedAt !== null,
        };
  };

  return {
    issue: async (binding) => {
      const token = randomUUID();
      await db
        .insertInto('confirmations')
        .values({
          token,
          ...columnsOf(binding),
          expiresAt: clock.now() + confirmationLifetimeMs,
          usedAt: null,
        })
        .execute();
      return token;
    },
    redeem: async (token, binding) => {
      const now = clock.now();
      const { numUpdatedRows } = await db
        .updateTable('confirmations')
        .set({ usedAt: now })
        .where((eb) => eb.and({ token, ...columnsOf(binding) }))
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? 'granted' : redemption(await find(token), binding, now);
    },
  };
};
