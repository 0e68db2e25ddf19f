import type { ConversationQueue } from '../platform/outbox.ts';
import { addressOf, type SendingPorts, sendItem } from './deliver.ts';
import type { RecentSends } from './leader.ts';

/** The shortest rest: without it the queue could be the first of those that are due at this moment again. */
const behindOthersMs = 1;

/**
 * Sends the next message of a conversation, and only that one: other conversations have their turn before
 * the one after it. Returns until when the conversation rests.
 */
export const serveQueue = async (
  ports: SendingPorts & { readonly earlierSends: RecentSends },
  queue: ConversationQueue,
): Promise<number> => {
  const { store, lanes, clock, correlation } = ports;
  const place = await store.installations.find(queue);
  if (place === undefined || place.state === 'dead') {
    await store.outbox.abandon(queue, place?.deadReason ?? 'conversation-unknown', clock.now());
    return leave(ports, queue, clock.now());
  }
  const address = addressOf(place, undefined);
  lanes.restore(address, await ports.earlierSends(queue));
  if (lanes.roomIn(address) <= 0) {
    const item = await store.outbox.next(queue, clock.now());
    const againAt =
      item &&
      (await correlation.within(item.correlationId, () => sendItem(ports, queue, item, place)));
    if (againAt !== undefined) return leave(ports, queue, againAt);
  }
  return leave(
    ports,
    queue,
    clock.now() + Math.max(behindOthersMs, Math.ceil(lanes.roomIn(address))),
  );
};

const leave = async (
  { store }: SendingPorts,
  queue: ConversationQueue,
  restUntil: number,
): Promise<number> => {
  await store.outbox.leave(queue, restUntil);
  return restUntil;
};
