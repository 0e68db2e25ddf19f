import { LRUCache } from 'lru-cache';
import type { Person, Scope } from '../chat/turn.ts';
import { noAccount } from '../platform/accounts.ts';
import type { Address, ConversationKind } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';
import type { Activity } from './activity.ts';
import { tenantOf } from './gate.ts';

const kinds = new Map<string, ConversationKind>([
  ['personal', 'personal'],
  ['groupchat', 'group'],
  ['channel', 'channel'],
]);

const kindOf = ({ conversation }: Activity): ConversationKind =>
  kinds.get(conversation?.conversationType?.toLowerCase() ?? '') ??
  (conversation?.isGroup === true ? 'group' : 'personal');

const clientInfo = ({ entities = [] }: Activity) =>
  entities.find(({ type }) => type.toLowerCase() === 'clientinfo');

/** Empty for one that does not exist. */
const canonicalTimeZone = (timeZone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
};

/** Intl takes as long to find one as the bot to read an activity. There are some hundreds of time zones and locales. */
const timeZones = new LRUCache<string, string>({ max: 1000, memoMethod: canonicalTimeZone });

/** Some phones send none. */
const timeZoneOf = (activity: Activity): Pick<Scope, 'timeZone' | 'zoneUnknown'> => {
  const sent = activity.localTimezone || clientInfo(activity)?.timezone || '';
  const timeZone = sent === '' ? '' : timeZones.memo(sent);
  return timeZone === '' ? { timeZone: 'UTC', zoneUnknown: true } : { timeZone };
};

const canonicalLocale = (locale: string): string => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
};

const locales = new LRUCache<string, string>({ max: 1000, memoMethod: canonicalLocale });

const localeOf = (activity: Activity): string =>
  locales.memo(activity.locale ?? clientInfo(activity)?.locale ?? 'en-US');

const addressOf = (activity: Activity, conversationId: string): Address => ({
  tenantId: tenantOf(activity) ?? '',
  serviceUrl: activity.serviceUrl ?? '',
  conversationId,
  kind: kindOf(activity),
  botId: activity.recipient?.id ?? '',
  ...optional('botName', activity.recipient?.name),
  channelId: activity.channelId ?? '',
  ...optional('replyToId', activity.type === 'message' ? activity.id || undefined : undefined),
});

const personOf = ({ from }: Activity): Person => ({
  id: from?.id ?? '',
  ...optional('objectId', from?.aadObjectId || undefined),
  name: from?.name ?? '',
});

/** The role is always 'none', and no account is named: the edge does not decide who may do what. */
export const scopeOf = (activity: Activity, correlationId: string): Scope | undefined => {
  const conversationId = activity.conversation?.id;
  if (conversationId === undefined || conversationId === '') return undefined;
  return {
    account: noAccount,
    address: addressOf(activity, conversationId),
    conversationKey: conversationId.split(';messageid=')[0] ?? conversationId,
    person: personOf(activity),
    role: 'none',
    ...(activity.recipient?.isTargeted === true ? { targeted: true as const } : {}),
    locale: localeOf(activity),
    ...timeZoneOf(activity),
    activityId: activity.id ?? '',
    correlationId,
  };
};
