import type { Activity } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Connectors } from './connectors.ts';

class SharedConnectorFactory extends ConnectorFactory {
  readonly #connectors: Connectors;

  constructor(connectors: Connectors) {
    super();
    this.#connectors = connectors;
  }

  override create(serviceUrl: string): Promise<ConnectorClient> {
    return this.#connectors(serviceUrl);
  }
}

/** The same authentication, whose turns share the connector clients and one unused token client. */
export class SharedConnectorAuthentication extends BotFrameworkAuthentication {
  readonly #inner: BotFrameworkAuthentication;
  readonly #factory: ConnectorFactory;
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(inner: BotFrameworkAuthentication, connectors: Connectors) {
    super();
    this.#inner = inner;
    this.#factory = new SharedConnectorFactory(connectors);
  }

  override async authenticateRequest(
    activity: Activity,
    authorization: string,
  ): Promise<AuthenticateRequestResult> {
    const result = await this.#inner.authenticateRequest(activity, authorization);
    return { ...result, connectorFactory: this.#factory };
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('this bot has no streaming endpoint'));
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#factory;
  }

  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= this.#inner.createUserTokenClient(identity);
    return this.#userTokens;
  }
}
