import type { Outbox } from '../core/outbox.ts';
import type { Clock } from '../core/ports.ts';
import type { Conversation } from '../core/stores.ts';
import { conversationWindows, longest } from './limits.ts';
import type { SoleSender } from './sole-sender.ts';

interface Ports {
  readonly outbox: Pick<Outbox, 'sentSince'>;
  readonly sole: Pick<SoleSender, 'term' | 'endOf'>;
  readonly clock: Clock;
}

/** When other processes sent to a conversation, as far as it still counts; told once, not with every question. */
export type EarlierSends = (conversation: Conversation) => Promise<readonly number[]>;

export const createEarlierSends = ({ outbox, sole, clock }: Ports): EarlierSends => {
  const knownIn = new Map<string, number>();
  return async (conversation) => {
    const key = JSON.stringify([conversation.account, conversation.conversationKey]);
    const term = sole.term();
    const known = knownIn.get(key);
    if (known === term) return [];
    const counts = clock.now() - longest(conversationWindows);
    const since = known === undefined ? counts : Math.max(counts, sole.endOf(known) ?? counts);
    const sent = await outbox.sentSince(conversation, since);
    knownIn.set(key, term);
    return sent;
  };
};
