import { z } from 'zod';
import type { LogLevel } from '../platform/log.ts';
import type { OutboundProxy } from '../platform/proxy.ts';
import { optional } from '../shared/optional.ts';
import type { Role } from '../shared/role.ts';
import { accountFaults, accountsIn, keyShould, oneAccount } from './accounts.ts';
import type { AccountSettings, TextFiles } from './accounts-file.ts';
import {
  apiUrl,
  databaseUrl,
  dnsLabel,
  fieldName,
  headerValue,
  hostExceptions,
  hostList,
  idList,
  nameList,
  objectIdList,
  oneOf,
  pageTemplate,
  proxyUrl,
  publicUrl,
  webUrl,
  wholeNumber,
} from './fields.ts';
import {
  type BotCertificate,
  type BotIdentity,
  type Fault,
  identityFaults,
  type PemFiles,
  readCertificate,
} from './identity.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly bot: BotIdentity;
  readonly allowedTenants: readonly string[] | 'any';
  readonly serviceHosts: readonly string[];
  /** Entra object ids. */
  readonly admins: readonly string[];
  readonly defaultRole: Exclude<Role, 'admin'>;
  /** One called `default` that every tenant sees, unless a file names them. */
  readonly accounts: readonly AccountSettings[];
  /** The file that names the accounts. */
  readonly accountsFile?: string;
  /** The deadline of one call of PingPlotter. */
  readonly pingPlotterTimeoutMs: number;
  readonly databaseUrl: string;
  readonly pollSeconds: number;
  /** Calls of PingPlotter that one bulk job makes at once, at most. */
  readonly bulkConcurrency: number;
  /** So long are entries of the audit log stored. */
  readonly auditDays: number;
  /** Without one the webhook is off. */
  readonly webhookSecret?: string;
  /** Names of quality definitions that the API does not tell, by id. */
  readonly qualityNames?: ReadonlyMap<string, string>;
  /** The custom field that holds whose device it is; without one nobody is shown their own connection. */
  readonly ownerField?: string;
  /** The address of an agent's page, with `{agentId}` and perhaps `{sessionId}`; without one no card links there. */
  readonly webUrl?: string;
  /** The bot's own address, without a slash at its end; without one there are no links to files. */
  readonly publicUrl?: string;
  /** False = never use Teams' targeted messages. */
  readonly privateAnswers: boolean;
  readonly logLevel: LogLevel;
  /** Without one everything is asked directly. */
  readonly proxy?: OutboundProxy;
}

/** Its message names every faulty variable and what it should hold, never what it holds. */
export class ConfigError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(
      ({ variable, place, should }) =>
        `  ${variable}${place === undefined ? '' : `, ${place}`}: should be ${should}`,
    );
    super(`The configuration is not complete or not right.\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Where Teams' connector lives: public, GCC, GCC High, DoD. */
const teamsHosts = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
] as const;

const governmentCloud = 'https://botframework.azure.us';

const Botbuilder = z.object({
  MicrosoftAppType: z.string().optional(),
  MicrosoftAppId: z.string().optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppTenantId: z.string().optional(),
  ToBotFromChannelOpenIdMetadataUrl: webUrl.optional(),
  ToBotFromEmulatorOpenIdMetadataUrl: webUrl.optional(),
  ToBotFromChannelTokenIssuer: z.string().optional(),
  OAuthUrl: webUrl.optional(),
  ToChannelFromBotLoginUrl: webUrl.optional(),
  ToChannelFromBotOAuthScope: z.string().optional(),
  ValidateAuthority: z
    .string()
    .regex(/^(true|false)$/i, 'true or false')
    .optional(),
  ChannelService: z.literal(governmentCloud, { error: `empty or ${governmentCloud}` }).optional(),
});

const Environment = z.object({
  ...Botbuilder.shape,
  PORT: wholeNumber(0, 65_535).default(3978),
  HOST: z.string().default('0.0.0.0'),
  BOT_AUTH: oneOf(['required', 'disabled']).default('required'),
  BOT_FEDERATED_CLIENT_ID: z.string().optional(),
  BOT_CERTIFICATE_PEM_FILE: z.string().optional(),
  BOT_CERTIFICATE_KEY_FILE: z.string().optional(),
  ALLOWED_TENANTS: idList.optional(),
  ALLOWED_SERVICE_HOSTS: hostList.default([...teamsHosts]),
  BOT_ADMINS: objectIdList.default([]),
  DEFAULT_ROLE: oneOf(['none', 'viewer', 'operator']).default('viewer'),
  PINGPLOTTER_SUBDOMAIN: dnsLabel('a name like acme, of acme.api.pingplotter.cloud').optional(),
  PINGPLOTTER_BASE_URL: apiUrl.optional(),
  PINGPLOTTER_API_KEY: headerValue(keyShould).optional(),
  ACCOUNTS_FILE: z.string().optional(),
  PINGPLOTTER_WEB_URL: pageTemplate.optional(),
  PINGPLOTTER_TIMEOUT_MS: wholeNumber(100, 60_000).default(5000),
  DATABASE_URL: databaseUrl.default('file:./data/bot.db'),
  POLL_SECONDS: wholeNumber(5, 3600).default(60),
  AUDIT_DAYS: wholeNumber(1, 3650).default(400),
  AGENT_OWNER_FIELD: fieldName.optional(),
  BULK_CONCURRENCY: wholeNumber(1, 32).default(8),
  QUALITY_NAMES: nameList.optional(),
  WEBHOOK_SECRET: headerValue('printable, on one line').optional(),
  HTTPS_PROXY: proxyUrl.optional(),
  NO_PROXY: hostExceptions.default([]),
  PUBLIC_URL: publicUrl.optional(),
  PRIVATE_ANSWERS: oneOf(['on', 'off']).default('on'),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).default('info'),
});
type Environment = z.infer<typeof Environment>;

/** The names of all variables that the bot reads. */
export const environmentVariables: readonly string[] = Object.keys(Environment.shape);

/** Other programs read these in lower case first. */
const inEitherCase: ReadonlySet<string> = new Set(['HTTPS_PROXY', 'NO_PROXY']);

const given = (env: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    environmentVariables
      .map((name) => {
        const lower = inEitherCase.has(name) ? env[name.toLowerCase()]?.trim() : undefined;
        return [name, lower || env[name]?.trim()] as const;
      })
      .filter((entry): entry is readonly [string, string] => Boolean(entry[1])),
  );

const identityOf = (
  env: Environment,
  settings: Readonly<Record<string, string>>,
  certificate: BotCertificate | undefined,
): BotIdentity =>
  env.BOT_AUTH === 'disabled'
    ? { auth: 'disabled' }
    : {
        auth: 'required',
        appId: env.MicrosoftAppId ?? '',
        ...optional('tenantId', env.MicrosoftAppTenantId),
        ...optional('federatedClientId', env.BOT_FEDERATED_CLIENT_ID),
        ...optional('certificate', certificate),
        settings,
      };

const tenantsOf = (env: Environment): Config['allowedTenants'] => {
  if (env.ALLOWED_TENANTS !== undefined) return env.ALLOWED_TENANTS;
  if (env.MicrosoftAppTenantId !== undefined) return [env.MicrosoftAppTenantId];
  return env.BOT_AUTH === 'disabled' ? 'any' : [];
};

/** Throws ConfigError. Without the files no certificate and no file of accounts can be used. */
export const loadConfig = (
  env: Readonly<Record<string, string | undefined>>,
  pemFiles: PemFiles = { read: () => undefined, belong: () => false },
  textFiles: TextFiles = { read: () => undefined },
): Config => {
  const settings = given(env);
  const parsed = Environment.safeParse(settings);
  const single = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    variable: String(path[0]),
    should: message,
  }));
  const { certificate, faults: unreadable } = readCertificate(settings, pemFiles);
  const { accounts, faults: inFile } = accountsIn(settings, env, textFiles);
  const faults = [
    ...single,
    ...accountFaults(settings),
    ...identityFaults(settings),
    ...unreadable,
    ...inFile,
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const it = parsed.data;
  const botbuilder = Object.entries(settings).filter(([name]) => name in Botbuilder.shape);
  return {
    host: it.HOST,
    port: it.PORT,
    bot: identityOf(it, Object.fromEntries(botbuilder), certificate),
    allowedTenants: tenantsOf(it),
    serviceHosts: it.ALLOWED_SERVICE_HOSTS,
    admins: it.BOT_ADMINS,
    defaultRole: it.DEFAULT_ROLE,
    accounts: it.ACCOUNTS_FILE === undefined ? [oneAccount(it)] : accounts,
    ...optional('accountsFile', it.ACCOUNTS_FILE),
    pingPlotterTimeoutMs: it.PINGPLOTTER_TIMEOUT_MS,
    databaseUrl: it.DATABASE_URL,
    pollSeconds: it.POLL_SECONDS,
    bulkConcurrency: it.BULK_CONCURRENCY,
    auditDays: it.AUDIT_DAYS,
    ...optional('webhookSecret', it.WEBHOOK_SECRET),
    ...optional('qualityNames', it.QUALITY_NAMES),
    ...optional('ownerField', it.AGENT_OWNER_FIELD),
    ...optional('webUrl', it.PINGPLOTTER_WEB_URL),
    ...optional('publicUrl', it.PUBLIC_URL),
    privateAnswers: it.PRIVATE_ANSWERS === 'on',
    logLevel: it.LOG_LEVEL,
    ...(it.HTTPS_PROXY === undefined
      ? {}
      : { proxy: { url: it.HTTPS_PROXY, except: it.NO_PROXY } }),
  };
};
