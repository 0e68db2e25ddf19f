/** Both as PEM. */
export interface BotCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Who the bot is to the Bot Framework. */
export type BotIdentity =
  | { readonly auth: 'disabled' }
  | {
      readonly auth: 'required';
      readonly appId: string;
      readonly tenantId?: string;
      /** The managed identity of the app's federated credential; counts when there is no password. */
      readonly federatedClientId?: string;
      /** Counts when there is no password. */
      readonly certificate?: BotCertificate;
      /** botbuilder's own variables, under their own names, as they were given. */
      readonly settings: Readonly<Record<string, string>>;
    };
