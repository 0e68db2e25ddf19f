import { AppCredentials } from 'botframework-connector';
import type { BotIdentity } from '../core/bot-identity.ts';
import { createCredentials } from './authentication.ts';
import { signInCode } from './sign-in-error.ts';

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
    return signInCode(error);
  }
};
