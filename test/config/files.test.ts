import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pemFiles } from '../../src/config/files.ts';
import { createAuthentication } from '../../src/teams/authentication.ts';
import { aCertificate, itsKey } from '../fakes/certificate.ts';
import { aFolder } from '../store/a-folder.ts';

const aKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();

const file = (content: string): string => {
  const path = join(aFolder(), 'file.pem');
  writeFileSync(path, content);
  return path;
};

it('reads a certificate and a private key', () => {
  const key = aKey();
  expect(pemFiles.read(file(aCertificate), 'certificate')).toBe(aCertificate);
  expect(pemFiles.read(file(key), 'private key')).toBe(key);
});

it.each<readonly [string, () => string]>([
  ['no path', () => ''],
  ['a file that is not there', () => join(aFolder(), 'none.pem')],
  ['an empty file', () => file('')],
  ['a broken one', () => file(aCertificate.replace(/.{20}\n/u, '\n'))],
  ['a folder', aFolder],
])('makes nothing of %s', (_name, path) => {
  expect(pemFiles.read(path(), 'certificate')).toBeUndefined();
  expect(pemFiles.read(path(), 'private key')).toBeUndefined();
});

it('takes no key for a certificate, nor the other way round', () => {
  expect(pemFiles.read(file(aKey()), 'certificate')).toBeUndefined();
  expect(pemFiles.read(file(aCertificate), 'private key')).toBeUndefined();
});

it('tells a certificate’s own key from another', () => {
  const own = createPrivateKey({ key: itsKey, format: 'jwk' });
  expect(
    pemFiles.belong(aCertificate, own.export({ format: 'pem', type: 'pkcs8' }).toString()),
  ).toBe(true);
  expect(pemFiles.belong(aCertificate, aKey())).toBe(false);
});

it('is an identity that botbuilder takes, without a password', () => {
  const bot = {
    auth: 'required',
    appId: 'app-id',
    tenantId: 'tenant-1',
    certificate: { certificate: aCertificate, privateKey: aKey() },
    settings: { MicrosoftAppId: 'app-id', MicrosoftAppTenantId: 'tenant-1' },
  } as const;
  expect(() => createAuthentication(bot)).not.toThrow();
});
