import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPemFile } from '../src/pem-file.ts';
import { createAuthentication } from '../src/teams/authentication.ts';
import { aCertificate } from './fakes/certificate.ts';
import { aFolder } from './store/a-folder.ts';

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
  expect(readPemFile(file(aCertificate), 'certificate')).toBe(aCertificate);
  expect(readPemFile(file(key), 'private key')).toBe(key);
});

it.each<readonly [string, () => string]>([
  ['no path', () => ''],
  ['a file that is not there', () => join(aFolder(), 'none.pem')],
  ['an empty file', () => file('')],
  ['a broken one', () => file(aCertificate.replace(/.{20}\n/u, '\n'))],
  ['a folder', aFolder],
])('makes nothing of %s', (_name, path) => {
  expect(readPemFile(path(), 'certificate')).toBeUndefined();
  expect(readPemFile(path(), 'private key')).toBeUndefined();
});

it('takes no key for a certificate, nor the other way round', () => {
  expect(readPemFile(file(aKey()), 'certificate')).toBeUndefined();
  expect(readPemFile(file(aCertificate), 'private key')).toBeUndefined();
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
