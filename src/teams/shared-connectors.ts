import type { Activity } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';

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

/**
 * The same authentication, whose turns share one connector client and one token client, whatever their
 * service address: botbuilder would build both for each turn, and this bot sends nothing with them.
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
