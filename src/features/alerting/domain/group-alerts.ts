import type { AgentId } from '../../../platform/agent.ts';
import { conversationId } from '../../../platform/conversation.ts';
import { groupInSlices, inSlices, otherTurns } from '../../../platform/slices.ts';
import { groupBy } from '../../../shared/grouped.ts';
import { optional } from '../../../shared/optional.ts';
import type { FleetIndex } from '../../diagnosis/domain/fleet-index.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { StoredAlert } from '../store.ts';
import type { AlertChange } from './alert-changes.ts';
import { type AlertDetail, readDetail } from './alert-detail.ts';
import { isGroup, type OpenGroup } from './grouping.ts';
import { createGroupFinder, type LiveGroup, withOwnCause } from './joining.ts';
import type { JustBefore } from './just-before.ts';

export type Groups = Readonly<Record<string, OpenGroup>>;

export interface GroupedChanges {
  readonly changes: readonly AlertChange[];
  /** Alerts that had a card of their own and are shown by that of a group now. */
  readonly moved: readonly StoredAlert[];
}

export interface GroupingContext {
  readonly windowMs: number;
  readonly now: number;
  readonly newId: () => string;
  readonly viewOf: (agentId: string) => AgentView | undefined;
  /** The fleet as it was seen last. */
  readonly index: FleetIndex;
  /** What is known to have changed before the problem of an agent. */
  readonly changeBefore: ChangeBefore;
}

export type ChangeBefore = (agentId: AgentId, detail: AlertDetail) => JustBefore | undefined;

/**
 * Puts new alerts of one conversation on one card when they come together: three and more agents
 * within the window, or any that joins an open group. `open` = the alerts before.
 */
export const groupAlerts = async (
  changes: readonly AlertChange[],
  open: readonly StoredAlert[],
  before: Groups,
  context: GroupingContext,
): Promise<GroupedChanges> => {
  const { windowMs, now, newId } = context;
  const groupFor = createGroupFinder(context);
  const ended = new Set<string>();
  const raises: AlertChange[] = [];
  await inSlices(changes, (change) => {
    if (change.alert.closedAt !== undefined) ended.add(change.alert.id);
    if (change.kind === 'raise') raises.push(change);
  });
  const groupOf = new Map<string, string>();
  const moved: StoredAlert[] = [];
  const still = await groupInSlices(
    open.filter(({ id }) => !ended.has(id)),
    conversationId,
  );
  const begun = await groupInSlices(raises, ({ alert }) => conversationId(alert));
  for (const [key, raised] of begun) {
    await otherTurns();
    const here = still.get(key) ?? [];
    const live = liveGroups(here, before);
    const ownCause = live.length === 0 ? undefined : withOwnCause(raised, context);
    const apart = raised.filter(({ alert, detail }) => {
      const groupId = live.length === 0 ? undefined : groupFor(alert, detail, live, ownCause);
      if (groupId !== undefined) groupOf.set(alert.id, groupId);
      return groupId === undefined;
    });
    if (apart.length === 0) continue;
    const recent = here.filter(
      ({ groupId, openedAt }) => groupId === undefined && now - openedAt <= windowMs,
    );
    const agents = [...recent, ...apart.map(({ alert }) => alert)].map(({ agentId }) => ({
      agent: agentId,
    }));
    if (!isGroup(agents)) continue;
    const groupId = newId();
    for (const { alert } of apart) groupOf.set(alert.id, groupId);
    for (const alert of recent) groupOf.set(alert.id, groupId);
    moved.push(...recent);
  }
  const grouped: AlertChange[] = [];
  const changed = new Set<string>();
  await inSlices(changes, (change) => {
    grouped.push(placed(change, groupOf.get(change.alert.id), context));
    changed.add(change.alert.id);
  });
  return {
    changes: grouped.concat(
      moved
        .filter(({ id }) => !changed.has(id))
        .flatMap((alert) => movedChange(alert, groupOf.get(alert.id))),
    ),
    moved,
  };
};

const liveGroups = (here: readonly StoredAlert[], before: Groups): readonly LiveGroup[] =>
  [...groupBy(here, ({ groupId }) => groupId)].flatMap(([id, members]) =>
    id !== undefined && Object.hasOwn(before, id) ? [{ id, members }] : [],
  );

/** It was changed by nothing else in this poll. */
const movedChange = (alert: StoredAlert, groupId: string | undefined): readonly AlertChange[] => {
  const detail = readDetail(alert);
  return detail === undefined
    ? []
    : [{ kind: 'note', detail, alert: { ...alert, ...optional('groupId', groupId) } }];
};

const placed = (
  change: AlertChange,
  groupId: string | undefined,
  { changeBefore }: GroupingContext,
): AlertChange => {
  const { kind, alert } = change;
  if (kind !== 'raise')
    return groupId === undefined ? change : { ...change, alert: { ...alert, groupId } };
  const before = changeBefore(alert.agentId, change.detail);
  if (before === undefined && groupId === undefined) return change;
  const detail = before === undefined ? change.detail : { ...change.detail, justBefore: before };
  const shown = groupId === undefined ? { ...alert, detail } : { ...alert, detail, groupId };
  return { kind, detail, alert: shown };
};
