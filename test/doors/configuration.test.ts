import { describe, expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import type { TeamsUserOptions } from '../fakes/teams-user.ts';
import { botHere } from './bot-here.ts';
import { appId, startGuarded } from './guarded-bot.ts';

const megan = { person: { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-object-id' } };
const fabrikam = { ...megan, tenantId: 'tenant-2' };

const start = (environment: Readonly<Record<string, string>>) =>
  startGuarded(botHere, { environment });

describe('a start that is refused', () => {
  const least = {
    PORT: '0',
    HOST: '127.0.0.1',
    PINGPLOTTER_BASE_URL: 'http://127.0.0.1:9',
    PINGPLOTTER_API_KEY: 'api-key-never-to-be-seen',
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'app-password-never-to-be-seen',
    MicrosoftAppTenantId: 'tenant-1',
  };
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'no identity at all',
      { MicrosoftAppId: '', MicrosoftAppPassword: '', MicrosoftAppTenantId: '' },
      ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId'],
    ],
    ['an identity of no kind', { MicrosoftAppType: 'Robot' }, ['MicrosoftAppType']],
    [
      'a password for a managed identity',
      { MicrosoftAppType: 'UserAssignedMSI' },
      ['MicrosoftAppPassword'],
    ],
    [
      'neither password nor anything in its place',
      { MicrosoftAppPassword: '' },
      ['MicrosoftAppPassword'],
    ],
    [
      'several tenants without a list of them',
      { MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: '' },
      ['ALLOWED_TENANTS'],
    ],
    [
      'no token checks for the whole network',
      { BOT_AUTH: 'disabled', HOST: '0.0.0.0', MicrosoftAppId: '' },
      ['HOST'],
    ],
    [
      'no token checks on the default address',
      { BOT_AUTH: 'disabled', HOST: '', MicrosoftAppId: '' },
      ['HOST'],
    ],
    ['no token checks for a real bot', { BOT_AUTH: 'disabled' }, ['MicrosoftAppId']],
    [
      'no token checks for a real bot on the network',
      { BOT_AUTH: 'disabled', HOST: '::' },
      ['HOST', 'MicrosoftAppId'],
    ],
    ['token checks of another kind', { BOT_AUTH: 'sometimes' }, ['BOT_AUTH']],
    ['a default role that gives the keys away', { DEFAULT_ROLE: 'admin' }, ['DEFAULT_ROLE']],
    ['a default role that there is not', { DEFAULT_ROLE: 'Operator!' }, ['DEFAULT_ROLE']],
    [
      'lists of nothing',
      { ALLOWED_TENANTS: ',', BOT_ADMINS: ' , ', ALLOWED_SERVICE_HOSTS: ',' },
      ['ALLOWED_TENANTS', 'BOT_ADMINS', 'ALLOWED_SERVICE_HOSTS'],
    ],
    [
      'an address as host',
      { ALLOWED_SERVICE_HOSTS: 'https://smba.trafficmanager.net' },
      ['ALLOWED_SERVICE_HOSTS'],
    ],
    [
      'a certificate that cannot be read',
      {
        MicrosoftAppPassword: '',
        BOT_CERTIFICATE_PEM_FILE: 'none.pem',
        BOT_CERTIFICATE_KEY_FILE: 'none.key',
      },
      ['BOT_CERTIFICATE_PEM_FILE', 'BOT_CERTIFICATE_KEY_FILE'],
    ],
  ])(
    'for %s names every variable, and nothing of what they hold',
    async (_name, changes, variables) => {
      const given = Object.entries({ ...least, ...changes }).filter(([, value]) => value !== '');
      const { exitCode, printed } = await botHere.failedStart(Object.fromEntries(given));
      expect(exitCode).toBe(1);
      const named = [...printed.matchAll(/^ {2}(\w+): should be \S/gmu)].map(([, name]) => name);
      expect(named.toSorted()).toEqual(variables.toSorted());
      expect(printed).not.toMatch(/never-to-be-seen|node:internal|\.js:\d|\bat \w/u);
    },
  );
});

describe('ALLOWED_TENANTS', () => {
  const asks = async (
    environment: Readonly<Record<string, string>>,
    user: Partial<TeamsUserOptions>,
  ) => {
    const bot = await start(environment);
    const person = bot.user(user);
    const { status } = await person.post(person.activity({ type: 'message', text: 'whoami' }));
    return { status, answered: bot.connector.activities.length };
  };
  it.each<readonly [string, Readonly<Record<string, string>>, Partial<TeamsUserOptions>, boolean]>([
    ['is the bot’s own tenant when left out', {}, megan, true],
    ['keeps others out when left out', {}, fabrikam, false],
    ['lets in who is listed', { ALLOWED_TENANTS: 'tenant-2 , tenant-3' }, fabrikam, true],
    [
      'keeps out the bot’s own tenant where it is not listed',
      { ALLOWED_TENANTS: 'tenant-2' },
      megan,
      false,
    ],
  ])('%s', async (_name, environment, user, letIn) => {
    const expected = letIn ? { status: 200, answered: 1 } : { status: 403, answered: 0 };
    expect(await asks(environment, user)).toEqual(expected);
  });
});

describe('ALLOWED_SERVICE_HOSTS', () => {
  const statuses = async (
    environment: Readonly<Record<string, string>>,
    hosts: readonly string[],
  ) => {
    const bot = await start(environment);
    const found: number[] = [];
    for (const serviceUrl of hosts) {
      const authorization = `Bearer ${bot.openId.sign(bot.claims({ serviceurl: serviceUrl }))}`;
      const user = bot.user({ authorization });
      found.push((await user.post(user.activity({ type: 'typing', serviceUrl }))).status);
    }
    return found;
  };
  it('is Teams’ public and government hosts when left out', async () => {
    const hosts = [
      'https://smba.trafficmanager.net/emea/',
      'https://smba.infra.gcc.teams.microsoft.com/gcc/',
      'https://smba.infra.gov.teams.microsoft.us/',
      'https://smba.infra.dod.teams.microsoft.us/',
      'http://127.0.0.1:9/',
      'https://evil.example/',
    ];
    expect(await statuses({ ALLOWED_SERVICE_HOSTS: '' }, hosts)).toEqual([
      200, 200, 200, 200, 403, 403,
    ]);
  });
  it('is what is listed, and nothing else', async () => {
    const hosts = [
      'https://a.b.example/',
      'https://b.example/',
      'https://smba.trafficmanager.net/',
    ];
    expect(await statuses({ ALLOWED_SERVICE_HOSTS: '*.b.example' }, hosts)).toEqual([
      200, 403, 403,
    ]);
  });
});

describe('BOT_ADMINS and DEFAULT_ROLE', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ['left out', {}, 'Viewer'],
    ['nothing', { DEFAULT_ROLE: 'none' }, 'No role'],
    ['viewer', { DEFAULT_ROLE: 'viewer' }, 'Viewer'],
    ['operator', { DEFAULT_ROLE: 'operator' }, 'Operator'],
  ])('make everyone else %s', async (_name, environment, role) => {
    const bot = await start({ BOT_ADMINS: 'someone, Alex-Object-ID', ...environment });
    expect((await bot.user(megan).say('whoami')).summary).toContain(`· ${role} ·`);
    expect((await bot.user().say('whoami')).summary).toContain('· Admin ·');
  });
  it('give somebody without a role help and nothing else', async () => {
    const bot = await start({ DEFAULT_ROLE: 'none' });
    const user = bot.user(megan);
    const { card } = await user.say('help');
    const offered = executesOf(card).map(({ data }) => data['command']);
    expect(offered.filter((name) => name !== 'help' && name !== 'whoami')).toEqual([]);
    expect(wordsOf((await user.say('agents')).card)).toContain('Not allowed');
    expect(bot.simulator.requests.filter(({ path }) => path.endsWith('/session'))).toEqual([]);
  });
});

it('lets any tenant in by loopback while BOT_AUTH is disabled and nothing is listed', async () => {
  const bot = await start({
    BOT_AUTH: 'disabled',
    MicrosoftAppType: '',
    MicrosoftAppId: '',
    MicrosoftAppTenantId: '',
    ALLOWED_SERVICE_HOSTS: '',
  });
  const { summary } = await bot.user({ ...fabrikam, authorization: 'nonsense' }).say('whoami');
  expect(summary).toContain('· Viewer ·');
});

it('holds roles, tenants and hosts while BOT_AUTH is disabled', async () => {
  const bot = await start({
    BOT_AUTH: 'disabled',
    MicrosoftAppType: '',
    MicrosoftAppId: '',
    ALLOWED_TENANTS: 'tenant-1',
    ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net',
  });
  const user = bot.user(megan);
  expect(wordsOf((await user.say('pause lax')).card)).toContain('needs the role operator');
  const other = bot.user(fabrikam);
  expect((await other.post(other.activity({ type: 'message', text: 'hi' }))).status).toBe(403);
  const astray = user.activity({
    type: 'message',
    text: 'hi',
    serviceUrl: 'https://evil.example/',
  });
  expect((await user.post(astray)).status).toBe(403);
  expect(bot.connector.activities).toHaveLength(1);
  expect(bot.changes()).toEqual([]);
});
