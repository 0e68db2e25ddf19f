import { AppError, type ErrorCode } from '../platform/errors.ts';
import { isProxyCode } from '../platform/proxy.ts';
import { optional } from '../shared/optional.ts';
import type { Endpoint } from './endpoints.ts';

// Errors are made from the endpoint's name and a code alone: what the library throws holds the request with its
// key.

export const codeOf = (status: number): ErrorCode => {
  if (status === 401) return 'key-wrong';
  if (status === 403) return 'permission-missing';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  if (status === 408 || status >= 500) return 'unavailable';
  return status >= 400 ? 'rejected' : 'bad-answer';
};

export const statusFailure = (
  endpoint: Endpoint,
  status: number,
  retryAfterMs: number | undefined,
): AppError =>
  new AppError(codeOf(status), `${endpoint.name}: status ${status}`, {
    status,
    ...optional('retryAfterMs', retryAfterMs),
    ...optional('permission', status === 403 ? endpoint.permission : undefined),
    ...optional('reads', status === 403 ? endpoint.reads : undefined),
    ...ambiguity(endpoint, status >= 500),
  });

/** A call that is not made, because a 429 to another one asked all of the account to wait. It has no status. */
export const mustWait = (endpoint: Endpoint, retryAfterMs: number): AppError =>
  new AppError('rate-limited', `${endpoint.name}: the account has to wait`, { retryAfterMs });

export const refusal = (endpoint: Endpoint, status: number): AppError =>
  new AppError('rejected', `${endpoint.name}: PingPlotter said no`, { status });

export const unreadable = (endpoint: Endpoint, status?: number): AppError =>
  new AppError('bad-answer', `${endpoint.name}: the answer cannot be read`, {
    ...optional('status', status),
    ...ambiguity(endpoint, true),
  });

export const timeout = (endpoint: Endpoint, timeoutMs: number): AppError =>
  new AppError('timeout', `${endpoint.name}: no answer within ${timeoutMs} ms`, {
    ...ambiguity(endpoint, true),
  });

export const abandoned = (endpoint: Endpoint, sent: boolean): AppError =>
  new AppError('timeout', `${endpoint.name}: given up by the caller`, {
    ...ambiguity(endpoint, sent),
  });

/** Errors of the connection that come before a request can have been sent. */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROXY_.*|.*CERT.*)$/;
/** Node's names for what is no HTTP, no gzip or no brotli, in this order. */
export const isMalformed = (errno: string): boolean => /^(?:HPE_|Z_|ERR__ERROR)/.test(errno);

/** `errno` is Node's name of the error, such as ECONNRESET. */
export const connectionFailure = (endpoint: Endpoint, errno: string): AppError =>
  isMalformed(errno)
    ? unreadable(endpoint)
    : new AppError('unreachable', `${endpoint.name}: ${errno}`, {
        ...(isProxyCode(errno) ? { proxy: true } : {}),
        ...ambiguity(endpoint, !neverSent.test(errno)),
      });

/** The same failure of a change of which an earlier try may have taken effect. */
export const madeAmbiguous = (error: AppError): AppError =>
  error.detail.ambiguous === true
    ? error
    : new AppError(error.code, error.message, { ...error.detail, ambiguous: true });

const ambiguity = (endpoint: Endpoint, mayHaveHappened: boolean): { readonly ambiguous?: true } =>
  mayHaveHappened && endpoint.repeatable !== 'read' ? { ambiguous: true } : {};
