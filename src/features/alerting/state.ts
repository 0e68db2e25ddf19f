import { z } from 'zod';
import type { AgentId } from '../../platform/agent.ts';
import { inSlices } from '../../platform/slices.ts';
import type { Suppressions } from '../silence/store.ts';
import type { Watch } from '../watches/domain/watch.ts';
import type { StoredWatch } from '../watches/store.ts';
import { loadSuppressed } from './commit-suppressed.ts';
import type { AlertPlace, Pending } from './domain/alert-changes.ts';
import { type AlertState, WatchState } from './domain/alert-state.ts';
import { createStateIndex, type StateChange, type StateIndex } from './domain/alert-states.ts';
import { type HeldChanges, heldUntil } from './domain/held-changes.ts';
import type { SuppressedAlert } from './domain/suppressed-alerts.ts';
import { createWatchMatching, termsKey, type WatchMatching } from './domain/watch-plan.ts';
import type { AlertDraft, AlertStateKey, AlertStates, Alerts } from './store.ts';

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
  /** The alerts that the poll before left open. Absent after a restart: then the store says which. */
  readonly open?: readonly AlertDraft[];
  /** Suppressed problems, by placeKey. Absent after a restart: then the states say which. */
  readonly pending?: ReadonlyMap<string, Pending>;
  /** Alerts as they would be without silences, by placeKey. */
  readonly suppressed: ReadonlyMap<string, SuppressedAlert>;
  /** Changes of the fleet that silences hold back. */
  readonly heldChanges?: HeldChanges;
}

/** When the first silence ends that suppresses something, in ms since 1970. */
export const silentUntil = ({
  pending,
  heldChanges = {},
}: Pick<AlertingState, 'pending' | 'heldChanges'>): number | undefined => {
  const ends = [
    ...[...(pending?.values() ?? [])].map(({ silence }) => silence.until),
    ...[heldUntil(heldChanges) ?? []].flat(),
  ];
  return ends.length === 0 ? undefined : Math.min(...ends);
};

/** Where something may be suppressed that is to be looked at again. */
export const pendingOf = (
  { pending, book }: Pick<AlertingState, 'pending' | 'book'>,
  watches: readonly Watch[],
): readonly AlertPlace[] => {
  if (pending !== undefined) return [...pending.values()].map(({ place }) => place);
  return watches.flatMap(({ id, account, conversationKey }) =>
    [...book.ofWatch(id)]
      .filter(([, sessions]) =>
        [...sessions.values()].some(({ state }) => state.problem !== undefined),
      )
      .map(([agentId]) => ({ account, conversationKey, agentId })),
  );
};

/** Read `watches` first: if terms change in between, the states of the old terms are dropped. */
export const loadAlerting = async (
  store: LoadingStore,
  account: string,
  watches: readonly StoredWatch[],
): Promise<AlertingState> => ({
  book: await loadStates(store, account),
  terms: new Map(watches.map((watch) => [watch.id, termsKey(watch)])),
  matching: createWatchMatching(),
  listedAt: new Map(),
  suppressed: await loadSuppressed(store, account),
});

interface LoadingStore {
  readonly alertStates: AlertStates;
  readonly alerts: Pick<Alerts, 'current'>;
  readonly suppressions: Pick<Suppressions, 'alerts'>;
}

const loadStates = async (store: LoadingStore, account: string): Promise<StateIndex> => {
  const book = createStateIndex();
  const changes: StateChange[] = [];
  const alerts = new Set((await store.alerts.current(account)).map(thingKey));
  await inSlices(await store.alertStates.all(account), ({ state, ...key }) => {
    const { data } = WatchState.safeParse(state);
    if (data === undefined) return;
    const isUnannounced = isFormerUnsuppressed(state) && !alerts.has(thingKey(key));
    changes.push({ ...key, after: isUnannounced ? withoutProblem(data.state) : data.state });
  });
  await book.apply(changes);
  return book;
};

const thingKey = ({ watchId, agentId, sessionId }: AlertStateKey): string =>
  `${watchId}\n${agentId}\n${sessionId}`;

/** Up to version 0.1 what had been bad for long at first was a problem without an alert. */
const FormerState = z.object({
  state: z.object({ worse: z.number() }),
  held: z.undefined().optional(),
});

const isFormerUnsuppressed = (state: unknown): boolean => FormerState.safeParse(state).success;

const withoutProblem = ({ problem: _, ...state }: AlertState): AlertState => state;

export const forgetEnded = (
  { book, terms }: Pick<AlertingState, 'book' | 'terms'>,
  existing: ReadonlySet<string>,
): void => {
  for (const id of book.watches()) if (!existing.has(id)) book.forgetWatch(id);
  for (const id of terms.keys()) if (!existing.has(id)) terms.delete(id);
};
