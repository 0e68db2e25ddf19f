import type { AgentId } from '../../platform/agent.ts';
import { inSlices } from '../../platform/slices.ts';
import type { StoredWatch } from '../watches/store.ts';
import { WatchState } from './domain/alert-state.ts';
import { createStateIndex, type StateChange, type StateIndex } from './domain/alert-states.ts';
import { createWatchMatching, termsKey, type WatchMatching } from './domain/watch-plan.ts';
import type { AlertStates } from './store.ts';

/**
 * What alerting remembers between polls. What a restart must not lose changes here only once it is
 * stored.
 */
export interface AlertingState {
  readonly book: StateIndex;
  /** The terms under which the states of each watch were evaluated. */
  readonly terms: Map<string, string>;
  readonly matching: WatchMatching;
  /**
   * When the session list of an agent without fresh readings was last requested, in ms since 1970.
   * Not stored: after a restart it is requested once more.
   */
  readonly listedAt: Map<AgentId, number>;
  /** When the first silence ends that suppresses something, in ms since 1970. */
  readonly silentUntil?: number;
}

/** Read `watches` first: if terms change in between, the states of the old terms are dropped. */
export const loadAlerting = async (
  store: { readonly alertStates: AlertStates },
  account: string,
  watches: readonly StoredWatch[],
): Promise<AlertingState> => ({
  book: await loadStates(store, account),
  terms: new Map(watches.map((watch) => [watch.id, termsKey(watch)])),
  matching: createWatchMatching(),
  listedAt: new Map(),
});

const loadStates = async (
  store: { readonly alertStates: AlertStates },
  account: string,
): Promise<StateIndex> => {
  const book = createStateIndex();
  const changes: StateChange[] = [];
  await inSlices(await store.alertStates.all(account), ({ state, ...key }) => {
    const { data } = WatchState.safeParse(state);
    if (data !== undefined) changes.push({ ...key, after: data });
  });
  book.apply(changes);
  return book;
};

export const forgetEnded = (
  { book, terms }: Pick<AlertingState, 'book' | 'terms'>,
  existing: ReadonlySet<string>,
): void => {
  for (const id of book.watches()) if (!existing.has(id)) book.forgetWatch(id);
  for (const id of terms.keys()) if (!existing.has(id)) terms.delete(id);
};
