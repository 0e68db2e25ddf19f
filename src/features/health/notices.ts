import { z } from 'zod';
import type { Conversation, Installation, Installations } from '../../platform/conversation.ts';
import { defineNotice, type Notice } from '../../platform/notice.ts';
import type { OutboxDraft } from '../../platform/outbox.ts';
import { normalizeId } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import type { Grants } from '../access/store.ts';
import type { StoredWatch } from '../watches/store.ts';
import { outageCard } from './cards/outage.ts';
import type { OutageNotice } from './domain/outage.ts';

/** PingPlotter cannot be read, or refuses the key, and the end of either; ms since 1970. */
const OutagePayload = z
  .object({
    kind: z.literal('sight'),
    what: z.enum(['blind', 'sighted', 'key-wrong', 'key-accepted']),
    since: z.number(),
    at: z.number(),
    why: z
      .enum(['unreadable', 'vanished', 'accepted', 'statuses', 'no-fresh', 'measured'])
      .exactOptional(),
    /** With 'accepted': agents that were online, and how many of them are not now. */
    before: z.number().exactOptional(),
    lost: z.number().exactOptional(),
  })
  .readonly();

declare module '../../platform/notice.ts' {
  interface Notices {
    sight: z.infer<typeof OutagePayload>;
  }
}

const outageNotice = defineNotice('sight', {
  payload: OutagePayload,
  load: async (_ports: unknown, payload) => payload,
  view: (outage, reader) => ({ card: outageCard(outage, reader) }),
});

export const healthNotices = { sight: outageNotice };

interface OutageContext {
  readonly account: string;
  readonly watches: readonly StoredWatch[];
  /** Those who are admins by the configuration. */
  readonly admins: ReadonlySet<string>;
  readonly now: number;
  readonly newId: () => string;
}

/** Who is to know of an outage, and where they are reached. */
export interface OutageCollections {
  readonly installations: Installations;
  readonly grants: Grants;
}

/**
 * The notifications of an outage. The key is the admins' affair, in their 1:1 conversations; where
 * there are none it is everybody's who watches.
 */
export const outageDrafts = async (
  store: OutageCollections,
  notices: readonly OutageNotice[],
  context: OutageContext,
): Promise<readonly OutboxDraft[]> => {
  if (notices.length === 0) return [];
  const watching = distinct(context.watches);
  const admins = notices.some(({ to }) => to === 'admins') ? await withAdmins(store, context) : [];
  return notices.flatMap(({ to, kind, since, why, before, lost }) => {
    const conversations = to === 'admins' && admins.length > 0 ? admins : watching;
    const payload: Notice = {
      kind: 'sight',
      what: kind,
      since,
      at: context.now,
      ...optional('why', why),
      ...optional('before', before),
      ...optional('lost', lost),
    };
    return conversations.map(
      ({ account, conversationKey }): OutboxDraft => ({
        account,
        conversationKey,
        card: context.newId(),
        kind: 'post',
        payload,
        dueAt: context.now,
      }),
    );
  });
};

const withAdmins = async (
  store: OutageCollections,
  context: OutageContext,
): Promise<readonly Conversation[]> => {
  const personal = (await store.installations.list(context.account)).filter(
    ({ kind, state }) => kind === 'personal' && state === 'alive',
  );
  const granted = new Set<string>();
  for (const tenantId of new Set(personal.map((one) => normalizeId(one.tenantId))))
    for (const { personId, role } of await store.grants.list(context.account, tenantId))
      if (role === 'admin') granted.add(personKey(tenantId, personId));
  const isAdmin = ({ tenantId, personId }: Installation): boolean =>
    personId !== undefined &&
    (context.admins.has(normalizeId(personId)) || granted.has(personKey(tenantId, personId)));
  return personal.filter(isAdmin);
};

const personKey = (tenantId: string, personId: string): string =>
  normalizeId(`${tenantId}/${personId}`);

const distinct = (watches: readonly StoredWatch[]): readonly Conversation[] => [
  ...new Map(watches.map((watch) => [watch.conversationKey, watch])).values(),
];
