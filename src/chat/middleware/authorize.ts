import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { isReason } from '../../platform/reasons.ts';
import { mayAct } from '../../shared/role.ts';
import { type RoleOf, type Roster, tooLow } from '../person.ts';
import type { Incoming, Middleware, Scope } from '../turn.ts';

interface Ports {
  readonly roster: Roster;
  readonly roles: RoleOf;
  readonly log: Logger;
}

/** Fills in the role, for every turn: it is checked at the press, not when a card was drawn. */
export const authorize =
  (ports: Ports): Middleware =>
  (next) =>
  async (incoming, signal) => {
    const known = await withRole(ports, incoming);
    try {
      return await next(known, signal);
    } catch (error) {
      throw await asToGuest(ports, known, error);
    }
  };

/**
 * Who has no more than the default is not looked up before they are refused: only then it matters that no
 * administrator can raise a guest.
 */
const asToGuest = async (
  { roster }: Ports,
  incoming: Incoming,
  error: unknown,
): Promise<unknown> => {
  const { detail } = asAppError(error);
  const { reason } = detail;
  if (incoming.kind !== 'command' && incoming.kind !== 'action') return error;
  if (reason === undefined || !isReason(reason, 'role.too-low') || reason.facts.guest) return error;
  const guest = await roster.isGuest(incoming.scope).catch(() => false);
  return guest ? tooLow({ ...reason.facts, guest }) : error;
};

const withRole = async (ports: Ports, incoming: Incoming): Promise<Incoming> => {
  switch (incoming.kind) {
    case 'command':
    case 'action':
    case 'search':
    case 'link':
    case 'message-action':
    // What the greeting invites to depends on it.
    case 'installed':
      return { ...incoming, scope: await scopeWithRole(ports, incoming.scope) };
    case 'removed':
    case 'ignored':
      return incoming;
    default:
      return incoming satisfies never;
  }
};

/** Guests of the tenant are never above viewer, even if listed as admins; who cannot be looked up counts as one for now. */
const scopeWithRole = async ({ roster, roles, log }: Ports, scope: Scope): Promise<Scope> => {
  const { account, address, person } = scope;
  const { role, uncertain } = await roles.of(account, address.tenantId, person.objectId);
  if (uncertain === true) return { ...scope, role, roleUncertain: 'store-down' };
  if (!mayAct(role, 'operator')) return { ...scope, role };
  try {
    const guest = await roster.isGuest(scope);
    return guest ? { ...scope, role: 'viewer', guest } : { ...scope, role };
  } catch (error) {
    log.warn('roster.unreadable', { code: asAppError(error).code });
    return { ...scope, role: 'viewer', roleUncertain: 'roster-unreadable' };
  }
};
