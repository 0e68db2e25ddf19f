import type { AgentId } from '../../platform/agent.ts';
import { inSlices } from '../../platform/slices.ts';
import { groupBy } from '../../shared/grouped.ts';
import type { OwnChange } from '../changes/domain/own-change.ts';
import { indexFleet } from '../diagnosis/domain/fleet-index.ts';
import { answersCountMs, silentRules } from '../diagnosis/domain/verdicts.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { ConnectionChange } from '../fleet/domain/connection-change.ts';
import type { ObservedFleet } from '../fleet/domain/observation.ts';
import { readWatch } from '../watches/domain/watch.ts';
import type { StoredWatch } from '../watches/store.ts';
import { commitSuppressed } from './commit-suppressed.ts';
import { sinceOf } from './domain/alert-detail.ts';
import { isWorthStoring } from './domain/alert-state.ts';
import { remindersOf } from './domain/calls.ts';
import type { Evaluation } from './domain/evaluate.ts';
import { type EvaluationIndex, indexEvaluations } from './domain/evaluation-index.ts';
import type { Groups } from './domain/group-alerts.ts';
import { findJustBefore } from './domain/just-before.ts';
import { type PlannedNotifications, planNotifications } from './domain/plan-notifications.ts';
import { termsKey } from './domain/watch-plan.ts';
import type { AlertingCollections } from './ports.ts';
import { type AlertingState, pendingOf } from './state.ts';
import type { AlertStateKey, StoredAlertState } from './store.ts';
import { type HoursByConversation, readSilences } from './suppression.ts';

interface Ports {
  readonly account: string;
  readonly newId: () => string;
  readonly pollSeconds: number;
}

export interface PollFindings {
  readonly evaluations: readonly Evaluation[];
  readonly fleet: ObservedFleet | undefined;
  readonly groups: Groups;
  /** Read before the transaction, because they may have to be learned. */
  readonly hours: HoursByConversation;
  /** How the agent was connected, and what the bot did to it. */
  readonly changesOf: (agentId: AgentId) => readonly ConnectionChange[];
  readonly ownChanges: readonly OwnChange[];
  readonly now: number;
}

/**
 * Stores what the evaluations of a poll mean, in the transaction of the poll: states, alerts, and
 * the messages that follow.
 */
export const commitEvaluations = async (
  ports: Ports,
  tx: AlertingCollections,
  state: AlertingState,
  stored: readonly StoredWatch[],
  { evaluations, fleet, groups, hours, changesOf: connections, ownChanges, now }: PollFindings,
): Promise<Pick<PlannedNotifications, 'groups' | 'open' | 'pending' | 'suppressed'>> => {
  const { account } = ports;
  // A watch whose terms changed during the poll is evaluated by the next one.
  const watches = stored
    .filter((one) => state.terms.get(one.id) === termsKey(one))
    .flatMap((one) => readWatch(one) ?? []);
  const current = new Set(watches.map(({ id }) => id));
  const ownChangesOf = groupBy(ownChanges, ({ agent }) => agent);
  const known = evaluations.filter(({ watchId }) => current.has(watchId));
  const evaluated = await indexEvaluations(known, watches);
  const planned = await planNotifications(ports, {
    evaluated,
    watches,
    unread: new Set(stored.map(({ id }) => id).filter((id) => !current.has(id))),
    open: await tx.alerts.current(account),
    groups,
    pending: pendingOf(state, watches),
    suppressed: state.suppressed,
    silences: await readSilences(tx, account, now, hours),
    comparison: async () => ({
      index: await indexFleet(fleet?.observations ?? [], ({ view }) => view),
      silent: silentRules(await tx.verdicts.answers(account, now - answersCountMs)),
    }),
    viewOf: viewFinder(fleet, evaluated),
    changeBefore: (agentId, detail) =>
      findJustBefore(
        sinceOf(detail),
        detail.rows.map(({ sessionId }) => sessionId),
        connections(agentId),
        ownChangesOf.get(agentId) ?? [],
      ),
    book: state.book,
    now,
  });
  await storeStates(tx, account, known);
  await tx.alerts.open(planned.opened);
  await tx.alerts.save(planned.changed);
  await tx.outbox.enqueue(planned.drafts);
  await commitSuppressed(tx, account, planned.suppressed, now);
  const begun = remindersOf([...planned.opened, ...planned.changed], watches, now);
  if (begun.length > 0) await tx.reminders.begin(begun, false);
  return planned;
};

const storeStates = async (
  tx: Pick<AlertingCollections, 'alertStates'>,
  account: string,
  evaluations: readonly Evaluation[],
): Promise<void> => {
  const saved: StoredAlertState[] = [];
  const forgotten: AlertStateKey[] = [];
  await inSlices(evaluations, ({ watchId, agentId, sessionId, before, after: state }) => {
    if (state === undefined) forgotten.push({ watchId, agentId, sessionId });
    else if (isWorthStoring(before?.state, state))
      saved.push({ watchId, agentId, sessionId, state: { state } });
  });
  await tx.alertStates.save(account, saved);
  await tx.alertStates.forget(account, forgotten);
};

/** The newest view of an agent. An index of the fleet is made only if somebody asks. */
const viewFinder = (
  fleet: ObservedFleet | undefined,
  evaluated: EvaluationIndex,
): ((agentId: string) => AgentView | undefined) => {
  let byId: ReadonlyMap<string, { readonly view: AgentView }> | undefined;
  return (agentId) => {
    const view = evaluated.viewOf(agentId);
    if (view !== undefined) return view;
    byId ??= new Map((fleet?.observations ?? []).map((one) => [one.facts.agent.id, one]));
    return byId.get(agentId)?.view;
  };
};
