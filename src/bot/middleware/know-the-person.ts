import { asAppError } from '../../core/errors.ts';
import type { Logger, Roster } from '../../core/ports.ts';
import { mayAct, type Role } from '../../core/role.ts';
import type { Incoming, Middleware, Scope } from '../../core/turn.ts';

export interface RoleRules {
  /** Entra object ids that are admins from the start. */
  readonly admins: ReadonlySet<string>;
  readonly defaultRole: Role;
}

interface Ports {
  readonly roster: Roster;
  readonly rules: RoleRules;
  readonly log: Logger;
}

/** Fills in the role, for every turn anew: it is checked at the click, not when a card was drawn. */
export const knowThePerson =
  (ports: Ports): Middleware =>
  (next) =>
  async (incoming, signal) =>
    next(await withRole(ports, incoming), signal);

const withRole = async (ports: Ports, incoming: Incoming): Promise<Incoming> => {
  switch (incoming.kind) {
    case 'command':
    case 'action':
    case 'search':
      return { ...incoming, scope: await scopeWithRole(ports, incoming.scope) };
    case 'installed':
    case 'removed':
    case 'ignored':
      return incoming;
    default:
      return incoming satisfies never;
  }
};

/** Guests of the tenant are never above viewer, even if listed as admins; who cannot be looked up counts as one for now. */
const scopeWithRole = async ({ roster, rules, log }: Ports, scope: Scope): Promise<Scope> => {
  const listed = scope.person.objectId !== undefined && rules.admins.has(scope.person.objectId);
  const role = listed ? 'admin' : rules.defaultRole;
  if (!mayAct(role, 'operator')) return { ...scope, role };
  try {
    const guest = await roster.isGuest(scope);
    return guest ? { ...scope, role: 'viewer', guest } : { ...scope, role };
  } catch (error) {
    log.warn('roster not read', {
      code: asAppError(error).code,
      correlationId: scope.correlationId,
    });
    return { ...scope, role: 'viewer', roleUncertain: true };
  }
};
