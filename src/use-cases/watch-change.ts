import { type KeptWatch, termsOf } from '../core/kept-watch.ts';
import type { Scope } from '../core/turn.ts';
import type { WatchRule } from '../core/watch.ts';
import { findWatch, goneWatch } from './find-watch.ts';
import type { Needs } from './ports.ts';
import { requireReadable } from './readable-filter.ts';
import { closeAlerts } from './watch-end.ts';

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
