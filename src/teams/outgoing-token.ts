import {
  AppCredentials,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
} from 'botframework-connector';
import type { BotIdentity } from '../core/bot-identity.ts';
import type { Clock } from '../core/ports.ts';
import type { OutgoingToken } from './connector.ts';
import { SignInError } from './sign-in-error.ts';
import { within } from './within.ts';

/** Whatever the address is: the credentials do not depend on it. */
const anyServiceUrl = 'https://smba.trafficmanager.net/teams/';

/** After that the next one asks again, for some sign-in services take a connection and never answer. */
const askWithinMs = 10_000;

/** What the bot shows to Teams' connector, kept until shortly before it expires; nothing where tokens are not checked. */
export const outgoingToken = (
  bot: BotIdentity,
  authentication: BotFrameworkAuthentication,
  clock: Pick<Clock, 'after'>,
): OutgoingToken => {
  if (bot.auth === 'disabled') return async () => undefined;
  const identity = new ClaimsIdentity([
    { type: 'aud', value: bot.appId },
    { type: 'appid', value: bot.appId },
  ]);
  const connectors = authentication.createConnectorFactory(identity);
  let asked: Promise<string> | undefined;
  const ask = async (refused: string | undefined): Promise<string> => {
    // The public way to botbuilder's credentials leads over a client that is not used otherwise.
    const { credentials } = await connectors.create(anyServiceUrl);
    if (!(credentials instanceof AppCredentials)) throw new Error('botbuilder has no credentials');
    const kept = await credentials.getToken();
    return kept === refused ? credentials.getToken(true) : kept;
  };
  const askInTime = async (refused: string | undefined): Promise<string> => {
    const inTime = await within(clock, askWithinMs, ask(refused));
    if (inTime === undefined) throw new SignInError('no_answer');
    return inTime.value;
  };
  return (refused) => {
    // botbuilder lets each caller ask for a new token of its own when the old one expires.
    asked ??= askInTime(refused).finally(() => {
      asked = undefined;
    });
    return asked;
  };
};
