import type { TextFiles } from '../config/accounts-file.ts';
import {
  type Config,
  ConfigError,
  environmentVariables,
  loadConfig,
} from '../config/environment.ts';
import type { PemFiles } from '../config/identity.ts';

export type Environ = Readonly<Record<string, string | undefined>>;

/** In place of what a part does not need. */
const anyBot = { BOT_AUTH: 'disabled', HOST: '127.0.0.1' } as const;
const anyAccount = { PINGPLOTTER_SUBDOMAIN: 'any', PINGPLOTTER_API_KEY: 'any' } as const;

const named = (environ: Environ, name: RegExp): Environ =>
  Object.fromEntries(Object.entries(environ).filter(([variable]) => name.test(variable)));

const identity =
  /^(MicrosoftApp\w+|BOT_(AUTH|FEDERATED|CERTIFICATE)\w*|To(Bot|Channel)From\w+|OAuthUrl|ValidateAuthority|ChannelService|ALLOWED_TENANTS)$/u;

// Each throws ConfigError for the variables of its own part, whatever the others hold.
export const databaseSettings = (environ: Environ): Pick<Config, 'databaseUrl' | 'auditDays'> =>
  loadConfig({ ...anyBot, ...anyAccount, ...named(environ, /^(DATABASE_URL|AUDIT_DAYS)$/u) });

export const accountSettings = (
  environ: Environ,
  textFiles: TextFiles,
): Pick<Config, 'accounts' | 'pingPlotterTimeoutMs'> =>
  loadConfig(
    // A file of accounts names variables of its own, which hold keys.
    { ...othersIn(environ), ...anyBot, ...named(environ, /^(PINGPLOTTER_\w+|ACCOUNTS_FILE)$/u) },
    undefined,
    textFiles,
  );

const othersIn = (environ: Environ): Environ =>
  Object.fromEntries(
    Object.entries(environ).filter(([name]) => !environmentVariables.includes(name)),
  );

export const proxySettings = (environ: Environ): Config['proxy'] =>
  loadConfig({ ...anyBot, ...anyAccount, ...named(environ, /^(HTTPS|NO)_PROXY$/iu) }).proxy;

export const identitySettings = (environ: Environ, pemFiles: PemFiles): Config['bot'] =>
  loadConfig(
    { ...anyAccount, ...tenantsInFile(environ), HOST: anyBot.HOST, ...named(environ, identity) },
    pemFiles,
  ).bot;

/** A file of accounts lists tenants too. */
const tenantsInFile = ({ ACCOUNTS_FILE: file }: Environ): Environ =>
  file ? { ALLOWED_TENANTS: 'any' } : {};

/** Undefined when the settings are at fault. */
export const ifRight = <T>(settings: () => T): T | undefined => {
  try {
    return settings();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
};
