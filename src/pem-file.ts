import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PemFiles, PemKind } from './config-identity.ts';

const check: Readonly<Record<PemKind, (pem: string) => unknown>> = {
  certificate: (pem) => new X509Certificate(pem),
  'private key': (pem) => createPrivateKey(pem),
};

export const pemFiles: PemFiles = {
  read: (path, kind) => {
    try {
      const pem = readFileSync(path, 'utf8');
      check[kind](pem);
      return pem;
    } catch {
      return undefined;
    }
  },
  belong: (certificate, privateKey) =>
    new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey)),
};
