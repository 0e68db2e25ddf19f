import { proxyFailureOfLibraries } from '../platform/http-agent.ts';

/** The bot got no token, so nothing was sent. `errorCode` is Entra's or the library's. */
export class SignInError extends Error {
  readonly errorCode: string;

  constructor(errorCode: string, cause?: unknown) {
    super('the bot got no token', { cause });
    this.name = 'SignInError';
    this.errorCode = errorCode;
  }
}

const noManagedIdentity =
  /ManagedIdentity|CredentialUnavailable|AggregateAuthentication|managed_identity/u;

const noConnection: ReadonlySet<string> = new Set([
  'network_error',
  'endpoints_resolution_error',
  'openid_config_error',
  'unknown',
]);

/** Why there was no token. A code, since Entra's sentences may hold what must not be shown. */
export const signInCode = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const [entra] = /AADSTS\d+/u.exec(error.message) ?? [];
  if (entra !== undefined) return entra;

  if (noManagedIdentity.test(error.name)) return 'no_managed_identity';
  const code = 'errorCode' in error ? error.errorCode : 'code' in error ? error.code : undefined;
  const own = typeof code === 'string' && /^\w{1,60}$/u.test(code) ? code : 'unknown';
  // MSAL does not say what became of the connection.
  return noConnection.has(own) ? (proxyFailureOfLibraries() ?? own) : own;
};
