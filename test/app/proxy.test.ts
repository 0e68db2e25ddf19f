import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/environment.ts';
import { proxyLibraries } from '../../src/platform/http-agent.ts';
import { signIn } from '../../src/teams/authentication.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { startProxy } from '../fakes/proxy.ts';

const account = { PINGPLOTTER_SUBDOMAIN: 'acme', PINGPLOTTER_API_KEY: 'key' };
const bot = {
  MicrosoftAppId: 'app',
  MicrosoftAppPassword: 'pass',
  MicrosoftAppTenantId: '11111111-2222-3333-4444-555555555555',
};

describe('HTTPS_PROXY and NO_PROXY', () => {
  it.each([
    ['HTTPS_PROXY', 'NO_PROXY'],
    ['https_proxy', 'no_proxy'],
  ])('are read as %s and %s', (proxy, except) => {
    const config = loadConfig({
      ...account,
      ...bot,
      [proxy]: 'proxy.example:3128',
      [except]: 'a.example, .b.example',
    });
    expect(config.proxy).toEqual({
      url: 'http://proxy.example:3128',
      except: ['a.example', '.b.example'],
    });
  });

  it.each([
    'ftp://proxy.example',
    'http://',
    'http://p.example/path',
    'http://u:hunter2%zz@p.example',
  ])('are refused without being shown: %s', (url) => {
    const load = () => loadConfig({ ...account, ...bot, HTTPS_PROXY: url });
    expect(load).toThrow('HTTPS_PROXY: should be the address of a proxy');
    expect(load).not.toThrow('hunter2');
  });
});

it('a proxy that refuses is named in the chat and in health, its password nowhere', async () => {
  const proxy = await startProxy({ status: 407 });
  const running = await startBot({
    environment: {
      PINGPLOTTER_BASE_URL: 'https://acme.api.example',
      HTTPS_PROXY: proxy.url.replace('http://', 'http://bob:hunter2@'),
    },
  });
  const said = wordsOf((await running.alex.say('agents'))?.card ?? {});
  expect(said).toContain('The proxy on the way to PingPlotter Cloud refuses the connection');
  const health = wordsOf((await running.alex.say('health'))?.card ?? {});
  expect(health).toContain('the proxy on the way refuses the connection or does not answer');
  expect([said, health, ...running.logged].join()).not.toContain('hunter2');
  expect(proxy.asked[0]).toBe('acme.api.example:443');
});

it('sign-in goes through the proxy, and its refusal is named as such', async () => {
  const proxy = await startProxy({ status: 407 });
  const takeAway = proxyLibraries({ url: proxy.url, except: [] });
  try {
    const { bot: identity } = loadConfig({ ...account, ...bot });
    if (identity.auth !== 'required') throw new Error('no identity');
    expect(await signIn(identity)).toBe('EPROXY_407');
    expect(proxy.asked).toContain('login.microsoftonline.com:443');
  } finally {
    takeAway();
  }
});
