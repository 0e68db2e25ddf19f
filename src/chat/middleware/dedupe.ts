import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import type { SeenActivities } from '../../platform/store.ts';
import type { Incoming, Middleware, Reply } from '../turn.ts';
import type { WithoutStore } from './without-store.ts';

interface Ports {
  readonly store: { readonly seenActivities: SeenActivities };
  readonly clock: Clock;
  readonly withoutStore: WithoutStore;
  /** Of a text that was typed: whether it asks for something that changes nothing. */
  readonly readsOnly: (text: string) => boolean;
}

/** Teams repeats an activity within minutes, not hours. */
const repeatWithinMs = 10 * 60_000;
/** A double click arrives as two presses; a second press later than this is intended. */
const doubleClickMs = 1000;

type Answer = Promise<Reply | undefined>;
type Of<K extends Incoming['kind']> = Extract<Incoming, { kind: K }>;

/** A repeated command or installation gets no answer, so its first one is not stored: it would be thousands of cards for nobody. */
const noAnswer: Answer = Promise.resolve(undefined);
/** Some 2,500 answers, or 10,000 keys without one. */
const mostStored = 10_000;
const sizeOf = (answer: Answer): number => (answer === noAnswer ? 1 : 4);

/**
 * The same activity acts once, also across a restart, and so does the same button that one person pressed
 * twice at once. A repeated press gets the first one's answer, a repeated command none. Teams announces an
 * installation twice, as `installationUpdate` and as `membersAdded`: one welcome is enough. What has no
 * activity id repeats no other activity.
 */
export const dedupe =
  (ports: Ports): Middleware =>
  (next) => {
    const answers = new LRUCache<string, Answer>({
      maxSize: mostStored,
      sizeCalculation: sizeOf,
      // Otherwise the cache keeps the time for a moment by a timer of its own.
      ttlResolution: 0,
      perf: { now: () => ports.clock.monotonic() },
    });

    const act = async <K extends 'command' | 'action'>(
      incoming: Of<K>,
      signal: AbortSignal,
    ): Promise<Reply | undefined> =>
      (await isNew(ports, incoming)) ? next(incoming, signal) : repeated(incoming);

    const press = (incoming: Of<'action'>, signal: AbortSignal): Answer => {
      if (incoming.trigger === 'automatic') return act(incoming, signal);
      const button = buttonKey(incoming);
      const underWay = answers.get(button);
      if (underWay !== undefined) return underWay;
      const answer = act(incoming, signal).finally(() =>
        answers.set(button, answer, { ttl: doubleClickMs }),
      );
      answers.set(button, answer);
      return answer;
    };

    const once = (key: string, work: () => Answer, stored?: Answer, ttl?: number): Answer => {
      const earlier = answers.get(key);
      if (earlier !== undefined) return earlier;
      const answer = work();
      answers.set(key, stored ?? answer, ttl === undefined ? {} : { ttl });
      return answer;
    };

    return async (incoming, signal) => {
      switch (incoming.kind) {
        case 'command': {
          const work = () => act(incoming, signal);
          const key = activityKey(incoming);
          return key === undefined ? work() : once(key, work, noAnswer, repeatWithinMs);
        }
        case 'action': {
          const work = () => press(incoming, signal);
          const key = activityKey(incoming);
          return key === undefined ? work() : once(key, work, undefined, repeatWithinMs);
        }
        case 'installed':
          return once(installationKey(incoming), () => next(incoming, signal), noAnswer);
        case 'removed':
          answers.delete(installationKey(incoming));
          return next(incoming, signal);
        case 'search':
        case 'link':
        case 'message-action':
        case 'ignored':
          return next(incoming, signal);
        default:
          return incoming satisfies never;
      }
    };
  };

/** Nothing without an id: two activities of a conversation would look like one. */
const activityKey = ({ kind, scope }: Of<'command' | 'action'>): string | undefined =>
  scope.activityId === ''
    ? undefined
    : JSON.stringify([
        kind,
        scope.address.tenantId,
        scope.address.conversationId,
        scope.activityId,
      ]);

const buttonKey = ({ verb, data, messageId, scope }: Of<'action'>): string =>
  JSON.stringify([
    scope.address.tenantId,
    scope.conversationKey,
    scope.person.id,
    messageId,
    verb,
    data,
  ]);

const installationKey = ({ scope }: Of<'installed' | 'removed'>): string =>
  JSON.stringify(['installed', scope.address.tenantId, scope.conversationKey]);

/** A note is on the disk before the turn goes on, which takes as long as all else in it: only for what acts. */
const isNew = async (
  { store, clock, readsOnly, withoutStore }: Ports,
  incoming: Of<'command' | 'action'>,
): Promise<boolean> => {
  const acts =
    incoming.kind === 'command' ? !readsOnly(incoming.text) : incoming.trigger === 'manual';
  const { conversationKey, activityId } = incoming.scope;
  if (!acts || activityId === '') return true;
  const note = () => store.seenActivities.note(conversationKey, activityId, clock.now());
  return withoutStore('seen activities', note, true);
};

/** What was typed has been answered; a press needs an answer all the same. */
const repeated = ({ kind }: Incoming): undefined => {
  if (kind !== 'action') return undefined;
  throw refusal('expired', 'done.already');
};
