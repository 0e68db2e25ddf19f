import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PemFiles, PemKind } from './identity.ts';

/** Takes over what the file says; a variable that is set already wins. */
export const readEnvironmentFile = (file: URL): 'read' | 'absent' | 'unreadable' => {
  try {
    process.loadEnvFile(fileURLToPath(file));
    return 'read';
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return absent ? 'absent' : 'unreadable';
  }
};

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
