import type { Needs } from '../../app.ts';
import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import { AppError } from '../../platform/errors.ts';
import type { Notice } from '../../platform/notice.ts';
import { closeAlerts } from '../alerting/update-cards.ts';
import { requireReadable } from '../fleet/domain/filter.ts';
import { type KeptWatch, readWatch, termsOf, type WatchRule } from './domain/watch.ts';

type Watching = Needs<never, 'watches'>;

/** A watch of this conversation; what a button names may belong to another one, or be gone. */
export const findWatch =
  ({ store }: Watching) =>
  async (scope: Scope, id: string): Promise<KeptWatch> => {
    const stored = await store.watches.find(id);
    const watch =
      stored !== undefined && isSameConversation(stored, scope) ? readWatch(stored) : undefined;
    if (watch === undefined) throw goneWatch();
    return watch;
  };

export const goneWatch = (): AppError =>
  new AppError('changed', 'watch is gone', {
    explanation: 'This watch has ended. Type “watches” to see those that there are.',
  });

/** Gives a watch new terms under its number; what it knew is forgotten, so it starts anew. Throws 'bad-input'. */
export const changeWatch =
  (ports: Needs<'clock', 'watches' | 'transaction'>) =>
  async (scope: Scope, id: string, terms: WatchRule): Promise<KeptWatch> => {
    requireReadable(terms.filter);
    const watch = await findWatch(ports)(scope, id);
    const rule = withQuietOf(watch.rule, terms);
    if (JSON.stringify(rule) === JSON.stringify(watch.rule)) return watch;
    const changed = await ports.store.transaction(async (tx) => {
      const found = await tx.watches.change(id, termsOf(rule));
      if (found) await closeAlerts(tx, watch, ports.clock.now());
      return found;
    });
    if (!changed) throw goneWatch();
    return { ...watch, rule };
  };

/** Quiet hours that somebody else did not touch keep the days and the time zone that they were made for. */
const withQuietOf = ({ quiet: before }: WatchRule, after: WatchRule): WatchRule =>
  before !== undefined && before.from === after.quiet?.from && before.to === after.quiet.to
    ? { ...after, quiet: before }
    : after;

/** Nobody reads so many; every sweep has to. */
const most = 100;

/** Watches from now on. What is watched here already is not watched twice: it would tell everything twice. Throws 'bad-input'. */
export const createWatch =
  (ports: Needs<'clock', 'watches'>) =>
  async (scope: Scope, rule: WatchRule): Promise<KeptWatch> => {
    requireReadable(rule.filter);
    const watches = await watchesHere(ports)(scope);
    const same = watches.find((watch) => JSON.stringify(watch.rule) === JSON.stringify(rule));
    if (same !== undefined) return same;
    if (watches.length >= most)
      throw new AppError('bad-input', 'too many watches', {
        explanation: `There are ${most} watches here already. End one first: “watches” shows them.`,
      });
    const { id, number, madeBy } = await ports.store.watches.add({
      ...conversationOf(scope),
      ...termsOf(rule),
      madeBy: actorOf(scope),
      createdAt: ports.clock.now(),
    });
    return { ...conversationOf(scope), id, number, madeBy, rule };
  };

type Ports = Needs<'clock', 'watches' | 'transaction'>;

/** Ends a watch. Its cards stop being kept up to date, and say so. */
export const endWatch =
  (ports: Ports) =>
  async (scope: Scope, id: string): Promise<KeptWatch> => {
    const watch = await findWatch(ports)(scope, id);
    const now = ports.clock.now();
    const ended = await ports.store.transaction(async (tx) => {
      const removed = await tx.watches.remove(conversationOf(scope), watch.number);
      if (removed !== undefined) await closeAlerts(tx, watch, now);
      return removed;
    });
    if (ended === undefined) throw goneWatch();
    return watch;
  };

/** As endWatch, by the number that `watches` shows. */
export const endWatchNumber =
  (ports: Ports) =>
  async (scope: Scope, number: number): Promise<KeptWatch> => {
    const watches = await ports.store.watches.list(conversationOf(scope));
    const found = watches.find((watch) => watch.number === number);
    if (found === undefined)
      throw new AppError('not-found', 'no such watch number', {
        explanation: `There is no watch ${number} here. Type “watches” to see them with their numbers.`,
      });
    return endWatch(ports)(scope, found.id);
  };

/** The watches of this conversation, by number. */
export const watchesHere =
  ({ store }: Needs<never, 'watches'>) =>
  async (scope: Scope): Promise<readonly KeptWatch[]> =>
    (await store.watches.list(conversationOf(scope))).flatMap((stored) => readWatch(stored) ?? []);

/** Sends this conversation a sample of what the watch would tell, the way that it would come. */
export const testWatch =
  (ports: Needs<'clock' | 'newId', 'watches' | 'outbox'>) =>
  async (scope: Scope, id: string): Promise<KeptWatch> => {
    const watch = await findWatch(ports)(scope, id);
    const payload: Notice = { kind: 'test', watchId: id, by: scope.person.name };
    const dueAt = ports.clock.now();
    await ports.store.outbox.enqueue([
      { ...conversationOf(scope), card: ports.newId(), kind: 'post', payload, dueAt },
    ]);
    return watch;
  };
