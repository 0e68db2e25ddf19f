import {
  type Activity,
  CloudAdapter,
  type InvokeResponse,
  TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import {
  AppCredentials,
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { BotIdentity } from '../config/identity.ts';
import { type Clock, within } from '../platform/clock.ts';
import { asAppError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import type { OutgoingToken } from './connector.ts';
import type { InvokeBody } from './invoke.ts';
import { SignInError } from './sign-in-error.ts';

/*
 * botbuilder checks tokens, runs a turn and signs in. What else it would do is switched off here, in the order
 * in which an activity meets it:
 *   its HTTP part                TeamsAdapter
 *   its dispatch by type         TeamsHandler
 *   its clients for each turn    SharedConnectorAuthentication
 * What the bot sends goes over a client of its own (connector.ts), with botbuilder's token: outgoingToken.
 */

/**
 * Without botbuilder's HTTP part, which prints errors, writes their messages into answers, and answers 500 to
 * tokens that it cannot read.
 */
export class TeamsAdapter extends CloudAdapter {
  constructor(authentication: BotFrameworkAuthentication, log: Logger) {
    super(authentication);
    this.onTurnError = async (_context, error) => {
      log.error('turn.failed', { code: asAppError(error).code, error });
    };
  }

  /** Rejects when the token is refused, for whatever reason. */
  authenticate(authorization: string, activity: Activity): Promise<AuthenticateRequestResult> {
    return this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
  }

  runTurn(
    identity: AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(identity, activity, logic);
  }
}

export interface TurnLogic {
  message(): Promise<void>;
  invoke(): Promise<InvokeBody>;
}

/**
 * Without botbuilder's dispatch by activity type, which parses invokes strictly, refuses an empty search, and
 * answers with other statuses than Teams' protocol wants.
 */
export class TeamsHandler extends TeamsActivityHandler {
  readonly #logic: TurnLogic;

  constructor(logic: TurnLogic) {
    super();
    this.#logic = logic;
  }

  protected override async onTurnActivity(context: TurnContext): Promise<void> {
    if (context.activity.type === 'invoke') await super.onTurnActivity(context);
    else await this.#logic.message();
  }

  protected override async onInvokeActivity(): Promise<InvokeResponse> {
    return { status: 200, body: await this.#logic.invoke() };
  }
}

/**
 * Without a connector client and a token client for each turn: all turns share one of each, whatever their
 * service address, since the bot sends nothing with them.
 */
export class SharedConnectorAuthentication extends BotFrameworkAuthentication {
  readonly #inner: BotFrameworkAuthentication;
  #factory: ConnectorFactory | undefined;
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(inner: BotFrameworkAuthentication) {
    super();
    this.#inner = inner;
  }

  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    const result = await this.#inner.authenticateRequest(activity, authorization);
    return { ...result, connectorFactory: this.createConnectorFactory(result.claimsIdentity) };
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('this bot has no streaming endpoint'));
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    this.#factory ??= new SharedConnectorFactory(this.#inner.createConnectorFactory(identity));
    return this.#factory;
  }

  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= this.#inner.createUserTokenClient(identity);
    return this.#userTokens;
  }
}

class SharedConnectorFactory extends ConnectorFactory {
  readonly #inner: ConnectorFactory;
  #client: Promise<ConnectorClient> | undefined;

  constructor(inner: ConnectorFactory) {
    super();
    this.#inner = inner;
  }

  override create(serviceUrl: string): Promise<ConnectorClient> {
    this.#client ??= this.#inner.create(serviceUrl);
    return this.#client;
  }
}

/** botbuilder wants an address, but its credentials do not depend on it. */
const anyServiceUrl = 'https://smba.trafficmanager.net/teams/';

/** Some sign-in services take a connection and never answer. The next caller asks again. */
const askWithinMs = 10_000;

/**
 * What the bot shows to Teams' connector: botbuilder's credentials cache it until shortly before it expires.
 * Nothing where tokens are not checked.
 */
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
    const cached = await credentials.getToken();
    return cached === refused ? credentials.getToken(true) : cached;
  };
  const askInTime = async (refused: string | undefined): Promise<string> => {
    const inTime = await within(clock, askWithinMs, ask(refused));
    if (inTime === undefined) throw new SignInError('no_answer');
    return inTime.value;
  };
  return (refused) => {
    // Without this, botbuilder lets each caller ask for a new token of its own when the old one expires.
    asked ??= askInTime(refused).finally(() => {
      asked = undefined;
    });
    return asked;
  };
};
