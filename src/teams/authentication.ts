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
import { signInCode } from './sign-in-error.ts';

type RequiredIdentity = Extract<BotIdentity, { auth: 'required' }>;
type Settings = Readonly<Record<string, string>>;

/** What botbuilder calls the parameters of a cloud. */
const parameters = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
] as const;

/**
 * Once one parameter is given, botbuilder takes the others as given too, and a missing issuer or
 * login address makes every token fail: the missing ones come from the cloud that is meant.
 */
const completed = (settings: Settings): Settings =>
  parameters.some((name) => name in settings) ? withCloud(settings) : settings;

const withCloud = (settings: Settings): Settings => {
  const government = settings['ChannelService'] === GovernmentConstants.ChannelService;
  const cloud = government ? GovernmentConstants : AuthenticationConstants;
  const defaults = Object.fromEntries(parameters.map((name) => [name, cloud[name]]));
  return { ...defaults, ...settings };
};

/** The one issuer of tokens that Teams' messages carry. */
export const tokenIssuer = (settings: Settings): string =>
  settings['ToBotFromChannelTokenIssuer'] ??
  (settings['ChannelService'] === GovernmentConstants.ChannelService
    ? GovernmentConstants.ToBotFromChannelTokenIssuer
    : AuthenticationConstants.ToBotFromChannelTokenIssuer);

const claim = (claims: readonly Claim[], type: string): string | undefined =>
  claims.find((one) => one.type === type)?.value;

/**
 * Runs on botbuilder's paths for skills and emulators too, which check neither audience nor service
 * address: only what the channel's own issuer made for this app goes on.
 */
const onlyFrom = (issuer: string, appId: string) => async (claims: Claim[]) => {
  const genuine =
    claim(claims, AuthenticationConstants.IssuerClaim) === issuer &&
    claim(claims, AuthenticationConstants.AudienceClaim) === appId;
  if (!genuine) throw new Error('the token is not of the Bot Framework');
};

/** What botbuilder cannot make of its own settings: the ways to sign in without a password. */
const credentials = ({
  appId,
  tenantId,
  certificate,
  federatedClientId,
  settings,
}: RequiredIdentity): ServiceClientCredentialsFactory | undefined => {
  if (settings['MicrosoftAppPassword'] !== undefined) return undefined;
  if (certificate !== undefined)
    return new CertificateServiceClientCredentialsFactory(
      appId,
      // Left to botbuilder it takes an openssl program to work it out.
      new X509Certificate(certificate.certificate).fingerprint.replaceAll(':', ''),
      certificate.privateKey,
      tenantId,
      certificate.certificate,
    );
  return federatedClientId === undefined
    ? undefined
    : new FederatedServiceClientCredentialsFactory(appId, federatedClientId, tenantId);
};

/** What the bot shows to get a token for sending, as botbuilder makes it for a turn. */
export const createCredentials = (bot: RequiredIdentity) => {
  const settings = withCloud({ MicrosoftAppType: 'SingleTenant', ...bot.settings });
  const factory = credentials(bot) ?? new ConfigurationServiceClientCredentialFactory(settings);
  return factory.createCredentials(
    bot.appId,
    settings['ToChannelFromBotOAuthScope'] ?? '',
    settings['ToChannelFromBotLoginUrl'] ?? '',
    settings['ValidateAuthority']?.toLowerCase() !== 'false',
  );
};

/** Without token checks nothing of the settings is used: an app id would switch them on again. */
export const createAuthentication = (bot: BotIdentity): BotFrameworkAuthentication => {
  if (bot.auth === 'disabled') return new ConfigurationBotFrameworkAuthentication({});
  const { appId, settings } = bot;
  return new ConfigurationBotFrameworkAuthentication(
    { MicrosoftAppType: 'SingleTenant', ...completed(settings) },
    credentials(bot),
    { requiredEndorsements: [], validateClaims: onlyFrom(tokenIssuer(settings), appId) },
  );
};

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
