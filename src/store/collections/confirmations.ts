import { randomUUID } from 'node:crypto';
import {
  type Binding,
  type Confirmations,
  confirmationLifetimeMs,
  type Redemption,
} from '../../chat/confirmation.ts';
import { defineCollection } from '../define-collection.ts';

interface ConfirmationTable {
  token: string;
  tenantId: string;
  personId: string;
  verb: string;
  subject: string;
  expiresAt: number;
  usedAt: number | null;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly confirmations: ConfirmationTable;
  }
}

interface IssuedToken {
  readonly binding: Binding;
  /** ms since 1970 */
  readonly expiresAt: number;
  readonly used: boolean;
}

const columnsOf = ({ tenantId, personId, verb, subject }: Binding): Binding => ({
  tenantId,
  personId,
  verb,
  subject,
});

export const confirmations = defineCollection({
  name: 'confirmations',
  key: ['token'],
  backUp: true,
  // A token stays for a second lifetime, so that a late press is answered with 'expired', not 'unknown'.
  prune: (db, { now }) =>
    db
      .deleteFrom('confirmations')
      .where('expiresAt', '<', now - confirmationLifetimeMs)
      .execute(),
  open: (db, { clock }): Confirmations => {
    const find = async (token: string): Promise<IssuedToken | undefined> => {
      const row = await db
        .selectFrom('confirmations')
        .selectAll()
        .where('token', '=', token)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            binding: columnsOf(row),
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
  },
});

/** Another person learns only that the token is not theirs. */
const redemption = (issued: IssuedToken | undefined, binding: Binding, now: number): Redemption => {
  if (issued === undefined) return 'unknown';
  if (!same(issued.binding, binding)) return 'foreign';
  if (issued.used) return 'used';
  return now < issued.expiresAt ? 'granted' : 'expired';
};

const same = (a: Binding, b: Binding): boolean =>
  a.tenantId === b.tenantId &&
  a.personId === b.personId &&
  a.verb === b.verb &&
  a.subject === b.subject;
