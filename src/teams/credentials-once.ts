import { ServiceClientCredentialsFactory } from 'botframework-connector';

type Credentials = ReturnType<ServiceClientCredentialsFactory['createCredentials']>;

/**
 * Makes the credentials for each scope once. botbuilder asks for them in every turn, and those of a managed identity
 * set up Azure's whole chain of sign-ins each time, which takes longer than the turn. What failed is made again.
 */
export class CredentialsOnce extends ServiceClientCredentialsFactory {
  readonly #factory: ServiceClientCredentialsFactory;
  /** Few: the bot has one identity and one cloud. */
  readonly #made = new Map<string, Credentials>();

  constructor(factory: ServiceClientCredentialsFactory) {
    super();
    this.#factory = factory;
  }

  override isValidAppId(appId: string): Promise<boolean> {
    return this.#factory.isValidAppId(appId);
  }

  override isAuthenticationDisabled(): Promise<boolean> {
    return this.#factory.isAuthenticationDisabled();
  }

  override createCredentials(
    appId: string,
    audience: string,
    loginEndpoint: string,
    validateAuthority: boolean,
  ): Credentials {
    const key = JSON.stringify([appId, audience, loginEndpoint, validateAuthority]);
    const made =
      this.#made.get(key) ??
      this.#factory.createCredentials(appId, audience, loginEndpoint, validateAuthority);
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    return made;
  }
}
