import { expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/environment.ts';

const least = {
  MicrosoftAppId: 'app-id',
  MicrosoftAppPassword: 'app-secret',
  MicrosoftAppTenantId: 'tenant-id',
  PINGPLOTTER_SUBDOMAIN: 'acme',
  PINGPLOTTER_API_KEY: 'api-key-1',
};
const demo = {
  BOT_AUTH: 'disabled',
  HOST: '127.0.0.1',
  PINGPLOTTER_BASE_URL: 'http://127.0.0.1:4000/api/',
  PINGPLOTTER_API_KEY: 'api-key-1',
};

const faultsOf = (env: Readonly<Record<string, string | undefined>>): readonly string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { variable } of error.faults) expect(error.message).toContain(variable);
    return error.faults.map(({ variable }) => variable);
  }
};

it('needs no more than the identity, the account and the key', () => {
  expect(loadConfig(least)).toEqual({
    host: '0.0.0.0',
    port: 3978,
    privateAnswers: true,
    bot: {
      auth: 'required',
      appId: 'app-id',
      tenantId: 'tenant-id',
      settings: {
        MicrosoftAppId: 'app-id',
        MicrosoftAppPassword: 'app-secret',
        MicrosoftAppTenantId: 'tenant-id',
      },
    },
    allowedTenants: ['tenant-id'],
    serviceHosts: [
      'smba.trafficmanager.net',
      'smba.infra.gcc.teams.microsoft.com',
      'smba.infra.gov.teams.microsoft.us',
      'smba.infra.dod.teams.microsoft.us',
    ],
    admins: [],
    defaultRole: 'viewer',
    accounts: [
      {
        name: 'default',
        baseUrl: 'https://acme.api.pingplotter.cloud',
        apiKey: 'api-key-1',
        tenants: 'any',
        conversations: [],
      },
    ],
    pingPlotterTimeoutMs: 5000,
    databaseUrl: 'file:./data/bot.db',
    pollSeconds: 60,
    auditDays: 400,
    bulkConcurrency: 8,
    logLevel: 'info',
  });
});

it('runs without token checks on loopback, for any tenant', () => {
  const config = loadConfig(demo);
  expect(config.bot).toEqual({ auth: 'disabled' });
  expect(config.allowedTenants).toBe('any');
  expect(config.accounts[0]?.baseUrl).toBe('http://127.0.0.1:4000/api');
});

it('reads lists, trims them and drops what is said twice', () => {
  const config = loadConfig({
    ...least,
    ALLOWED_TENANTS: ' 00000000-0000-0000-0000-0000000000001 , t2,,t2',
    ALLOWED_SERVICE_HOSTS: 'SMBA.example.com, *.botframework.com,127.0.0.1,localhost',
    BOT_ADMINS: 'a,b',
  });
  expect(config.allowedTenants).toEqual(['00000000-0000-0000-0000-0000000000001', 't2']);
  expect(config.serviceHosts).toEqual([
    'smba.example.com',
    '*.botframework.com',
    '127.0.0.1',
    'localhost',
  ]);
  expect(config.admins).toEqual(['a', 'b']);
});

it('takes the whole base address before the subdomain', () => {
  const both = { ...least, PINGPLOTTER_BASE_URL: 'https://gate.example.com/pp' };
  expect(loadConfig(both).accounts[0]?.baseUrl).toBe('https://gate.example.com/pp');
});

it.each([
  ['singletenant', { MicrosoftAppPassword: 'x' }],
  ['UserAssignedMsi', { MicrosoftAppPassword: '' }],
  ['USERASSIGNEDMSI', { MicrosoftAppPassword: undefined }],
  ['MultiTenant', { MicrosoftAppTenantId: '', ALLOWED_TENANTS: 't1' }],
  ['SingleTenant', { MicrosoftAppPassword: '', BOT_FEDERATED_CLIENT_ID: 'identity' }],
])('takes a bot of type %s with %o', (MicrosoftAppType, changes) => {
  expect(faultsOf({ ...least, MicrosoftAppType, ...changes })).toEqual([]);
});

type Changes = Readonly<Record<string, string>>;

it.each<readonly [string, Changes]>([
  ['PORT', { PORT: 'http' }],
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: '3978.5' }],
  ['PORT', { PORT: '-1' }],
  ['BOT_AUTH', { BOT_AUTH: 'off' }],
  ['MicrosoftAppId', { MicrosoftAppId: '' }],
  ['MicrosoftAppType', { MicrosoftAppType: 'Tenant' }],
  ['MicrosoftAppTenantId', { MicrosoftAppTenantId: ' ' }],
  ['MicrosoftAppPassword', { MicrosoftAppPassword: '' }],
  ['MicrosoftAppPassword', { MicrosoftAppType: 'UserAssignedMSI' }],
  ['ALLOWED_TENANTS', { MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: '' }],
  ['ALLOWED_TENANTS', { ALLOWED_TENANTS: 'one two' }],
  ['ALLOWED_TENANTS', { ALLOWED_TENANTS: ' , ' }],
  ['ALLOWED_SERVICE_HOSTS', { ALLOWED_SERVICE_HOSTS: 'https://smba.trafficmanager.net' }],
  ['ALLOWED_SERVICE_HOSTS', { ALLOWED_SERVICE_HOSTS: 'localhost:4000' }],
  ['ALLOWED_SERVICE_HOSTS', { ALLOWED_SERVICE_HOSTS: '*' }],
  ['BOT_ADMINS', { BOT_ADMINS: 'a b' }],
  // B6: nobody comes in by an address.
  ['BOT_ADMINS', { BOT_ADMINS: 'bob@example.com' }],
  ['BOT_ADMINS', { BOT_ADMINS: 'alex-object-id, bob@example.com' }],
  ['DEFAULT_ROLE', { DEFAULT_ROLE: 'admin' }],
  ['PINGPLOTTER_SUBDOMAIN', { PINGPLOTTER_SUBDOMAIN: '' }],
  ['PINGPLOTTER_SUBDOMAIN', { PINGPLOTTER_SUBDOMAIN: 'acme.evil' }],
  ['PINGPLOTTER_SUBDOMAIN', { PINGPLOTTER_SUBDOMAIN: '-acme' }],
  ['PINGPLOTTER_BASE_URL', { PINGPLOTTER_BASE_URL: 'http://acme.example.com' }],
  ['PINGPLOTTER_BASE_URL', { PINGPLOTTER_BASE_URL: 'https://u:p@acme.example.com' }],
  ['PINGPLOTTER_BASE_URL', { PINGPLOTTER_BASE_URL: 'https://acme.example.com/?a=1' }],
  ['PINGPLOTTER_BASE_URL', { PINGPLOTTER_BASE_URL: 'acme' }],
  ['PINGPLOTTER_API_KEY', { PINGPLOTTER_API_KEY: '' }],
  ['PINGPLOTTER_API_KEY', { PINGPLOTTER_API_KEY: 'a\nb' }],
  ['PINGPLOTTER_API_KEY', { PINGPLOTTER_API_KEY: 'schlüssel' }],
  ['PINGPLOTTER_TIMEOUT_MS', { PINGPLOTTER_TIMEOUT_MS: '5s' }],
  ['PINGPLOTTER_TIMEOUT_MS', { PINGPLOTTER_TIMEOUT_MS: '0' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://db' }],
  ['DATABASE_URL', { DATABASE_URL: './bot.db' }],
  ['DATABASE_URL', { DATABASE_URL: 'file:' }],
  ['POLL_SECONDS', { POLL_SECONDS: '4' }],
  ['POLL_SECONDS', { POLL_SECONDS: '3601' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://bot.example.com' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'bot.example.com' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://user:password@bot.example.com' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://bot.example.com/?x=1' }],
  ['AGENT_OWNER_FIELD', { AGENT_OWNER_FIELD: 'Ow\nner' }],
  ['AGENT_OWNER_FIELD', { AGENT_OWNER_FIELD: 'x'.repeat(201) }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://a.example.com/agents' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://a.example.com/{sessionId}' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'http://a.example.com/{agentId}' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://{agentId}.example.com/' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://a.example.com:{agentId}/' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://u:p@a.example.com/{agentId}' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://{agentId}@a.example.com/' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://a.example.com/{agentId}/{agentId}' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'https://a.example.com/{agentId}/{name}' }],
  ['PINGPLOTTER_WEB_URL', { PINGPLOTTER_WEB_URL: 'a.example.com/{agentId}' }],
  ['QUALITY_NAMES', { QUALITY_NAMES: 'voip' }],
  ['QUALITY_NAMES', { QUALITY_NAMES: 'voip=Voice, =Web' }],
  ['QUALITY_NAMES', { QUALITY_NAMES: 'voip=' }],
  ['QUALITY_NAMES', { QUALITY_NAMES: ' , ' }],
  ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'ü' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['ChannelService', { ChannelService: 'https://china' }],
  ['OAuthUrl', { OAuthUrl: 'ftp://x' }],
  ['ValidateAuthority', { ValidateAuthority: 'maybe' }],
])('names %s when it is faulty: %o', (variable, changes) => {
  expect(faultsOf({ ...least, ...changes })).toEqual([variable]);
});

it.each<readonly [string, Changes]>([
  ['HOST', { HOST: '0.0.0.0' }],
  ['HOST', { HOST: '' }],
  ['HOST', { HOST: '127.0.0.1.example.com' }],
  ['MicrosoftAppId', { MicrosoftAppId: 'app' }],
])('refuses to go without token checks because of %s: %o', (variable, changes) => {
  expect(faultsOf({ ...demo, ...changes })).toEqual([variable]);
});

it('names all faults at once', () => {
  expect([...faultsOf({ PORT: 'x', LOG_LEVEL: 'y', POLL_SECONDS: '1' })].sort()).toEqual([
    'LOG_LEVEL',
    'MicrosoftAppId',
    'MicrosoftAppPassword',
    'MicrosoftAppTenantId',
    'PINGPLOTTER_API_KEY',
    'PINGPLOTTER_SUBDOMAIN',
    'POLL_SECONDS',
    'PORT',
  ]);
});

it('tells no values, least of all secret ones', () => {
  const env = {
    ...least,
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppPassword: 'hunter2',
    PINGPLOTTER_API_KEY: 'kéy-of-mine',
    PINGPLOTTER_BASE_URL: 'https://me:mine@x.example',
    DATABASE_URL: 'pg://me:mine@db',
  };
  expect(() => loadConfig(env)).toThrow(ConfigError);
  expect(() => loadConfig(env)).not.toThrow(/hunter2|of-mine|me:mine/);
});

const byCertificate = {
  ...least,
  MicrosoftAppPassword: '',
  BOT_CERTIFICATE_PEM_FILE: 'bot.pem',
  BOT_CERTIFICATE_KEY_FILE: 'bot.key',
};

it('takes a certificate in place of a password', () => {
  const config = loadConfig(byCertificate, {
    read: (path, kind) => `${kind} of ${path}`,
    belong: () => true,
  });
  expect(config.bot).toMatchObject({
    certificate: { certificate: 'certificate of bot.pem', privateKey: 'private key of bot.key' },
  });
});

it.each([
  ['certificate', 'BOT_CERTIFICATE_PEM_FILE'],
  ['private key', 'BOT_CERTIFICATE_KEY_FILE'],
])('names the file whose %s cannot be used', (broken, variable) => {
  const load = () =>
    loadConfig(byCertificate, {
      read: (_path, kind) => (kind === broken ? undefined : 'pem'),
      belong: () => true,
    });
  expect(load).toThrow(variable);
  expect(load).not.toThrow(/MicrosoftAppPassword/u);
});

it('wants the key beside the certificate', () => {
  const { BOT_CERTIFICATE_KEY_FILE: _, ...alone } = byCertificate;
  const files = { read: (path: string) => path || undefined, belong: () => true };
  expect(() => loadConfig(alone, files)).toThrow('BOT_CERTIFICATE_KEY_FILE');
});

it('names both files where the key is not that of the certificate', () => {
  const load = () => loadConfig(byCertificate, { read: () => 'pem', belong: () => false });
  expect(load).toThrow(/BOT_CERTIFICATE_PEM_FILE: should be the certificate of the key in BOT/u);
  expect(load).toThrow(/BOT_CERTIFICATE_KEY_FILE: should be the private key of the certificate/u);
});

it.each([
  'https://a.example.com/agents/{agentId}',
  'https://a.example.com/#/agents/{agentId}/{sessionId}',
  'https://a.example.com:8443/?agent={agentId}',
])('takes %s for the pages of agents', (url) => {
  expect(loadConfig({ ...least, PINGPLOTTER_WEB_URL: url }).webUrl).toBe(url);
});

it('C11: reads the names of quality definitions', () => {
  const { qualityNames } = loadConfig({
    ...least,
    QUALITY_NAMES: 'voip=Voice-over-IP, web = A=B ,',
  });
  expect([...(qualityNames ?? [])]).toEqual([
    ['voip', 'Voice-over-IP'],
    ['web', 'A=B'],
  ]);
});
