import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TextFiles } from './accounts-file.ts';
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

const readByOthers = 0o004;

/** Where the system has no such modes, they say nothing. */
const hasModes = process.platform !== 'win32';

export const textFiles: TextFiles = {
  read: (path) => {
    try {
      const { mode } = statSync(path);
      const anybodyMayRead = hasModes && (mode & readByOthers) !== 0;
      return { text: readFileSync(path, 'utf8'), anybodyMayRead };
    } catch {
      return undefined;
    }
  },
};
