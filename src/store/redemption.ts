import type { Binding, Redemption } from '../core/confirmation.ts';

export interface IssuedToken {
  readonly binding: Binding;
  /** ms since 1970 */
  readonly expiresAt: number;
  readonly used: boolean;
}

const same = (a: Binding, b: Binding): boolean =>
  a.tenantId === b.tenantId &&
  a.personId === b.personId &&
  a.verb === b.verb &&
  a.subject === b.subject;

/** A stranger learns nothing else about a token. */
export const redemption = (
  issued: IssuedToken | undefined,
  binding: Binding,
  now: number,
): Redemption => {
  if (issued === undefined) return 'unknown';
  if (!same(issued.binding, binding)) return 'foreign';
  if (issued.used) return 'used';
  return now < issued.expiresAt ? 'granted' : 'expired';
};
