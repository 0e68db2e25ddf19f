import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import type { ListedLiveShare } from '../../platform/trace.ts';

/** Which LiveShare a link is. */
export interface LiveShareFinder {
  /** Nothing where none is it, or the list cannot be read: a link is worth no error. */
  find(account: string, link: LiveShareLink): Promise<ListedLiveShare | undefined>;
}

interface LiveShareLink {
  readonly url: string;
  /** Parts of the link, one of which may be the id of the LiveShare. */
  readonly ids: readonly string[];
}

interface Ports {
  readonly clock: Clock;
  readonly pingPlotter: (account: string) => Pick<PingPlotter, 'liveShares'>;
}

/** People paste a link right after somebody made it. */
const freshForMs = 60_000;
const mostAccounts = 100;

/** One list serves all links that are pasted within a minute, also where it was refused. */
export const createLiveShareFinder = ({ clock, pingPlotter }: Ports): LiveShareFinder => {
  const lists = new LRUCache<string, Promise<readonly ListedLiveShare[]>>({
    max: mostAccounts,
    ttl: freshForMs,
    ttlResolution: 0,
    perf: { now: () => clock.monotonic() },
  });
  const listOf = (account: string): Promise<readonly ListedLiveShare[]> => {
    const known = lists.get(account);
    if (known !== undefined) return known;
    const list = pingPlotter(account)
      .liveShares()
      .catch(() => []);
    lists.set(account, list);
    return list;
  };
  return {
    find: async (account, { url, ids }) => {
      const wanted = addressOf(url);
      const named = new Set(ids);
      return (await listOf(account)).find(
        (share) => addressOf(share.url) === wanted || (share.id !== '' && named.has(share.id)),
      );
    },
  };
};

/** Without what a browser adds behind it. */
const addressOf = (text: string): string => {
  if (!URL.canParse(text)) return text;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/$/u, '')}`;
};
