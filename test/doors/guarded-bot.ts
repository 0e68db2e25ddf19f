import { onTestFinished } from 'vitest';
import type { SimulatedAgent } from '../../src/simulator/agent.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type FakeConnector, startConnector } from '../fakes/connector.ts';
import { type FakeManagedIdentity, startManagedIdentity } from '../fakes/managed-identity.ts';
import { type FakeOpenId, startOpenId } from '../fakes/open-id.ts';
import { createTeamsUser, type TeamsUser, type TeamsUserOptions } from '../fakes/teams-user.ts';
import type { BotProcess, BuiltBot } from '../processes/bot-environment.ts';
import { smallFleet } from '../simulator/started.ts';
import { aDatabase } from '../store/a-database.ts';
import type { WhenDone } from '../store/a-folder.ts';

export const appId = 'app-id-of-the-bot';
export const webhookSecret = 'hook-secret-never-to-be-seen';

export interface GuardedOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly agents?: readonly SimulatedAgent[];
  /** A file of its own if left out. */
  readonly databaseUrl?: string;
  readonly whenDone?: WhenDone;
}

/** What a token of the Bot Framework for this bot says, as it is now. */
export type Claims = Readonly<Record<string, unknown>>;

export interface GuardedBot extends BotProcess {
  readonly connector: FakeConnector;
  readonly simulator: Simulator;
  readonly openId: FakeOpenId;
  readonly identity: FakeManagedIdentity;
  claims(changes?: Claims): Claims;
  /** The header that a genuine message carries. */
  readonly authorization: string;
  /** Alex in a 1:1 chat, with a genuine token, unless told otherwise. */
  user(options?: Partial<TeamsUserOptions>): TeamsUser;
  /** The calls to PingPlotter that change something, as `PUT /agents/x {"Name":"y"}`. */
  changes(): readonly string[];
}

const readingPosts = /\/status$/u;

/**
 * The built bot as a process that checks tokens, between an issuer of tokens, Teams' connector and a
 * simulated PingPlotter. It is started already.
 */
export const startGuarded = async (
  built: BuiltBot,
  { environment = {}, agents = smallFleet, databaseUrl, whenDone = onTestFinished }: GuardedOptions,
): Promise<GuardedBot> => {
  const [simulator, connector, openId, identity] = await Promise.all([
    startSimulator({
      now: Date.now,
      agents,
      collapseEveryMinutes: 0,
      key: 'api-key-never-to-be-seen',
    }),
    startConnector(),
    startOpenId(),
    startManagedIdentity(),
  ]);
  for (const { close } of [simulator, connector, openId, identity]) whenDone(close);
  const bot = await built.instance({
    simulator,
    databaseUrl: databaseUrl ?? (await aDatabase(whenDone)),
    whenDone,
    environment: {
      ...identity.environment,
      BOT_AUTH: 'required',
      BOT_ADMINS: '',
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppId: appId,
      MicrosoftAppTenantId: 'tenant-1',
      ToBotFromChannelOpenIdMetadataUrl: openId.metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openId.metadataUrl,
      ALLOWED_SERVICE_HOSTS: '127.0.0.1',
      WEBHOOK_SECRET: webhookSecret,
      POLL_SECONDS: '3600',
      LOG_LEVEL: 'debug',
      ...environment,
    },
  });
  await bot.start();
  const seconds = Math.floor(Date.now() / 1000);
  const claims = (changes: Claims = {}): Claims => ({
    iss: openId.issuer,
    aud: appId,
    serviceurl: connector.url,
    nbf: seconds - 60,
    exp: seconds + 3600,
    ...changes,
  });
  const authorization = `Bearer ${openId.sign(claims())}`;
  return {
    ...bot,
    connector,
    simulator,
    openId,
    identity,
    claims,
    authorization,
    user: (options = {}) =>
      createTeamsUser({ botUrl: bot.url, connector, authorization, ...options }),
    changes: () =>
      simulator.requests
        .filter(({ method, path }) => method !== 'GET' && !readingPosts.test(path))
        .map(({ method, path, body }) => `${method} ${path}${body === '' ? '' : ` ${body}`}`),
  };
};
