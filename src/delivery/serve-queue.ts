import type { Installation } from '../platform/conversation.ts';
import type { ConversationQueue, OutboxItem } from '../platform/outbox.ts';
import { addressOf, type SendingPorts, sendItem } from './deliver.ts';
import type { RecentSends } from './leader.ts';
import type { PatientRenders } from './patient-renders.ts';

/** The shortest rest: without it the queue could be the first of those that are due at this moment again. */
const behindOthersMs = 1;

/**
 * Where answers wait for room, a notification that came when there is room would come too late each time. So it
 * stands in line this long before, in front of them.
 */
const inLineMs = 2500;

interface QueuePorts extends SendingPorts {
  readonly earlierSends: RecentSends;
  readonly isPatient: (payload: unknown) => boolean;
  readonly patientRenders: PatientRenders;
}

/**
 * Sends the next message of a conversation, and only that one: other conversations have their turn before
 * the one after it. Returns until when the conversation rests.
 */
export const serveQueue = async (ports: QueuePorts, queue: ConversationQueue): Promise<number> => {
  const { store, rateLimiter, clock, correlation } = ports;
  const place = await store.installations.find(queue);
  if (place === undefined || place.state === 'dead') {
    await store.outbox.abandon(queue, place?.deadReason ?? 'conversation-unknown', clock.now());
    return leave(ports, queue, clock.now());
  }
  const address = addressOf(place, undefined);
  rateLimiter.restore(address, await ports.earlierSends(queue));
  const inLine = rateLimiter.isWaitedFor(address) ? inLineMs : 0;
  if (rateLimiter.roomIn(address) <= inLine) {
    const item = await store.outbox.next(queue, clock.now());
    const againAt =
      item &&
      (await correlation.within(item.correlationId, () => serve(ports, queue, item, place)));
    if (againAt !== undefined) return leave(ports, queue, againAt);
  }
  const restMs = Math.max(behindOthersMs, Math.ceil(rateLimiter.roomIn(address) - inLine));
  return leave(ports, queue, clock.now() + restMs);
};

/** How long what is patient waits before it looks for room again. */
const patienceMs = 1000;

/** What is patient is drawn first, and waits until there is room that nobody else wants; others pass it meanwhile. */
const serve = async (
  ports: QueuePorts,
  queue: ConversationQueue,
  item: OutboxItem,
  place: Installation,
): Promise<number | undefined> => {
  const { isPatient, patientRenders, rateLimiter, store, clock } = ports;
  if (!isPatient(item.payload)) return sendItem(ports, queue, item, place);
  const asked = patientRenders.ask(item, place);
  const slot =
    'drawn' in asked ? await rateLimiter.tryEnter(addressOf(place, undefined)) : undefined;
  if (slot === undefined || !('drawn' in asked)) {
    const waitMs = 'drawn' in asked ? patienceMs : asked.againInMs;
    await store.outbox.postpone(queue, item, clock.now() + waitMs, false);
    return undefined;
  }
  patientRenders.forget(item);
  try {
    return await sendItem(ports, queue, item, place, { drawn: asked.drawn, slot });
  } finally {
    slot.over();
  }
};

const leave = async (
  { store }: SendingPorts,
  queue: ConversationQueue,
  restUntil: number,
): Promise<number> => {
  await store.outbox.leave(queue, restUntil);
  return restUntil;
};
