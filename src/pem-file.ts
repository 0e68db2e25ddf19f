import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PemKind } from './config-identity.ts';

const check: Readonly<Record<PemKind, (pem: string) => unknown>> = {
  certificate: (pem) => new X509Certificate(pem),
  'private key': (pem) => createPrivateKey(pem),
};

/** The file's text; nothing when it cannot be read or is not what it should be. */
export const readPemFile = (path: string, kind: PemKind): string | undefined => {
  try {
    const pem = readFileSync(path, 'utf8');
    check[kind](pem);
    return pem;
  } catch {
    return undefined;
  }
};
