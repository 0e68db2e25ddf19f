import {
  createHmac,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { createServer } from 'node:http';

type Claims = Readonly<Record<string, unknown>>;

export interface FakeOpenId {
  /** The address of its metadata document. */
  readonly metadataUrl: string;
  readonly issuer: string;
  /** A token that the Bot Framework could have signed; claims and header can be replaced. */
  sign(claims: Claims, header?: Claims): string;
  /** The same, by a key that nobody published, under the published key's name. */
  forge(claims: Claims): string;
  /** Signed with nothing. */
  unsigned(claims: Claims): string;
  /** By the published public key as if it were a shared secret. */
  confuse(claims: Claims): string;
  close(): Promise<void>;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const kid = 'published-key';

/** Each is made once, when it is first used: it takes a quarter of a second. */
const madeOnce = (): (() => KeyPairKeyObjectResult) => {
  let made: KeyPairKeyObjectResult | undefined;
  return () => {
    made ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return made;
  };
};
const own = madeOnce();
const stranger = madeOnce();

const signed = (header: Claims, claims: Claims, key: KeyObject): string => {
  const content = `${part(header)}.${part(claims)}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
};

/** The Bot Framework's issuer of tokens, on loopback, with keys of its own. */
export const startOpenId = async (): Promise<FakeOpenId> => {
  const { privateKey, publicKey } = own();
  const jwk = {
    ...publicKey.export({ format: 'jwk' }),
    kid,
    use: 'sig',
    endorsements: ['msteams'],
  };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const here = `http://${request.headers.host}`;
    response.end(
      JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : { jwks_uri: `${here}/keys` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the issuer has no port');
  const header = { alg: 'RS256', typ: 'JWT', kid };
  return {
    metadataUrl: `http://127.0.0.1:${bound.port}/openid`,
    issuer: 'https://api.botframework.com',
    sign: (claims, changes = {}) => signed({ ...header, ...changes }, claims, privateKey),
    forge: (claims) => signed(header, claims, stranger().privateKey),
    unsigned: (claims) => `${part({ ...header, alg: 'none' })}.${part(claims)}.`,
    confuse: (claims) => {
      const content = `${part({ ...header, alg: 'HS256' })}.${part(claims)}`;
      const secret = publicKey.export({ format: 'pem', type: 'spki' });
      return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
