import type { Installation } from '../../platform/conversation.ts';
import { AppError } from '../../platform/errors.ts';
import type { Card } from '../../platform/messenger.ts';
import { ofAccount } from '../../ui/of-account.ts';
import type { AccountFinder } from './find-account.ts';

/**
 * Gives the name of its account to what is sent to a conversation. Nothing where the conversation sees another one by
 * now: nothing of this one may appear there.
 */
export const noticesAtAccount =
  (finder: AccountFinder) =>
  async (place: Installation): Promise<((card: Card) => Card) | undefined> => {
    const { tenantId, conversationKey } = place;
    const found = await finder.find({ tenantId, conversationKey });
    if (found.unread === true) throw new AppError('store-down', 'the account is not known');
    return found.name === place.account ? (card) => ofAccount(card, found) : undefined;
  };
