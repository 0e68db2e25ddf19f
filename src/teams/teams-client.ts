import type { BotFrameworkAuthentication } from 'botframework-connector';
import type { Roster } from '../chat/person.ts';
import type { BotIdentity } from '../config/identity.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Messenger, RateLimiter } from '../platform/messenger.ts';
import type { OutboundProxy } from '../platform/proxy.ts';
import { createAuthentication } from './authentication.ts';
import { outgoingToken, SharedConnectorAuthentication } from './botbuilder.ts';
import { createConnector } from './connector.ts';
import { createMessenger } from './messenger.ts';
import { createRoster } from './roster.ts';

interface Ports {
  readonly bot: BotIdentity;
  readonly rateLimiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Logger;
  readonly proxy?: OutboundProxy | undefined;
  readonly metrics: { sent(operation: string, outcome: string, seconds: number): void };
}

/** The way out to Teams. It needs no turn, so it works before the first and after the last. */
export interface TeamsClient {
  readonly authentication: BotFrameworkAuthentication;
  /** One attempt each, in the slot that whoever sends has for it. */
  readonly messenger: Messenger;
  readonly roster: Roster;
}

export const createTeamsClient = ({
  bot,
  rateLimiter,
  clock,
  log,
  metrics,
  proxy,
}: Ports): TeamsClient => {
  const authentication = createAuthentication(bot);
  const connector = createConnector(outgoingToken(bot, authentication, clock), proxy);
  return {
    authentication: new SharedConnectorAuthentication(authentication),
    messenger: createMessenger({ connector, clock, log, metrics }),
    roster: createRoster({ connector, rateLimiter, clock }),
  };
};
