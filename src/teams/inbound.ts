import { z } from 'zod';
import type { Incoming, Scope } from '../chat/turn.ts';
import { optional } from '../shared/optional.ts';
import type { Activity } from './activity.ts';
import { mentionsIn, messageText, textOfPayload } from './message-text.ts';
import { ownCardIn } from './own-card.ts';
import { scopeOf } from './scope.ts';

const ignored = (reason: string): Incoming => ({ kind: 'ignored', reason });

const verb = z.string().trim().min(1).max(100);
const Execute = z.object({
  action: z.object({ verb, data: z.unknown().optional() }),
  trigger: z.enum(['manual', 'automatic']).catch('manual'),
});
const Submit = z.union([
  z.object({ action: z.object({ verb, data: z.unknown().optional() }) }),
  z.looseObject({ verb }).transform(({ verb: name, msteams: _, ...data }) => ({
    action: { verb: name, data },
  })),
]);

/** A fleet has some hundred thousand agents at most; each must be reached page by page. */
const mostSkipped = 1_000_000;

const count = (most: number, otherwise: number) =>
  z.number().int().min(0).max(most).catch(otherwise);
const page = (most: number) =>
  z.object({ skip: count(mostSkipped, 0), top: count(most, most) }).catch({ skip: 0, top: most });

const Typeahead = z.object({
  queryText: z.string().catch(''),
  dataset: z.string(),
  queryOptions: page(15),
});
const Extension = z.object({
  /** The Agents Playground leaves it out: there is one command. */
  commandId: z.string().catch('agents'),
  parameters: z
    .array(z.object({ name: z.string().catch(''), value: z.string().catch('') }))
    .catch([]),
  queryOptions: z
    .object({ skip: count(mostSkipped, 0), count: count(25, 25) })
    .catch({ skip: 0, count: 25 }),
});

const readExecute = (activity: Activity, scope: Scope): Incoming => {
  if (scope.person.id === '') return ignored('a card action of nobody');
  const press = Execute.safeParse(activity.value).data;
  return press === undefined
    ? ignored('a card action without a verb')
    : {
        kind: 'action',
        verb: press.action.verb,
        data: press.action.data ?? {},
        trigger: press.trigger,
        ...optional('messageId', activity.replyToId),
        scope,
      };
};

/** Action.Submit has no invoke: it arrives as a message with a value and no text. */
const readSubmit = (activity: Activity, scope: Scope): Incoming => {
  const press = Submit.safeParse(activity.value).data;
  return press === undefined
    ? ignored('a submit without a verb')
    : {
        kind: 'action',
        verb: press.action.verb,
        data: press.action.data ?? {},
        trigger: 'manual',
        ...optional('messageId', activity.replyToId),
        scope,
      };
};

const readTypeahead = ({ value }: Activity, scope: Scope): Incoming => {
  const asked = Typeahead.safeParse(value).data;
  if (asked === undefined) return ignored('a search without a dataset');
  const { queryText, dataset, queryOptions } = asked;
  const query = queryText.trim();
  return { kind: 'search', surface: 'typeahead', dataset, query, ...queryOptions, scope };
};

const readExtension = ({ value }: Activity, scope: Scope): Incoming => {
  const asked = Extension.safeParse(value).data;
  if (asked === undefined) return ignored('an extension query that cannot be read');
  const [parameter] = asked.parameters;
  // On opening, Teams asks with a parameter of this name and the value "true".
  const query = parameter?.name === 'initialRun' ? '' : (parameter?.value ?? '').trim();
  const { skip, count: top } = asked.queryOptions;
  return {
    kind: 'search',
    surface: 'extension',
    dataset: asked.commandId,
    query,
    skip,
    top,
    scope,
  };
};

const Link = z.object({ url: z.string() });

const readLink = ({ value }: Activity, scope: Scope): Incoming => {
  const pasted = Link.safeParse(value).data;
  return pasted === undefined
    ? ignored('a link query without a link')
    : { kind: 'link', url: pasted.url, scope };
};

const MessageAction = z.object({
  messagePayload: z.object({
    subject: z.string().catch(''),
    body: z.object({ contentType: z.string().catch('text'), content: z.string().catch('') }),
  }),
});

const readMessageAction = ({ value }: Activity, scope: Scope): Incoming => {
  const asked = MessageAction.safeParse(value).data?.messagePayload;
  return asked === undefined
    ? ignored('a message action without a message')
    : { kind: 'message-action', ...textOfPayload(asked.subject, asked.body), scope };
};

const readMessage = (activity: Activity, scope: Scope): Incoming => {
  if (scope.person.id === '') return ignored('a message from nobody');
  const fromBot = activity.from?.role === 'bot' || scope.person.id === scope.address.botId;
  if (fromBot) return ignored('a message from a bot');
  if (activity.channelData?.eventType === 'editMessage') return ignored('an edited message');
  const opened = ownCardIn(activity);
  if (opened !== undefined)
    return { kind: 'action', verb: 'agent.show', data: opened, trigger: 'manual', scope };
  const text = messageText(activity);
  const submitted = activity.value !== undefined && activity.value !== null && text === '';
  return submitted
    ? readSubmit(activity, scope)
    : { kind: 'command', text, mentions: mentionsIn(activity), scope };
};

const readInvoke = (activity: Activity, scope: Scope): Incoming => {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return readExecute(activity, scope);
    case 'application/search':
      return readTypeahead(activity, scope);
    case 'composeExtension/query':
      return readExtension(activity, scope);
    case 'composeExtension/queryLink':
      return readLink(activity, scope);
    // With or without a form before it: what is answered is the same.
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction':
      return readMessageAction(activity, scope);
    default:
      return ignored('an invoke of another kind');
  }
};

const readInstallation = ({ action }: Activity, scope: Scope): Incoming => {
  if (action === 'add') return { kind: 'installed', scope };
  if (action === 'remove') return { kind: 'removed', scope };
  return ignored('an upgrade of the app');
};

const readConversationUpdate = (activity: Activity, scope: Scope): Incoming => {
  const isBot = ({ id }: { readonly id: string }) => id === activity.recipient?.id;
  if (activity.membersAdded?.some(isBot)) return { kind: 'installed', scope };
  if (activity.membersRemoved?.some(isBot)) return { kind: 'removed', scope };
  return ignored('a change of the conversation');
};

/** What an activity means to the bot. Never throws, whatever it holds. */
export const readIncoming = (activity: Activity, correlationId: string): Incoming => {
  const scope = scopeOf(activity, correlationId);
  if (scope === undefined) return ignored('no conversation');
  switch (activity.type) {
    case 'message':
      return readMessage(activity, scope);
    case 'invoke':
      return readInvoke(activity, scope);
    case 'installationUpdate':
      return readInstallation(activity, scope);
    case 'conversationUpdate':
      return readConversationUpdate(activity, scope);
    default:
      return ignored('an activity of another type');
  }
};
