import type { FakeConnector } from './connector.ts';

/** What the lock screen said of each message posted, in order, without its last words: how long, since when. */
export const headlines = (
  { activities }: Pick<FakeConnector, 'activities'>,
  conversationId?: string,
): readonly string[] =>
  activities
    .filter(({ activity }) => activity.type === 'message')
    .filter(
      (sent) => conversationId === undefined || base(sent.conversationId) === base(conversationId),
    )
    .map(({ activity }) => (activity.summary ?? '').replace(/ · [^·]*$/u, ''));

/** A channel's conversation, without the thread. */
const base = (conversationId: string): string => conversationId.split(';')[0] ?? '';
