import type { CredentialsRefusal, Delivery, Messenger } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';

export interface CredentialsWatch {
  /** The same messenger, watched. */
  readonly messenger: Messenger;
  /** Set from a refusal until Teams takes the credentials again. */
  refusal(): CredentialsRefusal | undefined;
}

/** Remembers who refused the bot's credentials last, whatever was being sent: a notification or an answer. */
export const watchCredentials = (messenger: Messenger): CredentialsWatch => {
  let refusal: CredentialsRefusal | undefined;
  const noted = (delivery: Delivery): Delivery => {
    if (delivery.ok) refusal = undefined;
    else if (delivery.reason === 'unauthorized')
      refusal = { by: delivery.refusedBy ?? 'connector', ...optional('code', delivery.code) };
    // Every other answer of Teams came after it had taken the credentials; no answer says nothing.
    else if (delivery.reason !== 'transient' && delivery.reason !== 'ambiguous')
      refusal = undefined;
    return delivery;
  };
  return {
    messenger: {
      post: async (to, card, slot) => noted(await messenger.post(to, card, slot)),
      update: async (to, activityId, card, slot) =>
        noted(await messenger.update(to, activityId, card, slot)),
      typing: async (to, slot) => noted(await messenger.typing(to, slot)),
    },
    refusal: () => refusal,
  };
};
