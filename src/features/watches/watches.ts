import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import { type AppError, refusal } from '../../platform/errors.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { Transactional } from '../../platform/store.ts';
import { requireFilterLength } from '../fleet/domain/filter.ts';
import { hasFreeWords } from '../fleet/domain/understand-filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { readWatch, termsOf, type Watch, type WatchRule } from './domain/watch.ts';
import { requireLimitsReadable } from './limit-check.ts';
import type { AlertCloser, WatchEditor } from './ports.ts';
import type { Watches } from './store.ts';

interface Ports<Collections> {
  readonly alerts: AlertCloser<Collections>;
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'count' | 'read' | 'understand'>;
  readonly newId: () => string;
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly store: Transactional<Collections> & {
    readonly outbox: Outbox;
    readonly watches: Watches;
  };
}

/** Per conversation. Each poll reads all watches, so their number must be bounded. */
const mostWatches = 100;

export const createWatchEditor = <Collections extends { readonly watches: Watches }>({
  alerts,
  clock,
  fleets,
  newId,
  pingPlotter,
  store,
}: Ports<Collections>): WatchEditor => {
  const list = async (scope: Scope): Promise<readonly Watch[]> =>
    (await store.watches.list(conversationOf(scope))).flatMap((stored) => readWatch(stored) ?? []);

  const find = async (scope: Scope, id: string): Promise<Watch> => {
    const stored = await store.watches.find(id);
    const watch =
      stored !== undefined && isSameConversation(stored, scope) ? readWatch(stored) : undefined;
    if (watch === undefined) throw goneWatch();
    return watch;
  };

  /** Words that nobody has now are more likely a slip than agents to come: a watch on them would be silent for ever. */
  const understand = async (scope: Scope, typed: WatchRule): Promise<WatchRule> => {
    requireFilterLength(typed.filter);
    const filter = await fleets.understand(scope, typed.filter);
    if (hasFreeWords(filter) && (await fleets.count(scope.account, filter)) === 0)
      throw refusal('bad-input', 'watch.matches-nobody', { typed: typed.filter });
    if (typed.limits !== undefined)
      await requireLimitsReadable({ clock, fleets, pingPlotter }, scope.account, filter);
    return { ...typed, filter };
  };

  const end = async (scope: Scope, id: string): Promise<Watch> => {
    const watch = await find(scope, id);
    const now = clock.now();
    const ended = await store.transaction(async (tx) => {
      const removed = await tx.watches.remove(conversationOf(scope), watch.number);
      if (removed !== undefined) await alerts.close(tx, watch, now);
      return removed;
    });
    if (ended === undefined) throw goneWatch();
    return watch;
  };

  return {
    list,
    find,
    understand,
    end,
    endNumber: async (scope, number) => {
      const watches = await store.watches.list(conversationOf(scope));
      const found = watches.find((watch) => watch.number === number);
      if (found === undefined) throw refusal('not-found', 'watch.no-such-number', { number });
      return end(scope, found.id);
    },
    create: async (scope, typed) => {
      const rule = await understand(scope, typed);
      const watches = await list(scope);
      const same = watches.find((watch) => JSON.stringify(watch.rule) === JSON.stringify(rule));
      if (same !== undefined) return same;
      if (watches.length >= mostWatches)
        throw refusal('bad-input', 'watch.too-many', { most: mostWatches });
      const { id, number, madeBy } = await store.watches.add({
        ...conversationOf(scope),
        ...termsOf(rule),
        madeBy: actorOf(scope),
        createdAt: clock.now(),
      });
      return { ...conversationOf(scope), id, number, madeBy, rule };
    },
    change: async (scope, id, terms) => {
      const watch = await find(scope, id);
      const rule = withUnshownOf(watch.rule, await understand(scope, terms));
      if (JSON.stringify(rule) === JSON.stringify(watch.rule)) return watch;
      const changed = await store.transaction(async (tx) => {
        const found = await tx.watches.change(id, termsOf(rule));
        if (found) await alerts.close(tx, watch, clock.now());
        return found;
      });
      if (!changed) throw goneWatch();
      return { ...watch, rule };
    },
    test: async (scope, id) => {
      const watch = await find(scope, id);
      const payload: Notice = { kind: 'test', watchId: id, by: scope.person.name };
      const dueAt = clock.now();
      await store.outbox.enqueue([
        { ...conversationOf(scope), card: newId(), kind: 'post', payload, dueAt },
      ]);
      return watch;
    },
  };
};

/** What the form does not show stays; quiet hours that it leaves unchanged keep their days and time zone. */
const withUnshownOf = ({ quiet, always }: WatchRule, after: WatchRule): WatchRule => ({
  ...after,
  ...(always === true && after.offline ? { always } : {}),
  ...(quiet !== undefined && quiet.from === after.quiet?.from && quiet.to === after.quiet.to
    ? { quiet }
    : {}),
});

const goneWatch = (): AppError => refusal('changed', 'watch.gone');
