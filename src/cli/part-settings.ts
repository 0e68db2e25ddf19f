import { type Config, ConfigError, loadConfig } from '../config/environment.ts';
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

export const accountSettings = (environ: Environ): Config['pingPlotter'] =>
  loadConfig({ ...anyBot, ...named(environ, /^PINGPLOTTER_/u) }).pingPlotter;

export const proxySettings = (environ: Environ): Config['proxy'] =>
  loadConfig({ ...anyBot, ...anyAccount, ...named(environ, /^(HTTPS|NO)_PROXY$/iu) }).proxy;

export const identitySettings = (environ: Environ, pemFiles: PemFiles): Config['bot'] =>
  loadConfig({ ...anyAccount, HOST: anyBot.HOST, ...named(environ, identity) }, pemFiles).bot;

/** Undefined when the settings are at fault. */
export const ifRight = <T>(settings: () => T): T | undefined => {
  try {
    return settings();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
};
