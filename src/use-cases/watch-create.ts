import { AppError } from '../core/errors.ts';
import { type KeptWatch, termsOf } from '../core/kept-watch.ts';
import type { Scope } from '../core/turn.ts';
import type { WatchRule } from '../core/watch.ts';
import { actorOf, conversationOf } from './actor.ts';
import type { Needs } from './ports.ts';
import { requireReadable } from './readable-filter.ts';
import { watchesHere } from './watch-list.ts';

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
