import { randomUUID } from 'node:crypto';
import type { Config } from '../../config/environment.ts';
import { pemFiles, textFiles } from '../../config/files.ts';
import type { BotIdentity } from '../../config/identity.ts';
import { createPingPlotter } from '../../pingplotter/client.ts';
import { systemClock, within } from '../../platform/clock.ts';
import { proxyLibraries } from '../../platform/http-agent.ts';
import { createLogger } from '../../platform/log.ts';
import { openStore } from '../../store/open.ts';
import { signIn } from '../../teams/authentication.ts';
import {
  accountSettings,
  databaseSettings,
  type Environ,
  identitySettings,
  ifRight,
  proxySettings,
} from '../part-settings.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { forgetterOf } from './store.ts';

/** The library that signs in has no deadline of its own, and tries several ways. */
const signInWithinMs = 20_000;

const signInBefore = async (
  bot: Extract<BotIdentity, { auth: 'required' }>,
): Promise<string | undefined> => {
  const tried = await within(systemClock, signInWithinMs, signIn(bot));
  return tried === undefined ? `no answer within ${signInWithinMs / 1000} s` : tried.value;
};

const openAccounts = (
  settings: ReturnType<typeof accountSettings> | undefined,
  proxy: Config['proxy'],
) => {
  let ahead: number | undefined;
  const accounts = settings?.accounts.map(({ name, baseUrl, apiKey }) => ({
    name,
    pingPlotter: createPingPlotter({
      baseUrl,
      apiKey,
      timeoutMs: settings.pingPlotterTimeoutMs,
      proxy,
      clock: systemClock,
      random: Math.random,
      onCall: ({ serverAt }) => {
        if (serverAt !== undefined) ahead = serverAt - systemClock.now();
      },
    }),
  }));
  return { accounts, ahead: () => ahead };
};

const openDatabase = (database: Pick<Config, 'databaseUrl' | 'auditDays'> | undefined) => {
  if (database === undefined) return { open: undefined, forget: () => {} };
  const log = createLogger('error', () => {});
  return {
    open: () =>
      openStore({
        url: database.databaseUrl,
        auditDays: database.auditDays,
        clock: systemClock,
        log,
      }),
    forget: forgetterOf(database.databaseUrl),
  };
};

export interface LookPorts {
  readonly environ: Environ;
  readonly environmentFile: 'read' | 'absent' | 'unreadable';
  /** A file of the project; undefined where there is none. */
  readonly read: (path: string) => Buffer | undefined;
  /** Whether the chain of the audit log is verified too. */
  readonly audit: boolean;
}

/** Examines what the settings lead to: the database, the key and the credentials themselves. */
export const look = ({ environ, ...ports }: LookPorts): Promise<readonly Finding[]> => {
  const proxy = ifRight(() => proxySettings(environ));
  proxyLibraries(proxy);
  return examine({
    ...ports,
    nodeVersion: process.versions.node,
    environ,
    pemFiles,
    textFiles,
    ...openDatabase(ifRight(() => databaseSettings(environ))),
    ...openAccounts(
      ifRight(() => accountSettings(environ, textFiles)),
      proxy,
    ),
    bot: ifRight(() => identitySettings(environ, pemFiles)),
    signIn: signInBefore,
    clock: systemClock,
    newId: randomUUID,
  });
};
