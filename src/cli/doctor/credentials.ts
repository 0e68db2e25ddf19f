import type { BotIdentity } from '../../config/identity.ts';
import { isProxyCode } from '../../platform/proxy.ts';
import { type Finding, reportOn } from './finding.ts';

const { good, bad, notChecked } = reportOn('bot credentials');
const subject = 'gets a token';

export interface CredentialPorts {
  /** Undefined when the settings of the identity are at fault. */
  readonly bot: BotIdentity | undefined;
  /** Fulfils with why no token was given, in one word; nothing when there was one. */
  readonly signIn: (bot: Extract<BotIdentity, { auth: 'required' }>) => Promise<string | undefined>;
}

const login =
  'Check that this machine may reach login.microsoftonline.com, or ToChannelFromBotLoginUrl where it is set.';

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const mends: Readonly<Record<string, string>> = {
  AADSTS7000215:
    "MicrosoftAppPassword is not the app's: make a client secret in Entra and set its value, not its id.",
  AADSTS7000222: 'The client secret has expired: make a new one and set MicrosoftAppPassword.',
  AADSTS700016: 'MicrosoftAppId is no app of the tenant: check it and MicrosoftAppTenantId.',
  AADSTS90002: 'MicrosoftAppTenantId is no tenant: check it.',
  AADSTS900023: 'MicrosoftAppTenantId is no tenant: check it.',
  AADSTS700027: "The certificate is not the app's: upload it in Entra, or name another file.",
  AADSTS700213: 'The federated credential does not fit: check its issuer, subject and audience.',
  AADSTS70021: 'The federated credential does not fit: check its issuer, subject and audience.',
  authority_uri_insecure: 'ToChannelFromBotLoginUrl must begin with https:.',
  no_managed_identity:
    'A managed identity works only on Azure, where it is assigned to what the bot runs on: run this there.',
};

const mendOf = (why: string): string =>
  isProxyCode(why)
    ? 'The proxy made no connection. Check HTTPS_PROXY, its user and password, and NO_PROXY for hosts that are reached without it.'
    : (mends[why] ?? login);

export const checkCredentials = async ({
  bot,
  signIn,
}: CredentialPorts): Promise<readonly Finding[]> => {
  if (bot === undefined) return [notChecked(subject, 'its settings are at fault')];
  if (bot.auth === 'disabled')
    return [good(subject, 'none is needed: BOT_AUTH is disabled, which only the Playground takes')];
  const why = await signIn(bot);
  return [
    why === undefined
      ? good(subject, 'for MicrosoftAppId')
      : bad(subject, `no token was given (${why})`, mendOf(why)),
  ];
};
