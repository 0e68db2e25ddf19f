import { z } from 'zod';
import { normalizeId } from '../shared/names.ts';

/** What botbuilder will accept, so that all else can be refused before botbuilder sees it. */
export interface BearerRules {
  readonly issuer: string;
  readonly audience: string;
  readonly tenants: readonly string[];
  /** ms since 1970 */
  readonly now: number;
}

const algorithms = ['RS256', 'RS384', 'RS512'];
const skewSeconds = 300;

const Header = z.object({ alg: z.string(), kid: z.string() });
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  tid: z.unknown().optional(),
});

const decode = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/**
 * Why a token cannot be the Bot Framework's, by what it says of itself; its signature is botbuilder's
 * to check. botbuilder grows a global list by every new `tid` of any token whatsoever, even an unsigned
 * one (isTokenFromEmulator), and answers 500 to some that it refuses; neither gets that far.
 */
export const bearerFault = (
  authorization: string | undefined,
  rules: BearerRules,
): string | undefined => {
  const [scheme, token, ...more] = (authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || token === undefined || more.length > 0) return 'no bearer token';
  const parts = token.split('.');
  if (parts.length !== 3) return 'token is no JWT';
  const header = Header.safeParse(decode(parts[0] ?? '')).data;
  const claims = Claims.safeParse(decode(parts[1] ?? '')).data;
  if (header === undefined || claims === undefined) return 'token is no JWT';
  const seconds = rules.now / 1000;
  if (!algorithms.includes(header.alg)) return 'token algorithm';
  if (claims.iss !== rules.issuer) return 'token issuer';
  if (claims.aud !== rules.audience) return 'token audience';
  if (claims.exp < seconds - skewSeconds) return 'token expired';
  if ((claims.nbf ?? 0) > seconds + skewSeconds) return 'token not yet valid';
  const { tid } = claims;
  const isOf = (tenant: string): boolean =>
    typeof tid === 'string' && normalizeId(tid) === normalizeId(tenant);
  return tid === undefined || rules.tenants.some(isOf) ? undefined : 'token tenant';
};
