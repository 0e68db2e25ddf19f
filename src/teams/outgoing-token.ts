import {
  AppCredentials,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
} from 'botframework-connector';
import type { BotIdentity } from '../core/bot-identity.ts';

/** Whatever the address is: the credentials do not depend on it. */
const anyServiceUrl = 'https://smba.trafficmanager.net/teams/';

/** What the bot shows to Teams' connector, kept until shortly before it expires; nothing where tokens are not checked. */
export const outgoingToken = (
  bot: BotIdentity,
  authentication: BotFrameworkAuthentication,
): (() => Promise<string | undefined>) => {
  if (bot.auth === 'disabled') return async () => undefined;
  const identity = new ClaimsIdentity([
    { type: 'aud', value: bot.appId },
    { type: 'appid', value: bot.appId },
  ]);
  const connectors = authentication.createConnectorFactory(identity);
  let asked: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    // The public way to botbuilder's credentials leads over a client that is not used otherwise.
    const { credentials } = await connectors.create(anyServiceUrl);
    if (!(credentials instanceof AppCredentials)) throw new Error('botbuilder has no credentials');
    return credentials.getToken();
  };
  return () => {
    // botbuilder lets each caller ask for a new token of its own when the old one expires.
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
};
