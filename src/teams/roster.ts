import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Clock, Roster } from '../core/ports.ts';
import type { Scope } from '../core/turn.ts';
import type { Connectors } from './connectors.ts';

interface Ports {
  readonly connectors: Connectors;
  readonly clock: Clock;
}

interface Known {
  readonly guest: Promise<boolean>;
  readonly until: number;
}

const keptMs = 3_600_000;
const mostKept = 10_000;
const timeoutMs = 3000;

const Member = z.object({
  userRole: z.string().optional(),
  userPrincipalName: z.string().optional(),
});

/** Anonymous participants of a meeting are strangers to the tenant no less than guests are. */
const isGuest = ({ userRole, userPrincipalName }: z.infer<typeof Member>): boolean =>
  ['guest', 'anonymous'].includes(userRole?.toLowerCase() ?? '') ||
  (userPrincipalName ?? '').toUpperCase().includes('#EXT#');

const keyOf = ({ address, person }: Scope): string =>
  `${address.tenantId} ${person.objectId ?? person.id}`;

/** Asks the conversation's roster, at most once an hour for each person. */
export const createRoster = ({ connectors, clock }: Ports): Roster => {
  const known = new Map<string, Known>();

  const ask = async ({ address, person }: Scope): Promise<boolean> => {
    try {
      const { conversations } = await connectors(address.serviceUrl);
      const member: unknown = await conversations.getConversationMember(
        address.conversationId,
        person.id,
        { timeout: timeoutMs },
      );
      return isGuest(Member.parse(member));
    } catch (error) {
      throw new AppError('roster-unreadable', 'the roster could not be read', { cause: error });
    }
  };

  return {
    isGuest: async (scope) => {
      const key = keyOf(scope);
      const before = known.get(key);
      if (before !== undefined && before.until > clock.now()) return before.guest;
      const guest = ask(scope);
      known.delete(key);
      known.set(key, { guest, until: clock.now() + keptMs });
      const [oldest] = known.keys();
      if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
      try {
        return await guest;
      } catch (error) {
        known.delete(key);
        throw error;
      }
    },
  };
};
