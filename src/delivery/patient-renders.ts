import type { Installation } from '../platform/conversation.ts';
import type { Rendered } from '../platform/notice.ts';
import type { OutboxItem } from '../platform/outbox.ts';

/** What came of drawing a row. Nothing where there is nothing to say any more. */
export type Drawn = Rendered | 'undeliverable' | undefined;

/** Draws what may take long beside the queues, so that no other message waits for it. */
export interface PatientRenders {
  /** What was drawn, or in how many ms to ask again. */
  ask(
    item: OutboxItem,
    place: Installation,
  ): { readonly drawn: Drawn } | { readonly againInMs: number };
  /** It was sent, or is not to be. */
  forget(item: OutboxItem): void;
}

interface Drawing {
  /** The row as it was: a newer one is drawn again. */
  readonly payload: string;
  done?: { readonly drawn: Drawn };
}

interface Ports {
  /** Rejects where it is to be tried again. */
  readonly draw: (item: OutboxItem, place: Installation) => Promise<Drawn>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const mostAtOnce = 4;
/** Of those that are drawn and wait; a card may have hundreds of kilobytes. */
const mostDrawn = 100;
const soonMs = 1000;
/** While others are drawn: each question is a write of the store. */
const laterMs = 5000;

const keyOf = ({ account, conversationKey, card }: OutboxItem): string =>
  JSON.stringify([account, conversationKey, card]);

export const createPatientRenders = ({ draw, random }: Ports): PatientRenders => {
  const drawings = new Map<string, Drawing>();
  let underWay = 0;

  const begin = async (item: OutboxItem, place: Installation, drawing: Drawing): Promise<void> => {
    underWay += 1;
    try {
      drawing.done = { drawn: await draw(item, place) };
    } catch {
      drawings.delete(keyOf(item));
    } finally {
      underWay -= 1;
    }
  };

  const makeRoom = (): void => {
    for (const [key, { done }] of drawings) {
      if (drawings.size < mostDrawn) return;
      if (done !== undefined) drawings.delete(key);
    }
  };

  return {
    ask: (item, place) => {
      const key = keyOf(item);
      const payload = JSON.stringify(item.payload);
      const known = drawings.get(key);
      if (known?.payload === payload) return known.done ?? { againInMs: soonMs };
      if (underWay >= mostAtOnce) return { againInMs: Math.ceil(laterMs * (1 + random())) };
      makeRoom();
      const drawing: Drawing = { payload };
      drawings.set(key, drawing);
      void begin(item, place, drawing);
      return { againInMs: soonMs };
    },
    forget: (item) => void drawings.delete(keyOf(item)),
  };
};
