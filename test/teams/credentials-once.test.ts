import { MicrosoftAppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import { expect, it } from 'vitest';
import { CredentialsOnce } from '../../src/teams/credentials-once.ts';

/** Makes credentials, or fails as often as it should. */
class Counting extends ServiceClientCredentialsFactory {
  readonly asked: string[] = [];
  failures = 0;

  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(appId === 'bot');
  }

  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }

  override createCredentials(appId: string, audience: string) {
    this.asked.push(audience);
    if (this.asked.length <= this.failures) return Promise.reject(new Error('no identity'));
    return Promise.resolve(new MicrosoftAppCredentials(appId, 'secret'));
  }
}

const make = () => {
  const inner = new Counting();
  const once = new CredentialsOnce(inner);
  return {
    inner,
    once,
    of: (audience: string) => once.createCredentials('bot', audience, '', true),
  };
};

it('makes the credentials of a scope once, and those of another scope apart', async () => {
  const { inner, of } = make();
  const first = await of('api://teams');
  expect(await of('api://teams')).toBe(first);
  expect(await of('api://other')).not.toBe(first);
  expect(inner.asked).toEqual(['api://teams', 'api://other']);
});

it('makes again what failed', async () => {
  const { inner, of } = make();
  inner.failures = 1;
  await expect(of('api://teams')).rejects.toThrow('no identity');
  await expect(of('api://teams')).resolves.toBeInstanceOf(MicrosoftAppCredentials);
});

it('answers for the factory within', async () => {
  const { once } = make();
  expect(await once.isValidAppId('bot')).toBe(true);
  expect(await once.isValidAppId('other')).toBe(false);
  expect(await once.isAuthenticationDisabled()).toBe(false);
});
