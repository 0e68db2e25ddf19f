import { LRUCache } from 'lru-cache';
import type { RoleOf } from '../../chat/person.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { normalizeId } from '../../shared/names.ts';
import { lowerOf, type Role } from '../../shared/role.ts';
import type { Grants } from './store.ts';

export interface RoleRules {
  /** Entra object ids that are admins from the start, in lower case. */
  readonly admins: ReadonlySet<string>;
  readonly defaultRole: Role;
}

/** Who may do what: the listed admins, else what was granted, else the default. Guests are not its affair. */
export interface Roles extends RoleOf {
  readonly rules: RoleRules;
  isListedAdmin(objectId: string): boolean;
  /** A grant of this tenant was changed. */
  forget(account: string, tenantId: string): void;
}

interface Ports {
  readonly grants: Pick<Grants, 'list'>;
  readonly rules: RoleRules;
  readonly clock: Clock;
  readonly log: Logger;
}

/** So long may another instance go on by a grant that was changed here. */
const freshMs = 10_000;
/** So long do the last grants read hold while the store is down. */
const trustedMs = 3_600_000;
const mostTenants = 1000;

interface Known {
  readonly granted: ReadonlyMap<string, Role>;
  readonly at: number;
}

/**
 * Reads the grants of a tenant as a whole, so that those last read also cover people who have not
 * spoken yet. With none to go by while the store is down, nobody but the listed admins is more than a
 * viewer, for a grant may have lowered the default.
 */
export const createRoles = ({ grants, rules, clock, log }: Ports): Roles => {
  const last = new LRUCache<string, Known>({ max: mostTenants });
  const reading = new Map<string, Promise<Known>>();
  const keyOf = (account: string, tenantId: string): string =>
    JSON.stringify([account, normalizeId(tenantId)]);

  const read = (account: string, tenantId: string): Promise<Known> => {
    const key = keyOf(account, tenantId);
    const underWay = reading.get(key);
    if (underWay !== undefined) return underWay;
    const answer = grants.list(account, normalizeId(tenantId)).then((all): Known => {
      const granted = new Map(all.map(({ personId, role }) => [normalizeId(personId), role]));
      const known = { granted, at: clock.monotonic() };
      // What was forgotten meanwhile was read too early.
      if (reading.get(key) === answer) last.set(key, known);
      return known;
    });
    reading.set(key, answer);
    const done = (): void => {
      if (reading.get(key) === answer) reading.delete(key);
    };
    answer.then(done, done);
    return answer;
  };

  const grantsOf = async (account: string, tenantId: string): Promise<Known | undefined> => {
    const known = last.get(keyOf(account, tenantId));
    if (known !== undefined && clock.monotonic() - known.at < freshMs) return known;
    try {
      return await read(account, tenantId);
    } catch (error) {
      log.warn('grants.unreadable', { code: asAppError(error).code });
      return known !== undefined && clock.monotonic() - known.at < trustedMs ? known : undefined;
    }
  };

  const isListedAdmin = (objectId: string): boolean => rules.admins.has(normalizeId(objectId));

  return {
    rules,
    isListedAdmin,
    of: async (account, tenantId, objectId) => {
      if (objectId === undefined) return { role: rules.defaultRole };
      if (isListedAdmin(objectId)) return { role: 'admin' };
      const known = await grantsOf(account, tenantId);
      if (known === undefined)
        return { role: lowerOf(rules.defaultRole, 'viewer'), uncertain: true };
      return { role: known.granted.get(normalizeId(objectId)) ?? rules.defaultRole };
    },
    forget: (account, tenantId) => {
      const key = keyOf(account, tenantId);
      last.delete(key);
      reading.delete(key);
    },
  };
};
