import { AppCredentials } from 'botframework-connector';
import type { BotIdentity } from '../core/bot-identity.ts';
import { createCredentials } from './authentication.ts';

/**
 * Gets a token as the bot does before it sends. Fulfils with why there was none, as Entra or the
 * library calls it: a code, for their sentences may hold more than may be told.
 */
export const signIn = async (
  bot: Extract<BotIdentity, { auth: 'required' }>,
): Promise<string | undefined> => {
  try {
    const credentials = await createCredentials(bot);
    if (!(credentials instanceof AppCredentials)) return 'no_credentials';
    await credentials.getToken(true);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
};

const noManagedIdentity =
  /ManagedIdentity|CredentialUnavailable|AggregateAuthentication|managed_identity/u;

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const [entra] = /AADSTS\d+/u.exec(error.message) ?? [];
  if (entra !== undefined) return entra;
  if (noManagedIdentity.test(error.name)) return 'no_managed_identity';
  const code = 'errorCode' in error ? error.errorCode : 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,60}$/u.test(code) ? code : 'unknown';
};
