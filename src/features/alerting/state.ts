import type { AgentId } from '../../platform/agent.ts';
import { inSlices } from '../../platform/slices.ts';
import type { StoredWatch } from '../watches/store.ts';
import { WatchState } from './domain/alert-state.ts';
import { createStateIndex, type StateChange, type StateIndex } from './domain/alert-states.ts';
import { createWatchMatching, termsKey, type WatchMatching } from './domain/watch-plan.ts';
import type { AlertStates } from './store.ts';

/** What alerting knows from one poll to the next. Its maps are changed only once what they say is stored. */
export interface AlertingState {
  readonly book: StateIndex;
  /** The terms that each watch's states were learned under. */
  readonly terms: Map<string, string>;
  readonly matching: WatchMatching;
  /**
   * When the list of an agent's sessions was asked for last, ms since 1970; of those that fell silent
   * only. It is not stored: after a restart it is asked for once more.
   */
  readonly listedAt: Map<AgentId, number>;
  /** When the first silence ends that holds something back, ms since 1970. */
  readonly silentUntil?: number;
}

/** `watches` must be read before: a change of terms in between forgets states that were read already. */
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
