import type { Clock } from '../platform/clock.ts';
import type { Address, Delivery, Messenger, RateLimiter } from '../platform/messenger.ts';
import { type RetryRule, retryDelay, type Sending } from './outcome.ts';

interface Ports {
  readonly messenger: Messenger;
  readonly lanes: RateLimiter;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly random: () => number;
}

/** The same messenger, within Teams' limits and with a bounded number of tries. */
export const replyMessenger = (
  { messenger, lanes, clock, random }: Ports,
  rule: RetryRule,
): Messenger => {
  const send = async (
    to: Address,
    sending: Sending,
    once: () => Promise<Delivery>,
  ): Promise<Delivery> => {
    const startedAt = clock.monotonic();
    for (let attempt = 1; ; attempt += 1) {
      await lanes.enter(to);
      const delivery = await once();
      const wait = retryDelay(delivery, sending, attempt, random);
      const late = clock.monotonic() - startedAt + (wait ?? 0) > rule.withinMs;
      if (wait === undefined || attempt >= rule.tries || late) return delivery;
      await clock.sleep(wait);
    }
  };
  return {
    post: (to, card) => send(to, 'post', () => messenger.post(to, card)),
    update: (to, activityId, card) =>
      send(to, 'update', () => messenger.update(to, activityId, card)),
    typing: async (to) =>
      lanes.tryEnter(to) ? messenger.typing(to) : { ok: false, reason: 'throttled' },
  };
};
