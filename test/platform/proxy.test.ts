import { createPrivateKey } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPingPlotter } from '../../src/pingplotter/client.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { asAppError } from '../../src/platform/errors.ts';
import { keepAliveAgents, proxyLibraries } from '../../src/platform/http-agent.ts';
import { isExcepted } from '../../src/platform/proxy.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { aCertificate, itsKey } from '../fakes/certificate.ts';
import { startProxy } from '../fakes/proxy.ts';
import { closedAddress } from '../pingplotter/raw-server.ts';

/** Something that answers by TLS as bot.example, and how it is reached and trusted. */
const startSecure = async (body = '[]') => {
  const key = createPrivateKey({ key: { ...itsKey }, format: 'jwk' });
  const server = https.createServer(
    { cert: aCertificate, key: key.export({ type: 'pkcs8', format: 'pem' }) },
    (_, response) => response.end(body),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const get = (url: string, agent?: https.RequestOptions['agent']): Promise<string> =>
  new Promise((resolve, reject) => {
    // The certificate names no host on loopback, and nobody vouches for it.
    const options = { rejectUnauthorized: false, ...(agent === undefined ? {} : { agent }) };
    https
      .get(url, options, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(`${response.statusCode} ${text}`));
      })
      .on('error', reject);
  });

describe('hosts of NO_PROXY', () => {
  it.each<[string, string, number, boolean]>([
    ['api.example', 'api.example', 443, true],
    ['API.example', 'api.EXAMPLE', 443, true],
    ['api.example', 'www.api.example', 443, false],
    ['api.example', 'myapi.example', 443, false],
    ['.example', 'api.example', 443, true],
    ['.example', 'example', 443, true],
    ['.example', 'apiexample', 443, false],
    ['*.example', 'a.b.example', 443, true],
    ['*', 'anything', 443, true],
    ['api.example:8443', 'api.example', 8443, true],
    ['api.example:8443', 'api.example', 443, false],
    ['.example:8443', 'api.example', 8443, true],
    ['10.0.0.7', '10.0.0.7', 443, true],
    ['10.0.0.7', '10.0.0.70', 443, false],
    ['[::1]:8443', '::1', 8443, true],
    ['::1', '[::1]', 443, true],
    ['', 'api.example', 443, false],
  ])('%s: %s, port %d: %s', (entry, host, port, excepted) => {
    expect(isExcepted([entry], host, port)).toBe(excepted);
  });
});

describe('an outbound proxy', () => {
  it('is asked to connect, with its own credentials, and kept from what it carries', async () => {
    const proxy = await startProxy({ to: await startSecure('hello') });
    const url = proxy.url.replace('http://', 'http://bob:s3cret%40@');
    const agents = keepAliveAgents({ idleMs: 1000, proxy: { url, except: [] } });
    onTestFinished(() => agents.close());
    expect(await get('https://bot.example/a', agents.https)).toBe('200 hello');
    expect(await get('https://bot.example/b', agents.https)).toBe('200 hello');
    // One connection carried both.
    expect(proxy.asked).toEqual(['bot.example:443']);
    const basic = Buffer.from('bob:s3cret@').toString('base64');
    expect(proxy.authorizations).toEqual([`Basic ${basic}`]);
  });

  it('is left out for the hosts of NO_PROXY', async () => {
    const port = await startSecure('direct');
    const proxy = await startProxy({ to: port });
    const agents = keepAliveAgents({
      idleMs: 1000,
      proxy: { url: proxy.url, except: [`127.0.0.1:${port}`] },
    });
    onTestFinished(() => agents.close());
    expect(await get(`https://127.0.0.1:${port}/`, agents.https)).toBe('200 direct');
    expect(proxy.asked).toEqual([]);
  });

  it('serves libraries that take no agent, until it is taken away', async () => {
    const port = await startSecure('keys');
    const proxy = await startProxy({ to: port });
    const before = https.globalAgent;
    const takeAway = proxyLibraries({ url: proxy.url, except: [] });
    onTestFinished(takeAway);
    expect(await get('https://login.example/keys')).toBe('200 keys');
    expect(proxy.asked).toEqual(['login.example:443']);
    takeAway();
    expect(https.globalAgent).toBe(before);
  });

  const broken = [
    ['answers 407', { status: 407 }, 'EPROXY_407'],
    ['answers 403', { status: 403 }, 'EPROXY_403'],
    ['is down', undefined, 'EPROXY_ECONNREFUSED'],
  ] as const;
  const urlOf = async (options: { readonly status: number } | undefined): Promise<string> => {
    const url = options === undefined ? await closedAddress() : (await startProxy(options)).url;
    return url.replace('http://', 'http://bob:hunter2@');
  };

  it.each(broken)(
    'that %s is named as the fault of a call of PingPlotter',
    async (_, how, code) => {
      const pingPlotter = createPingPlotter({
        baseUrl: 'https://acme.api.example',
        apiKey: 'key',
        timeoutMs: 5000,
        clock: { ...systemClock, sleep: async () => {} },
        random: () => 0,
        proxy: { url: await urlOf(how), except: [] },
      });
      onTestFinished(() => pingPlotter.close());
      const error = asAppError(await pingPlotter.agents().catch((thrown: unknown) => thrown));
      expect(error).toMatchObject({ code: 'unreachable', detail: { proxy: true } });
      expect(error.message).toContain(code);
      expect(JSON.stringify([error.message, error.detail, error.stack])).not.toContain('hunter2');
      const change = await pingPlotter.rename('a', 'b').catch((thrown: unknown) => thrown);
      expect(asAppError(change).detail.ambiguous).toBeUndefined();
    },
  );

  it.each(broken)('that %s is no word of a conversation', async (_, how, code) => {
    const connector = createConnector(async () => 'token', { url: await urlOf(how), except: [] });
    const call = connector({
      method: 'POST',
      serviceUrl: 'https://smba.example/',
      path: ['c', 'activities'],
      timeoutMs: 5000,
    });
    await expect(call).rejects.toMatchObject({ code, unsent: true });
  });
});
