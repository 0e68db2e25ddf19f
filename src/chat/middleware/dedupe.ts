import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Incoming, Middleware, Reply } from '../turn.ts';
import type { Ports } from './remember-conversation.ts';

/** Teams repeats an activity within minutes, not hours. */
const repeatWithinMs = 10 * 60_000;
/** A double click arrives as two presses; a second press later than this is meant. */
const doubleClickMs = 1000;

type Answer = Promise<Reply | undefined>;
type Press = Extract<Incoming, { kind: 'action' }>;

/**
 * The same activity acts once, and so does the same button that one person pressed twice at once.
 * A repeated press gets the first one's answer, a repeated command none. What has no activity id repeats
 * no other activity.
 */
export const actOnce =
  (clock: Clock): Middleware =>
  (next) => {
    // Resolution 0: otherwise the cache keeps the time for a moment by a timer of its own.
    const timed = { ttlResolution: 0, perf: { now: () => clock.now() } };
    const presses = new LRUCache<string, Answer>({ max: 2000, ttl: repeatWithinMs, ...timed });
    const commands = new LRUCache<string, true>({ max: 2000, ttl: repeatWithinMs, ...timed });
    const buttons = new LRUCache<string, Answer>({ max: 500, ...timed });

    const press = (incoming: Press, signal: AbortSignal): Answer => {
      if (incoming.trigger === 'automatic') return next(incoming, signal);
      const button = buttonOf(incoming);
      const underWay = buttons.get(button);
      if (underWay !== undefined) return underWay;
      const answer = next(incoming, signal).finally(() =>
        buttons.set(button, answer, { ttl: doubleClickMs }),
      );
      buttons.set(button, answer);
      return answer;
    };

    return async (incoming, signal) => {
      if (incoming.kind !== 'command' && incoming.kind !== 'action') return next(incoming, signal);
      // Without an id any two activities of a conversation would look like one.
      if (incoming.scope.activityId === '')
        return incoming.kind === 'action' ? press(incoming, signal) : next(incoming, signal);
      const activity = activityOf(incoming);
      if (incoming.kind === 'command') {
        // Not its answer: thousands of cards would be kept for nobody.
        if (commands.has(activity)) return undefined;
        commands.set(activity, true);
        return next(incoming, signal);
      }
      const earlier = presses.get(activity);
      if (earlier !== undefined) return earlier;
      const answer = press(incoming, signal);
      presses.set(activity, answer);
      return answer;
    };
  };

const activityOf = ({ kind, scope }: Extract<Incoming, { kind: 'command' | 'action' }>): string =>
  JSON.stringify([kind, scope.address.tenantId, scope.address.conversationId, scope.activityId]);

const buttonOf = ({ verb, data, messageId, scope }: Press): string =>
  JSON.stringify([
    scope.address.tenantId,
    scope.conversationKey,
    scope.person.id,
    messageId,
    verb,
    data,
  ]);

/** A note is on the disk before the turn goes on, which takes as long as all else in it. */
export const isNew = async (
  { store, clock, looksOnly }: Ports,
  incoming: Incoming,
): Promise<boolean> => {
  const acts =
    (incoming.kind === 'command' && !looksOnly(incoming.text)) ||
    (incoming.kind === 'action' && incoming.trigger === 'manual');
  if (!acts || incoming.scope.activityId === '') return true;
  const { conversationKey, activityId } = incoming.scope;
  return store.seenActivities.note(conversationKey, activityId, clock.now());
};

/** What was typed has been answered; a press needs an answer all the same. */
export const repeated = (incoming: Incoming): undefined => {
  if (incoming.kind !== 'action') return undefined;
  throw new AppError('expired', 'activity repeated', {
    explanation: 'This was done already, so nothing was done again.',
  });
};

/** Teams tells an installation twice, as `installationUpdate` and as `membersAdded`: one welcome is enough. */
export const welcomeOnce = (): Middleware => (next) => {
  const welcomed = new LRUCache<string, true>({ max: 10_000 });
  return async (incoming, signal) => {
    if (incoming.kind !== 'installed' && incoming.kind !== 'removed') return next(incoming, signal);
    const { address, conversationKey } = incoming.scope;
    const key = JSON.stringify([address.tenantId, conversationKey]);
    if (incoming.kind === 'removed') welcomed.delete(key);
    else if (welcomed.has(key)) return undefined;
    else welcomed.set(key, true);
    return next(incoming, signal);
  };
};
