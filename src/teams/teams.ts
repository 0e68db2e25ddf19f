import type { Activity as BotbuilderActivity } from 'botbuilder';
import type { AuthenticateRequestResult, BotFrameworkAuthentication } from 'botframework-connector';
import type { Handler, Scope } from '../chat/turn.ts';
import type { BotIdentity } from '../config/identity.ts';
import { type Clock, within } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Card, Messenger } from '../platform/messenger.ts';
import { type Activity, readActivity } from './activity.ts';
import { createAnswers, createBackground } from './answer.ts';
import { tokenIssuer } from './authentication.ts';
import { bearerFault } from './bearer.ts';
import { TeamsAdapter, TeamsHandler } from './botbuilder.ts';
import { activityFault, type GateRules } from './gate.ts';
import { readIncoming } from './inbound.ts';
import { errorBody } from './invoke.ts';

interface Ports {
  readonly bot: BotIdentity;
  /** Asked each time: an account that is added while the bot runs brings its tenants. */
  readonly allowedTenants: () => readonly string[] | 'any';
  readonly serviceHosts: readonly string[];
  readonly authentication: BotFrameworkAuthentication;
  readonly handler: Handler;
  readonly interim: (scope: Scope) => Card;
  readonly answered: (scope: Scope) => Card;
  readonly privateAnswers: boolean;
  /** Keeps to Teams' limits and repeats what may be repeated. */
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: { refused(reason: string): void };
  readonly newId: () => string;
}

export interface TeamsRequest {
  readonly authorization?: string | undefined;
  /** Parsed JSON. */
  readonly body: unknown;
}

export interface TeamsResponse {
  readonly status: 200 | 400 | 401 | 403;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface Teams {
  /** The refusal of a request by its token, which is looked at before the body is read. */
  refusal(authorization: string | undefined): TeamsResponse | undefined;
  /** Never rejects. */
  receive(request: TeamsRequest): Promise<TeamsResponse>;
  /** Waits for the answers under way; after `ms` it aborts the rest. */
  drain(ms: number): Promise<void>;
}

const refusals: Readonly<Record<400 | 401 | 403, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
};

/** The way in from Teams: the checks at the door, the reading of the activity, and the answer. */
export const createTeams = (ports: Ports): Teams => {
  const { bot, serviceHosts, clock, log, metrics, newId } = ports;
  const background = createBackground(log);
  const answers = createAnswers({ ...ports, background });
  const adapter = new TeamsAdapter(ports.authentication, log);
  const stopping = new AbortController();
  const gateNow = (): GateRules => ({
    allowedTenants: ports.allowedTenants(),
    serviceHosts,
    tokenChecks: bot.auth === 'required',
  });

  const refuse = (status: 400 | 401 | 403, reason: string): TeamsResponse => {
    metrics.refused(reason);
    log.warn('activity.refused', { status, reason });
    return { status, body: { error: { code: refusals[status] } } };
  };

  const tokenFault = (authorization: string | undefined): string | undefined => {
    if (bot.auth === 'disabled') return undefined;
    const tenants = ports.allowedTenants();
    return bearerFault(authorization, {
      issuer: tokenIssuer(bot.settings),
      audience: bot.appId,
      tenants: tenants === 'any' ? [] : tenants,
      now: clock.now(),
    });
  };

  const authenticated = async (
    authorization: string,
    activity: BotbuilderActivity,
  ): Promise<AuthenticateRequestResult | undefined> => {
    try {
      return await adapter.authenticate(authorization, activity);
    } catch (error) {
      log.warn('token.rejected', { error });
      return undefined;
    }
  };

  const answer = async (
    identity: AuthenticateRequestResult,
    activity: Activity,
    raw: BotbuilderActivity,
  ): Promise<TeamsResponse> => {
    const incoming = readIncoming(activity, newId());
    const logic = new TeamsHandler({
      message: () => answers.message(incoming, stopping.signal),
      invoke: () => answers.invoke(incoming, stopping.signal),
    });
    const response = await adapter.runTurn(identity, raw, (context) => logic.run(context));
    if (activity.type !== 'invoke') return { status: 200 };
    const failed = errorBody(500, 'Failed', 'The bot could not do that.');
    return { status: 200, body: response?.body ?? failed };
  };

  const refusal = (authorization: string | undefined): TeamsResponse | undefined => {
    const badToken = tokenFault(authorization);
    return badToken === undefined ? undefined : refuse(401, badToken);
  };

  return {
    refusal,
    receive: async ({ authorization, body }) => {
      const refused = refusal(authorization);
      if (refused !== undefined) return refused;
      const activity = readActivity(body);
      if (activity === undefined) return refuse(400, 'no activity');
      const fault = activityFault(activity, gateNow());
      if (fault !== undefined) return refuse(403, fault);
      // botbuilder's type promises more fields than Teams sends; all that the bot uses was read above.
      const raw = body as BotbuilderActivity;
      const identity = await authenticated(authorization ?? '', raw);
      if (identity === undefined) return refuse(401, 'token not verified');
      return answer(identity, activity, raw);
    },
    drain: async (ms) => {
      await within(clock, ms, background.idle());
      stopping.abort();
    },
  };
};
