import { onTestFinished } from 'vitest';
import type { Handler } from '../../src/chat/turn.ts';
import type { BotIdentity } from '../../src/config/identity.ts';
import { answerRule } from '../../src/delivery/outcome.ts';
import { createRateLimiter } from '../../src/delivery/rate-limiter.ts';
import { replyMessenger } from '../../src/delivery/reply-messenger.ts';
import { createHttpServer } from '../../src/http/server.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/log.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { createTeams } from '../../src/teams/teams.ts';
import { createTeamsClient } from '../../src/teams/teams-client.ts';
import { type FakeConnector, startConnector } from '../fakes/connector.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly headers: Headers;
}

export const aCard = (summary: string): Card => ({
  content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: summary }] },
  summary,
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The bot's edge to Teams over real HTTP, with a handler of the test's own and a fake connector. */
export const startBot = async ({
  handler,
  clock = systemClock,
  identity = { auth: 'disabled' },
  allowedTenants = ['tenant-1'],
  serviceHosts = ['smba.trafficmanager.net', '127.0.0.1'],
}: {
  readonly handler: Handler;
  readonly clock?: Clock;
  readonly identity?: BotIdentity;
  readonly allowedTenants?: readonly string[] | 'any';
  readonly serviceHosts?: readonly string[];
}) => {
  const connector: FakeConnector = await startConnector({ now: () => clock.now() });
  const lines: string[] = [];
  const log = createLogger('debug', (line) => lines.push(line));
  const refused: string[] = [];
  const sent: string[] = [];
  const metrics = {
    refused: (reason: string) => void refused.push(reason),
    sent: (operation: string, outcome: string) => void sent.push(`${operation} ${outcome}`),
  };
  const rateLimiter = createRateLimiter({ clock });
  const client = createTeamsClient({ bot: identity, rateLimiter, clock, log, metrics });
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `correlation-${ids}`;
  };
  const teams = createTeams({
    bot: identity,
    allowedTenants: () => allowedTenants,
    serviceHosts,
    authentication: client.authentication,
    handler,
    interim: () => aCard('still working'),
    answered: () => aCard('answered'),
    privateAnswers: true,
    messenger: replyMessenger(
      { messenger: client.messenger, rateLimiter, clock, random: () => 0.5 },
      answerRule,
    ),
    clock,
    log,
    metrics,
    newId,
  });
  const http = createHttpServer({
    refusal: teams.refusal,
    receive: teams.receive,
    ready: async () => ({
      ready: true,
      checks: { store: true, pingplotter: true, monitor: true, delivery: true },
    }),
    metricsText: async () => ({ contentType: 'text/plain', body: '' }),
    onHint: async () => true,
    log,
  });
  const port = await http.listen(0, '127.0.0.1');
  onTestFinished(async () => {
    await http.close();
    await connector.close();
  });

  const send = async (
    activity: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text), text, headers: response.headers };
  };
  return { ...client, connector, send, teams, lines, refused, sent, port };
};
