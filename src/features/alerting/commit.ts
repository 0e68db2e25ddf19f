import type { Maintenance, Mutes } from '../silence/store.ts';
import { readWatch, type Watch } from '../watches/domain/watch.ts';
import type { StoredWatch } from '../watches/store.ts';
import type { Evaluation } from './domain/evaluate.ts';
import { type AlertTransitions, transitionAll } from './domain/transition-all.ts';
import { termsKey } from './domain/watch-plan.ts';
import type { AlertingState } from './state.ts';
import type { Alerts, StoredAlert } from './store.ts';
import { readSilences } from './suppression.ts';

interface Collections {
  readonly alerts: Alerts;
  readonly maintenance: Maintenance;
  readonly mutes: Mutes;
}

interface TransitionedAlerts {
  readonly transitions: AlertTransitions;
  readonly watches: ReadonlyMap<string, Watch>;
  /** The ids of all watches, readable or not. */
  readonly existing: ReadonlySet<string>;
  readonly open: readonly StoredAlert[];
}

export const loadTransitions = async (
  tx: Collections,
  account: string,
  { terms }: Pick<AlertingState, 'terms'>,
  stored: readonly StoredWatch[],
  evaluations: readonly Evaluation[],
  now: number,
): Promise<TransitionedAlerts> => {
  // A watch whose terms changed during the poll is evaluated by the next one.
  const unchanged = stored.filter((one) => terms.get(one.id) === termsKey(one));
  const watches = new Map(
    unchanged.flatMap((one) => readWatch(one) ?? []).map((watch) => [watch.id, watch]),
  );
  const open = await tx.alerts.current(account);
  const silences = await readSilences(tx, account, now);
  const closedInSilence = await findClosedInSilence(tx, evaluations);
  const transitions = transitionAll(evaluations, { watches, silences, open, closedInSilence });
  return { transitions, watches, existing: new Set(stored.map(({ id }) => id)), open };
};

/** The alerts whose end a silence suppressed. */
const findClosedInSilence = async (
  tx: Pick<Collections, 'alerts'>,
  evaluations: readonly Evaluation[],
): Promise<ReadonlyMap<string, StoredAlert>> => {
  const ids = evaluations.flatMap(({ before }) => before?.held?.alertId ?? []);
  const alerts = ids.length === 0 ? [] : await tx.alerts.withIds(ids);
  return new Map(alerts.map((alert) => [alert.id, alert]));
};

export const saved = ({ worthStoring }: AlertTransitions) =>
  worthStoring.flatMap(({ after, ...key }) =>
    after === undefined ? [] : { ...key, state: after },
  );

export const forgotten = ({ worthStoring }: AlertTransitions) =>
  worthStoring.filter(({ after }) => after === undefined);
