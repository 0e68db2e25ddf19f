import type { Lane } from '../platform/outbox.ts';
import { addressOf, type SendingPorts, sendItem } from './deliver.ts';
import type { EarlierSends } from './leader.ts';

/** The shortest rest: who rests since the same moment as others may be the first of them again. */
const behindOthersMs = 1;

/**
 * Sends the next message of a conversation, and only that one: the others have their turn before
 * the one after it. Gives back until when the conversation rests.
 */
export const serveLane = async (
  ports: SendingPorts & { readonly earlierSends: EarlierSends },
  lane: Lane,
): Promise<number> => {
  const { store, lanes, clock, correlation } = ports;
  const place = await store.installations.find(lane);
  if (place === undefined || place.state === 'dead') {
    await store.outbox.abandon(lane, place?.deadReason ?? 'conversation-unknown', clock.now());
    return leave(ports, lane, clock.now());
  }
  const address = addressOf(place, undefined);
  lanes.recall(address, await ports.earlierSends(lane));
  if (lanes.freeAt(address) <= clock.now()) {
    const item = await store.outbox.next(lane, clock.now());
    const againAt =
      item &&
      (await correlation.within(item.correlationId, () => sendItem(ports, lane, item, place)));
    if (againAt !== undefined) return leave(ports, lane, againAt);
  }
  return leave(ports, lane, Math.max(clock.now() + behindOthersMs, lanes.freeAt(address)));
};

const leave = async ({ store }: SendingPorts, lane: Lane, restUntil: number): Promise<number> => {
  await store.outbox.leave(lane, restUntil);
  return restUntil;
};
