import type { Clock } from '../../src/platform/clock.ts';
import type { Address, Delivery, Messenger } from '../../src/platform/messenger.ts';

export interface Sending {
  readonly operation: 'post' | 'update';
  readonly conversationId: string;
  readonly serviceUrl: string;
  /** The id that was given (post) or is asked for (update). */
  readonly id: string;
  readonly summary: string;
  readonly at: number;
}

export interface RecordingMessenger extends Messenger {
  readonly sent: readonly Sending[];
  /** What it answers to the next sends, in order; afterwards everything arrives. */
  answer(...deliveries: readonly Delivery[]): void;
  /** Everything arrives again. */
  forgive(): void;
  /** The next send takes effect, but its answer waits until the function that this gives back is called. */
  hold(): () => void;
}

export const recordingMessenger = (clock: Clock): RecordingMessenger => {
  const sent: Sending[] = [];
  const answers: Delivery[] = [];
  const holds: Promise<void>[] = [];
  let ids = 0;
  const take = async (
    operation: Sending['operation'],
    { conversationId, serviceUrl }: Address,
    id: string,
    summary: string,
  ): Promise<Delivery> => {
    sent.push({ operation, conversationId, serviceUrl, id, summary, at: clock.now() });
    await holds.shift();
    return answers.shift() ?? { ok: true, activityId: id };
  };
  return {
    sent,
    answer: (...deliveries) => void answers.push(...deliveries),
    forgive: () => {
      answers.length = 0;
    },
    hold: () => {
      let release: () => void = () => undefined;
      holds.push(
        new Promise((resolve) => {
          release = resolve;
        }),
      );
      return release;
    },
    post: (to, { summary }) => {
      ids += 1;
      return take('post', to, `m${ids}`, summary);
    },
    update: (to, id, { summary }) => take('update', to, id, summary),
    typing: async () => ({ ok: false, reason: 'throttled' }),
  };
};
