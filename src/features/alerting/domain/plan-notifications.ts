import type { AgentId } from '../../../platform/agent.ts';
import type { OutboxDraft } from '../../../platform/outbox.ts';
import type { Comparison } from '../../diagnosis/domain/diagnose-problem.ts';
import { indexOf } from '../../diagnosis/domain/fleet-index.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { AlertDraft, StoredAlert } from '../store.ts';
import { type AlertPlace, changeAlerts, type Pending, type Silences } from './alert-changes.ts';
import { noteMade } from './alert-detail.ts';
import type { StateIndex } from './alert-states.ts';
import { diagnoseAlerts, isDiagnosed } from './diagnose-alerts.ts';
import type { EvaluationIndex } from './evaluation-index.ts';
import { type ChangeBefore, type Groups, groupAlerts } from './group-alerts.ts';
import { groupWindowMs } from './grouping.ts';
import { draftNotifications } from './notifications.ts';
import { createProblemFinder } from './problems.ts';
import type { SuppressedAlert, SuppressedChanges } from './suppressed-alerts.ts';

export interface PlannedNotifications {
  readonly opened: readonly AlertDraft[];
  readonly changed: readonly StoredAlert[];
  /** All that have not ended. */
  readonly open: readonly (AlertDraft | StoredAlert)[];
  readonly drafts: readonly OutboxDraft[];
  readonly groups: Groups;
  readonly pending: ReadonlyMap<string, Pending>;
  readonly suppressed: SuppressedChanges;
}

export interface PlanningFacts {
  readonly evaluated: EvaluationIndex;
  /** Those whose terms hold. */
  readonly watches: readonly Watch[];
  /** The ids of those that cannot be read, or whose terms have just changed. */
  readonly unread: ReadonlySet<string>;
  readonly open: readonly StoredAlert[];
  /** The open groups, by their ids. */
  readonly groups: Groups;
  /** Places with problems that were suppressed before. */
  readonly pending: readonly AlertPlace[];
  readonly silences: Silences;
  /** Those of the poll before, by placeKey. */
  readonly suppressed: ReadonlyMap<string, SuppressedAlert>;
  /** The fleet as it was seen last, made only if something begins or gets worse. */
  readonly comparison: () => Promise<Comparison>;
  readonly viewOf: (agentId: AgentId) => AgentView | undefined;
  readonly changeBefore: ChangeBefore;
  readonly book: Pick<StateIndex, 'ofWatch'>;
  readonly now: number;
}

/** The alerts and messages that follow from all evaluations together. */
export const planNotifications = async (
  { newId }: { readonly newId: () => string },
  facts: PlanningFacts,
): Promise<PlannedNotifications> => {
  const { evaluated, open, groups, now, viewOf } = facts;
  const { changes, pending, suppressed } = await changeAlerts({
    ...facts,
    places: [...evaluated.places, ...facts.pending],
    problems: createProblemFinder(facts.book, evaluated),
    newId,
  });
  const comparison = changes.some(isDiagnosed) ? await facts.comparison() : nothingToCompare;
  const together = await groupAlerts(changes, open, groups, {
    windowMs: groupWindowMs,
    now,
    newId,
    viewOf,
    index: comparison.index,
    changeBefore: facts.changeBefore,
  });
  const diagnosed = await diagnoseAlerts(together.changes, viewOf, comparison);
  const grouped = { ...together, changes: diagnosed };
  const newest = new Map<string, AlertDraft | StoredAlert>(open.map((one) => [one.id, one]));
  for (const { alert, detail } of grouped.changes) {
    newest.set(alert.id, alert);
    noteMade(detail);
  }
  const all = [...newest.values()];
  const still = all.filter(({ closedAt }) => closedAt === undefined);
  const before = new Set<AlertDraft | StoredAlert>(open);
  return {
    ...draftNotifications(grouped, groups, still, now),
    opened: all.filter((alert) => !isStored(alert)),
    changed: all.filter(isStored).filter((alert) => !before.has(alert)),
    open: still,
    pending,
    suppressed,
  };
};

const nothingToCompare: Comparison = { index: indexOf([]), silent: new Set() };

const isStored = (alert: AlertDraft | StoredAlert): alert is StoredAlert => 'number' in alert;
