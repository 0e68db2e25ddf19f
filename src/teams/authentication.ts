import { X509Certificate } from 'node:crypto';
import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  CertificateServiceClientCredentialsFactory,
  type Claim,
  FederatedServiceClientCredentialsFactory,
  GovernmentConstants,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { BotIdentity } from '../config/identity.ts';
import { CredentialsOnce } from './credentials-once.ts';
import { signInCode } from './sign-in-error.ts';

type RequiredIdentity = Extract<BotIdentity, { auth: 'required' }>;
type Settings = Readonly<Record<string, string>>;

/**
 * botbuilder's authentication, for the tokens of what comes in and for the bot's own. Without token checks it
 * gets no settings: an app id would switch the checks on again.
 */
export const createAuthentication = (bot: BotIdentity): BotFrameworkAuthentication => {
  if (bot.auth === 'disabled') return new ConfigurationBotFrameworkAuthentication({});
  const { appId, settings } = bot;
  const complete = { MicrosoftAppType: 'SingleTenant', ...completed(settings) };
  return new ConfigurationBotFrameworkAuthentication(
    complete,
    new CredentialsOnce(credentialsFactory(bot, complete)),
    { requiredEndorsements: [], validateClaims: onlyFrom(tokenIssuer(settings), appId) },
  );
};

/** The issuer of the tokens that Teams' activities carry. */
export const tokenIssuer = (settings: Settings): string =>
  settings['ToBotFromChannelTokenIssuer'] ??
  (settings['ChannelService'] === GovernmentConstants.ChannelService
    ? GovernmentConstants.ToBotFromChannelTokenIssuer
    : AuthenticationConstants.ToBotFromChannelTokenIssuer);

/**
 * botbuilder runs it for the tokens of skills and emulators too, of which it checks neither audience nor
 * service address. So only tokens that the channel's own issuer made for this app pass.
 */
const onlyFrom = (issuer: string, appId: string) => async (claims: Claim[]) => {
  const genuine =
    claim(claims, AuthenticationConstants.IssuerClaim) === issuer &&
    claim(claims, AuthenticationConstants.AudienceClaim) === appId;
  if (!genuine) throw new Error('the token is not of the Bot Framework');
};

const claim = (claims: readonly Claim[], type: string): string | undefined =>
  claims.find((one) => one.type === type)?.value;

/**
 * Gets a token as the bot does before it sends. Fulfils with a code for why there was none (see signInCode),
 * else with undefined.
 */
export const signIn = async (bot: RequiredIdentity): Promise<string | undefined> => {
  try {
    const own = await createCredentials(bot);
    if (!(own instanceof AppCredentials)) return 'no_credentials';
    await own.getToken(true);
    return undefined;
  } catch (error) {
    return signInCode(error);
  }
};

/** The credentials for a token to send with, as botbuilder makes them for a turn. */
export const createCredentials = (bot: RequiredIdentity) => {
  const settings = withCloud({ MicrosoftAppType: 'SingleTenant', ...bot.settings });
  return credentialsFactory(bot, settings).createCredentials(
    bot.appId,
    settings['ToChannelFromBotOAuthScope'] ?? '',
    settings['ToChannelFromBotLoginUrl'] ?? '',
    settings['ValidateAuthority']?.toLowerCase() !== 'false',
  );
};

/** By botbuilder's settings, but for a certificate and a federated identity, which it cannot make from them. */
const credentialsFactory = (
  { appId, tenantId, certificate, federatedClientId, settings: given }: RequiredIdentity,
  settings: Settings,
): ServiceClientCredentialsFactory => {
  const hasPassword = given['MicrosoftAppPassword'] !== undefined;
  if (!hasPassword && certificate !== undefined)
    return new CertificateServiceClientCredentialsFactory(
      appId,
      // To find the thumbprint itself, botbuilder would need an openssl program.
      new X509Certificate(certificate.certificate).fingerprint.replaceAll(':', ''),
      certificate.privateKey,
      tenantId,
      certificate.certificate,
    );
  if (!hasPassword && federatedClientId !== undefined)
    return new FederatedServiceClientCredentialsFactory(appId, federatedClientId, tenantId);
  return new ConfigurationServiceClientCredentialFactory(settings);
};

/** botbuilder's names for the parameters of a cloud. */
const parameters = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
] as const;

/**
 * Once one parameter is set, botbuilder takes the others as set too, and a missing issuer or login address
 * makes every token fail. So the missing ones come from the cloud that `ChannelService` names.
 */
const completed = (settings: Settings): Settings =>
  parameters.some((name) => name in settings) ? withCloud(settings) : settings;

const withCloud = (settings: Settings): Settings => {
  const government = settings['ChannelService'] === GovernmentConstants.ChannelService;
  const cloud = government ? GovernmentConstants : AuthenticationConstants;
  const defaults = Object.fromEntries(parameters.map((name) => [name, cloud[name]]));
  return { ...defaults, ...settings };
};
