import { type Filter, matches, parseFilter } from '../core/filter.ts';
import type { AgentTest } from '../core/filter-conditions.ts';
import { type KeptWatch, readWatch } from '../core/kept-watch.ts';
import type { OfflineRule } from '../core/offline-alert.ts';
import { optional } from '../core/optional.ts';
import type { QualityRule } from '../core/quality-alert.ts';
import { isStable, stablePart } from '../core/stable-filter.ts';
import type { StoredWatch } from '../core/watch-stores.ts';

/** Watches with the same filter: each agent is asked once for all of them. */
export interface WatchGroup {
  /** What names agents: whoever is watched already stays so while this holds, see stablePart. Absent = nobody is named, all are meant. */
  readonly stays: AgentTest | undefined;
  /** All that the filter asks, where that is more. */
  readonly meets: AgentTest | undefined;
  readonly watches: readonly WatchTerms[];
}

/** What one watch asks of an agent, and of each of its sessions. */
export interface WatchTerms {
  readonly id: string;
  readonly presence: OfflineRule | undefined;
  readonly quality: QualityRule | undefined;
}

/** Watches whose rule or filter cannot be read are left out: they must not hide the others. */
export const groupWatches = (
  stored: readonly StoredWatch[],
  pollSeconds: number,
): readonly WatchGroup[] => {
  const byFilter = new Map<string, WatchTerms[]>();
  for (const watch of stored.flatMap((one) => readWatch(one) ?? [])) {
    const terms = termsOf(watch, pollSeconds);
    const same = byFilter.get(watch.rule.filter);
    if (same === undefined) byFilter.set(watch.rule.filter, [terms]);
    else same.push(terms);
  }
  return [...byFilter].flatMap(([filter, watches]) => {
    const tests = readTests(filter);
    return tests === undefined ? [] : [{ ...tests, watches }];
  });
};

const termsOf = ({ id, rule }: KeptWatch, pollSeconds: number): WatchTerms => {
  const { offline, quality, afterMs } = rule;
  const patience = { pollSeconds, ...optional('afterMs', afterMs) };
  return {
    id,
    presence: offline ? patience : undefined,
    quality: quality === 'none' ? undefined : { ...patience, quality },
  };
};

const readTests = (text: string): Pick<WatchGroup, 'meets' | 'stays'> | undefined => {
  try {
    const filter = parseFilter(text);
    const stable = stablePart(filter);
    return {
      stays: asksSomething(stable) ? matches(stable) : undefined,
      meets: isStable(filter) ? undefined : matches(filter),
    };
  } catch {
    return undefined;
  }
};

const asksSomething = ({ anyOf }: Filter): boolean =>
  anyOf.length > 0 && anyOf.every((terms) => terms.length > 0);

/** What a change of the watch's terms changes. */
export const termsKey = ({ rule }: Pick<StoredWatch, 'rule'>): string => JSON.stringify(rule);
