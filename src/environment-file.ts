import { fileURLToPath } from 'node:url';

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
