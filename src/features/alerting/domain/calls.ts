import type { AgentId } from '../../../platform/agent.ts';
import { conversationId, isSameConversation } from '../../../platform/conversation.ts';
import { groupBy } from '../../../shared/grouped.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { Watch, WatchRule } from '../../watches/domain/watch.ts';
import type { AlertCare, AlertDraft, StoredAlert } from '../store.ts';
import type { Silences } from './alert-changes.ts';
import { isOpen, openRows, readDetail } from './alert-detail.ts';
import type { ReminderKey, ReminderKind, Situation } from './reminder.ts';

/** A watch that has nobody yet for an alert of its own. */
export interface Call {
  readonly alert: StoredAlert;
  readonly watch: Watch;
  readonly everyMs: number;
}

export interface CallFacts {
  readonly watches: readonly Watch[];
  readonly silences: Silences;
  /** Undefined for an agent that nobody can see now. */
  readonly viewOf: (agentId: AgentId) => AgentView | undefined;
}

export type Found =
  | Exclude<Situation, { readonly is: 'calling' }>
  | (Call & { readonly is: 'calling' });

/**
 * How it is with the alerts of one card. Of several watches that call, the most impatient counts. An
 * agent that cannot be seen now counts as silent: nobody knows which maintenance it is in.
 */
export const findCall = (
  kind: ReminderKind,
  alerts: readonly StoredAlert[],
  { watches, silences, viewOf }: CallFacts,
): Found => {
  const open = alerts.filter(isStillOpen);
  const [one] = open;
  if (one === undefined) return { is: 'over' };
  const here = watches.filter((watch) => isSameConversation(watch, one));
  const calls = open.flatMap((alert) => callsOf(kind, alert, here));
  if (calls.length === 0) return { is: 'unwatched' };
  const free = calls.filter(({ alert }) => alert.ackedBy === undefined);
  const [first] = free.toSorted((a, b) => a.everyMs - b.everyMs);
  if (first === undefined) return { is: 'acknowledged' };
  const heard = free.filter(({ alert, watch }) => {
    const view = viewOf(alert.agentId);
    return view !== undefined && silences.of(watch, view) === undefined;
  });
  const [call] = heard.toSorted(
    (a, b) =>
      a.everyMs - b.everyMs || a.alert.number - b.alert.number || a.watch.number - b.watch.number,
  );
  return call === undefined ? { is: 'silent', everyMs: first.everyMs } : { ...call, is: 'calling' };
};

const isStillOpen = (alert: StoredAlert): boolean => {
  const detail = readDetail(alert);
  return alert.closedAt === undefined && detail !== undefined && isOpen(detail);
};

const callsOf = (
  kind: ReminderKind,
  alert: StoredAlert,
  watches: readonly Watch[],
): readonly Call[] => {
  const detail = readDetail(alert);
  const concerned = new Set(detail && openRows(detail).flatMap(({ watchIds }) => watchIds));
  return watches.flatMap((watch) => {
    const everyMs = concerned.has(watch.id) ? spanOf(kind, watch.rule) : undefined;
    return everyMs === undefined ? [] : [{ alert, watch, everyMs }];
  });
};

const spanOf = (kind: ReminderKind, { remindMs, escalate }: WatchRule): number | undefined =>
  kind === 'remind' ? remindMs : escalate?.afterMs;

const kinds: readonly ReminderKind[] = ['remind', 'escalate'];

type Alert = AlertDraft & Pick<AlertCare, 'ackedBy'>;

/** What begins with these alerts: at most one of each kind for a card. */
export const remindersOf = (
  alerts: readonly Alert[],
  watches: readonly Watch[],
  now: number,
): readonly (ReminderKey & { readonly dueAt: number })[] => {
  const calling = groupBy(
    watches.filter(({ rule }) => kinds.some((kind) => spanOf(kind, rule) !== undefined)),
    conversationId,
  );
  if (calling.size === 0) return [];
  const found = new Map<string, ReminderKey & { readonly dueAt: number }>();
  for (const alert of alerts) {
    const here = calling.get(conversationId(alert)) ?? [];
    const card = alert.groupId ?? alert.id;
    if (here.length === 0 || alert.ackedBy !== undefined || alert.closedAt !== undefined) continue;
    if (kinds.every((kind) => found.has(`${kind} ${card}`))) continue;
    const rows = openRows(readDetail(alert) ?? { rows: [] });
    const concerned = new Set(rows.flatMap(({ watchIds }) => watchIds));
    for (const kind of kinds) {
      const spans = here.flatMap(({ id, rule }) =>
        concerned.has(id) ? (spanOf(kind, rule) ?? []) : [],
      );
      const { account, conversationKey } = alert;
      if (spans.length > 0 && !found.has(`${kind} ${card}`))
        found.set(`${kind} ${card}`, {
          account,
          conversationKey,
          card,
          kind,
          dueAt: now + Math.min(...spans),
        });
    }
  }
  return [...found.values()];
};
