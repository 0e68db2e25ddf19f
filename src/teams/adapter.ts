import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { AuthenticateRequestResult, BotFrameworkAuthentication } from 'botframework-connector';
import { asAppError } from '../core/errors.ts';
import type { Logger } from '../core/ports.ts';

/**
 * botbuilder's adapter without its HTTP part, which prints errors, puts their messages into bodies and
 * answers 500 to tokens that it cannot read.
 */
export class TeamsAdapter extends CloudAdapter {
  constructor(authentication: BotFrameworkAuthentication, log: Logger) {
    super(authentication);
    this.onTurnError = async (_context, error) => {
      log.error('turn failed', { code: asAppError(error).code, error });
    };
  }

  /** Rejects when the token is refused, for whatever reason. */
  authenticate(authorization: string, activity: Activity): Promise<AuthenticateRequestResult> {
    return this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
  }

  runTurn(
    identity: AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(identity, activity, logic);
  }
}
