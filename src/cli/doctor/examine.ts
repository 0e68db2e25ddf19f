import type { TextFiles } from '../../config/accounts-file.ts';
import type { PemFiles } from '../../config/identity.ts';
import type { Environ } from '../part-settings.ts';
import { type CredentialPorts, checkCredentials } from './credentials.ts';
import type { Finding } from './finding.ts';
import { checkKeys, type KeyPorts } from './key.ts';
import { checkClock, checkNode } from './machine.ts';
import { checkManifests, type ManifestPorts } from './manifest.ts';
import { checkSettings } from './settings.ts';
import { checkStore, type StorePorts } from './store.ts';

export interface ExaminePorts extends StorePorts, CredentialPorts, ManifestPorts, KeyPorts {
  readonly nodeVersion: string;
  readonly environ: Environ;
  readonly environmentFile: 'read' | 'absent' | 'unreadable';
  readonly pemFiles: PemFiles;
  readonly textFiles: TextFiles;
  /** How far PingPlotter's clock is ahead, in ms, once it has answered. */
  readonly ahead: () => number | undefined;
}

/** Each check runs, whatever the others find; those that wait for somebody else run side by side. */
export const examine = async (ports: ExaminePorts): Promise<readonly Finding[]> => {
  const [store, key, credentials] = await Promise.all([
    checkStore(ports),
    checkKeys(ports),
    checkCredentials(ports),
  ]);
  const isDatabase = ({ check }: Finding): boolean => check === 'database';
  return [
    ...checkNode(ports.nodeVersion),
    ...checkSettings(ports, ports.environmentFile),
    ...store.filter(isDatabase),
    ...key,
    ...credentials,
    ...checkManifests(ports),
    ...checkClock(ports.ahead()),
    ...store.filter((finding) => !isDatabase(finding)),
  ];
};
