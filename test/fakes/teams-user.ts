import { type CardContent, type ExecuteAction, executesOf, refreshOf } from './card-actions.ts';
import type { FakeConnector, SentActivity } from './connector.ts';
import { postJson } from './post-json.ts';

export interface TeamsUserOptions {
  readonly botUrl: string;
  readonly connector: FakeConnector;
  /** What Teams sends along where tokens are checked. */
  readonly authorization?: string;
  readonly tenantId?: string;
  readonly person?: { readonly id: string; readonly name: string; readonly aadObjectId: string };
  readonly conversation?: {
    readonly id: string;
    readonly conversationType: 'personal' | 'groupChat' | 'channel';
  };
}

export interface PressAnswer {
  readonly httpStatus: number;
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
  readonly card: CardContent;
}

let activities = 0;

/** Somebody at a Teams client: types, presses buttons, and sees what the bot sends. */
export const createTeamsUser = ({
  botUrl,
  connector,
  authorization,
  tenantId = 'tenant-1',
  person = { id: '29:alex', name: 'Alex Wilber', aadObjectId: 'alex-object-id' },
  conversation = { id: 'a:personal-alex', conversationType: 'personal' },
}: TeamsUserOptions) => {
  const bot = { id: '28:bot', name: 'PingPlotter' };
  const activity = (fields: Readonly<Record<string, unknown>>) => {
    activities += 1;
    return {
      id: `activity-${activities}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: person,
      recipient: bot,
      conversation: {
        ...conversation,
        tenantId,
        isGroup: conversation.conversationType !== 'personal',
      },
      channelData: { tenant: { id: tenantId } },
      locale: 'en-GB',
      localTimezone: 'Europe/Berlin',
      entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'DE', timezone: 'Europe/Berlin' }],
      ...fields,
    };
  };

  const post = (body: unknown) =>
    postJson(`${botUrl}/api/messages`, body, authorization === undefined ? {} : { authorization });

  const answersTo = (activityId: string): readonly SentActivity[] =>
    connector.answersTo(activityId).map((sent) => sent.activity);

  const type = async (
    text: string,
    fields: Readonly<Record<string, unknown>> = {},
  ): Promise<string> => {
    const said = activity({ type: 'message', text, ...fields });
    const { status } = await post(said);
    if (status !== 200) throw new Error(`the bot answered ${status} to “${text}”`);
    return said.id;
  };

  /** Types something and gives what the bot answered until the turn ended. */
  const sayAll = async (
    text: string,
    fields: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly SentActivity[]> => answersTo(await type(text, fields));

  const say = async (
    text: string,
    fields: Readonly<Record<string, unknown>> = {},
  ): Promise<{
    readonly card: CardContent;
    readonly summary: string;
    readonly messageId: string;
  }> => {
    const id = await type(text, fields);
    // On a busy machine the bot lets Teams' request end before it has answered.
    await connector.waitFor(() => answersTo(id).length > 0).catch(() => undefined);
    const [answer, ...more] = answersTo(id);
    if (answer === undefined || more.length > 0)
      throw new Error(
        `${answer === undefined ? 0 : 1 + more.length} answers to “${text}” instead of one`,
      );
    const [sent] = connector.answersTo(id);
    return {
      card: answer.attachments?.[0]?.content ?? {},
      summary: answer.summary ?? '',
      messageId: sent?.id ?? '',
    };
  };

  const invoke = async (
    value: unknown,
    fields: Readonly<Record<string, unknown>> = {},
  ): Promise<{ readonly httpStatus: number; readonly body: unknown }> => {
    const { status, text } = await post(
      activity({ type: 'invoke', name: 'adaptiveCard/action', value, ...fields }),
    );
    return { httpStatus: status, body: text === '' ? undefined : JSON.parse(text) };
  };

  const execute = async (
    action: Pick<ExecuteAction, 'verb' | 'data'>,
    { messageId, trigger = 'manual', ...fields }: Readonly<Record<string, unknown>> = {},
  ): Promise<PressAnswer> => {
    const { httpStatus, body } = await invoke(
      { action: { type: 'Action.Execute', ...action }, trigger },
      { replyToId: messageId ?? 'message-1', ...fields },
    );
    const answer: Partial<PressAnswer> = typeof body === 'object' && body !== null ? body : {};
    const { statusCode = 0, type = '', value } = answer;
    const card: CardContent = isContent(value) ? value : {};
    return { httpStatus, statusCode, type, value, card };
  };

  /** Presses the one button of a card that has this verb (and title), with what was filled in. */
  const press = (
    card: CardContent,
    verb: string,
    inputs: Readonly<Record<string, unknown>> = {},
    options: { readonly title?: string | RegExp; readonly messageId?: string } = {},
  ): Promise<PressAnswer> => {
    const found = executesOf(card).find(
      (action) =>
        action.verb === verb &&
        (options.title === undefined || new RegExp(options.title).test(action.title ?? '')),
    );
    if (found === undefined)
      throw new Error(
        `no button ${verb} among ${executesOf(card)
          .map((one) => one.verb)
          .join(', ')}`,
      );
    return execute(
      { verb: found.verb, data: { ...found.data, ...inputs } },
      options.messageId === undefined ? {} : { messageId: options.messageId },
    );
  };

  /** Sees a card that is there already: Teams asks the bot for its newest state. */
  const see = (card: CardContent): Promise<PressAnswer> => {
    const refresh = refreshOf(card);
    if (refresh === undefined) throw new Error('a card that is never asked for anew');
    return execute(refresh, { trigger: 'automatic' });
  };

  return { person, conversation, bot, activity, post, say, sayAll, invoke, execute, press, see };
};

export type TeamsUser = ReturnType<typeof createTeamsUser>;

const isContent = (value: unknown): value is CardContent =>
  typeof value === 'object' && value !== null;
