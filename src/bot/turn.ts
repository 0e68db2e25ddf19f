import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Clock } from '../core/ports.ts';
import { mayAct, type Role } from '../core/role.ts';
import type { Mention, Reader, Scope } from '../core/turn.ts';
import type { UseCasePorts } from '../use-cases/ports.ts';

export type BotPorts = UseCasePorts;

/** What a command or an action has at hand besides its arguments. */
export interface Turn {
  readonly scope: Scope;
  readonly reader: Reader;
  readonly signal: AbortSignal;
  /** Who was mentioned in what was typed; nobody at a button. */
  readonly mentions: readonly Mention[];
}

export const readerOf = (
  { role, address, forOne, locale, timeZone }: Scope,
  clock: Clock,
): Reader => ({
  role,
  kind: address.kind,
  ...optional('forOne', forOne),
  locale,
  timeZone,
  now: clock.now(),
});

/** In their own 1:1 chat people decide what they are told; elsewhere operators do. Throws as requireRole. */
export const requireVoiceHere = (scope: Scope, what: string): void =>
  requireRole(scope, scope.address.kind === 'personal' ? 'viewer' : 'operator', `${what} here`);

/** Throws 'not-allowed', or why nobody can tell this person's role: 'roster-unreadable', 'store-down'. */
export const requireRole = ({ role, roleUncertain }: Scope, needs: Role, what: string): void => {
  if (mayAct(role, needs)) return;
  if (roleUncertain !== undefined && mayAct(role, 'viewer'))
    throw new AppError(roleUncertain, `role of the person unknown for ${what}`);
  throw new AppError('not-allowed', `${what} needs ${needs}`, {
    explanation: `${what} needs the role ${needs}; yours is ${role}. An administrator of this bot can change that.`,
  });
};
