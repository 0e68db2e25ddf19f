import type { Clock } from '../platform/clock.ts';
import type { Address, Delivery, Messenger, RateLimiter, Slot } from '../platform/messenger.ts';
import { type RetryRule, retryDelay, type Sending } from './outcome.ts';

interface Ports {
  readonly messenger: Messenger;
  readonly rateLimiter: RateLimiter;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly random: () => number;
}

/** The same messenger, within Teams' limits and with a bounded number of tries. */
export const replyMessenger = (
  { messenger, rateLimiter, clock, random }: Ports,
  rule: RetryRule,
): Messenger => {
  const send = async (
    to: Address,
    sending: Sending,
    once: (slot: Slot) => Promise<Delivery>,
  ): Promise<Delivery> => {
    const startedAt = clock.monotonic();
    for (let attempt = 1; ; attempt += 1) {
      const slot = await rateLimiter.enter(to);
      // Messengers never reject.
      const delivery = await once(slot);
      slot.over();
      const wait = retryDelay(delivery, sending, attempt, random);
      const late = clock.monotonic() - startedAt + (wait ?? 0) > rule.withinMs;
      if (wait === undefined || attempt >= rule.tries || late) return delivery;
      await clock.sleep(wait);
    }
  };
  return {
    post: (to, card) => send(to, 'post', (slot) => messenger.post(to, card, slot)),
    update: (to, activityId, card) =>
      send(to, 'update', (slot) => messenger.update(to, activityId, card, slot)),
    typing: async (to) => {
      const slot = await rateLimiter.tryEnter(to);
      if (slot === undefined) return { ok: false, reason: 'throttled' };
      return messenger.typing(to, slot).finally(slot.over);
    },
  };
};
