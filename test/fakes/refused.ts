import type { FakeOpenId } from './open-id.ts';

/** What a token that is not good is made from. */
export interface TokenMaker {
  readonly openId: FakeOpenId;
  /** Those of a good one. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Now, since 1970. */
  readonly seconds: number;
}

/** Headers that must not come in, each with the reason that the log gives. */
export const refusedTokens: readonly (readonly [
  name: string,
  reason: string,
  authorization: (maker: TokenMaker) => string,
])[] = [
  ['no token', 'no bearer token', () => ''],
  ['an empty bearer', 'no bearer token', () => 'Bearer '],
  ['another scheme', 'no bearer token', ({ openId, claims }) => `Basic ${openId.sign(claims)}`],
  ['two tokens', 'no bearer token', ({ openId, claims }) => `Bearer ${openId.sign(claims)} x`],
  ['no JWT', 'token is no JWT', () => 'Bearer abc'],
  ['JWT-like noise', 'token is no JWT', () => 'Bearer a.b.c'],
  ['JSON that is no object', 'token is no JWT', () => 'Bearer MQ.MQ.MQ'],
  [
    'expired',
    'token expired',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, exp: b.seconds - 301 })}`,
  ],
  [
    'not yet valid',
    'token not yet valid',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, nbf: b.seconds + 3000 })}`,
  ],
  [
    'never expiring',
    'token is no JWT',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, exp: undefined })}`,
  ],
  [
    'for another app',
    'token audience',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, aud: 'other' })}`,
  ],
  [
    'for nobody',
    'token is no JWT',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, aud: undefined })}`,
  ],
  [
    'of another issuer',
    'token issuer',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, iss: 'https://evil' })}`,
  ],
  [
    'of several issuers',
    'token is no JWT',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, iss: [b.claims['iss']] })}`,
  ],
  [
    'of a foreign tenant',
    'token tenant',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, tid: 'tenant-2' })}`,
  ],
  [
    'of a tenant that is no text',
    'token tenant',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, tid: ['tenant-1'] })}`,
  ],
  ['of another key', 'token not verified', (b) => `Bearer ${b.openId.forge(b.claims)}`],
  [
    'of an unknown key',
    'token not verified',
    (b) => `Bearer ${b.openId.sign(b.claims, { kid: 'unknown' })}`,
  ],
  ['of no key', 'token is no JWT', (b) => `Bearer ${b.openId.sign(b.claims, { kid: undefined })}`],
  ['signed with nothing', 'token algorithm', (b) => `Bearer ${b.openId.unsigned(b.claims)}`],
  [
    'signed with the public key as secret',
    'token algorithm',
    (b) => `Bearer ${b.openId.confuse(b.claims)}`,
  ],
  [
    'for another service address',
    'token not verified',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, serviceurl: 'https://smba.evil.net/' })}`,
  ],
  [
    'for no service address',
    'token not verified',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, serviceurl: undefined })}`,
  ],
  [
    'of the emulator',
    'token issuer',
    (b) =>
      `Bearer ${b.openId.sign({
        ...b.claims,
        iss: 'https://sts.windows.net/tenant-1/',
        tid: 'tenant-1',
        ver: '1.0',
        appid: b.claims['aud'],
      })}`,
  ],
  [
    'of a skill',
    'token not verified',
    (b) => `Bearer ${b.openId.sign({ ...b.claims, ver: '1.0', appid: 'another-bot' })}`,
  ],
];

/** The fields of an activity that say which tenant it is of. */
export const tenants = (conversation: unknown, channelData: unknown) => ({
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: conversation },
  channelData: { tenant: { id: channelData } },
});

/** Changes that make a good activity one to be dropped, each with the reason that the log gives. */
export const droppedActivities: readonly (readonly [
  name: string,
  changes: Readonly<Record<string, unknown>>,
  reason: string,
])[] = [
  ['another channel', { channelId: 'webchat' }, 'channel'],
  ['no channel', { channelId: undefined }, 'channel'],
  ['the on-premises channel', { channelId: 'AseChannel' }, 'channel'],
  ['no tenant', tenants(undefined, undefined), 'no tenant, or two'],
  ['empty tenants', tenants('', ''), 'no tenant, or two'],
  ['two tenants', tenants('tenant-1', 'tenant-2'), 'no tenant, or two'],
  ['a tenant that is no text', tenants(1, { id: 1 }), 'no tenant, or two'],
  ['a stranger tenant', tenants('tenant-2', 'tenant-2'), 'tenant'],
  ['no service address', { serviceUrl: undefined }, 'no service url'],
  ['no address at all', { serviceUrl: 'teams' }, 'no service url'],
  ['another host', { serviceUrl: 'https://evil.example/' }, 'service host'],
  ['a lookalike', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }, 'service host'],
  ['a host in front', { serviceUrl: 'https://evilsmba.trafficmanager.net/' }, 'service host'],
  [
    'a user in front',
    { serviceUrl: 'https://smba.trafficmanager.net@evil.example/' },
    'service url',
  ],
  ['plain http outside', { serviceUrl: 'http://smba.trafficmanager.net/' }, 'service url'],
  ['a file', { serviceUrl: 'file:///etc/passwd' }, 'service url'],
];
