import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startManagedIdentity } from '../fakes/managed-identity.ts';
import { startOpenId } from '../fakes/open-id.ts';
import { tenantIds } from './load.ts';
import { type Peer, programs, startPeer } from './peer.ts';
import { type ConnectorOptions, type StubConnector, startStubConnector } from './stub-connector.ts';
import {
  type PingPlotterOptions,
  type StubPingPlotter,
  startStubPingPlotter,
} from './stub-pingplotter.ts';

type Environment = Readonly<Record<string, string>>;

/** What stands around the measured programs, in the process that makes the load. */
export interface Scene {
  readonly connector: StubConnector;
  readonly pingPlotter: StubPingPlotter;
  /** What a message carries for programs that check tokens. */
  readonly authorization: string;
  bot(checks?: Checks, more?: Environment): Promise<Peer>;
  echo(checks?: Checks): Promise<Peer>;
  floor(): Promise<Peer>;
  /** Ends the programs too. */
  close(): Promise<void>;
}

type Checks = 'open' | 'checks tokens';

const appId = 'app-id-of-the-bot';

export const startScene = async (
  agents: number,
  options: ConnectorOptions & PingPlotterOptions = {},
): Promise<Scene> => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
  const [connector, pingPlotter, openId, identity] = await Promise.all([
    startStubConnector(options),
    startStubPingPlotter(agents, options),
    startOpenId(),
    startManagedIdentity(),
  ]);
  const peers: Peer[] = [];

  // All the parameters of a cloud: botbuilder takes none of its own once one is given.
  const checksTokens: Environment = {
    ...identity.environment,
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: 'tenant-0',
    ToBotFromChannelTokenIssuer: openId.issuer,
    ToBotFromChannelOpenIdMetadataUrl: openId.metadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openId.metadataUrl,
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    OAuthUrl: 'https://token.botframework.com/',
    ALLOWED_TENANTS: tenantIds.join(','),
    ALLOWED_SERVICE_HOSTS: '127.0.0.1',
  };
  const environmentOf = (checks: Checks): Environment =>
    checks === 'open' ? { BOT_AUTH: 'disabled' } : checksTokens;

  const start = async (...args: Parameters<typeof startPeer>): Promise<Peer> => {
    const peer = await startPeer(...args);
    peers.push(peer);
    return peer;
  };

  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: openId.issuer,
    aud: appId,
    serviceurl: connector.url,
    nbf: seconds - 60,
    exp: seconds + 3600,
  };
  return {
    connector,
    pingPlotter,
    authorization: `Bearer ${openId.sign(claims)}`,
    bot: (checks = 'open', more = {}) =>
      start(programs.bot, {
        HOST: '127.0.0.1',
        PINGPLOTTER_BASE_URL: pingPlotter.url,
        PINGPLOTTER_API_KEY: 'key',
        DATABASE_URL: `file:${join(folder, `${peers.length}.db`)}`,
        // One sweep at the start: what PingPlotter is asked later, a turn asks.
        POLL_SECONDS: '3600',
        ...environmentOf(checks),
        ...more,
      }),
    echo: (checks = 'open') => start(programs.echo, environmentOf(checks)),
    floor: () => start(programs.floor, {}),
    close: async () => {
      await Promise.all(peers.map(({ end }) => end()));
      for (const { close } of [connector, pingPlotter, openId, identity]) await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
