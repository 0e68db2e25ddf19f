import { type InvokeResponse, TeamsActivityHandler, type TurnContext } from 'botbuilder';
import type { InvokeBody } from './invoke.ts';

export interface TurnLogic {
  message(): Promise<void>;
  invoke(): Promise<InvokeBody>;
}

/**
 * Where botbuilder hands over. Its dispatch by activity type is not used, since it parses invokes
 * strictly, refuses an empty search, and answers with other statuses than Teams' protocol wants.
 */
export class TeamsHandler extends TeamsActivityHandler {
  readonly #logic: TurnLogic;

  constructor(logic: TurnLogic) {
    super();
    this.#logic = logic;
  }

  protected override async onTurnActivity(context: TurnContext): Promise<void> {
    if (context.activity.type === 'invoke') await super.onTurnActivity(context);
    else await this.#logic.message();
  }

  protected override async onInvokeActivity(): Promise<InvokeResponse> {
    return { status: 200, body: await this.#logic.invoke() };
  }
}
