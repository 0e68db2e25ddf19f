import type { Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import { type AppError, refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import type { Comparisons } from '../diagnosis/ports.ts';
import { webLink } from '../fleet/domain/web-link.ts';
import type { Mute, Mutes } from '../silence/store.ts';
import { nameWatch, readWatch, type Watch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import { readDetail, worstRow } from './domain/alert-detail.ts';
import { type AlertView, type GroupView, viewGroup } from './domain/alert-view.ts';
import type { Alerts, StoredAlert } from './store.ts';

/** One card shows one agent, or several that came together. */
export type SharedCardModel =
  | { readonly kind: 'alert'; readonly alert: AlertView }
  | { readonly kind: 'group'; readonly group: GroupView };

/** 'moved' = its own card, from before the group's card showed it. */
export type AlertCardModel =
  | SharedCardModel
  | { readonly kind: 'moved'; readonly alert: AlertView; readonly group: GroupView };

interface Ports {
  readonly clock: Clock;
  /** PINGPLOTTER_WEB_URL */
  readonly webUrl?: string;
  readonly comparisons: Comparisons;
  readonly store: { readonly alerts: Alerts; readonly mutes: Mutes; readonly watches: Watches };
}

interface AlertPorts {
  readonly store: { readonly alerts: Alerts };
}

/** `id` is that of an alert or a group. Undefined if it was pruned or cannot be read. */
export const loadAlertCard =
  (ports: Ports) =>
  async (id: string): Promise<AlertCardModel | undefined> => {
    const alerts = await alertsOnCard(ports)(id);
    const model = await alertCardOf(ports)(alerts);
    const own = alerts.find((alert) => alert.id === id && alert.groupId !== undefined);
    if (own === undefined || model?.kind !== 'group') return model;
    const moved = await alertCardOf(ports)([{ ...own, groupId: undefined }]);
    return moved?.kind === 'alert' ? { ...model, kind: 'moved', alert: moved.alert } : undefined;
  };

/** As loadAlertCard, from the alerts of one card that were just read. */
export const alertCardOf =
  (ports: Ports) =>
  async (alerts: readonly OnCard[]): Promise<SharedCardModel | undefined> => {
    const [first] = alerts;
    if (first === undefined) return undefined;
    const { account, conversationKey, groupId } = first;
    const mutes = (await ports.store.mutes.active(account, ports.clock.now())).filter((mute) =>
      isSameConversation(mute, first),
    );
    const watches = (await ports.store.watches.list({ account, conversationKey })).flatMap(
      (stored) => readWatch(stored) ?? [],
    );
    const [one, ...others] = alerts
      .flatMap((alert) => viewAlert(alert, watches, mutes) ?? [])
      .map((view) => withPage(view, ports.webUrl));
    if (one === undefined) return undefined;
    if (groupId === undefined) return { kind: 'alert', alert: one };
    const comparison = await ports.comparisons.of(account);
    return { kind: 'group', group: viewGroup(groupId, [one, ...others], comparison) };
  };

/** With PingPlotter's page of the agent, and of the target that is worst. */
const withPage = (view: AlertView, template: string | undefined): AlertView =>
  template === undefined
    ? view
    : { ...view, page: webLink(template, view.agentId, worstRow(view.detail.rows)?.sessionId) };

/** The alerts that share a card. `id` is that of their group or of any of them. */
export const alertsOnCard =
  ({ store }: AlertPorts) =>
  async (id: string): Promise<readonly StoredAlert[]> => {
    const members = await store.alerts.inGroup(id);
    if (members.length > 0) return members;
    const alert = await store.alerts.find(id);
    if (alert?.groupId === undefined) return alert === undefined ? [] : [alert];
    return store.alerts.inGroup(alert.groupId);
  };

/**
 * As alertsOnCard, but throws 'changed' for another conversation's card: the id is from a button.
 */
export const alertsHere =
  (ports: AlertPorts) =>
  async (scope: Scope, id: string): Promise<readonly StoredAlert[]> => {
    const alerts = (await alertsOnCard(ports)(id)).filter((one) => isSameConversation(one, scope));
    if (alerts.length === 0) throw goneAlert();
    return alerts;
  };

export const goneAlert = (): AppError => refusal('changed', 'alert.gone');

/** As stored, but its group may be left out to show it alone. */
type OnCard = Omit<StoredAlert, 'groupId'> & { readonly groupId?: string | undefined };

export const viewAlert = (
  alert: OnCard,
  watches: readonly Watch[],
  mutes: readonly Mute[],
): AlertView | undefined => {
  const detail = readDetail(alert);
  if (detail === undefined) return undefined;
  const { id, number, agentId, openedAt, ackedBy, ackedAt = openedAt, ackUntil } = alert;
  const concerned = new Set(detail.rows.flatMap(({ watchIds }) => watchIds));
  const until = mutes
    .filter((mute) => mute.agentId === '' || mute.agentId === agentId)
    .map((mute) => mute.until);
  return {
    id,
    number,
    agentId,
    detail,
    ...optional(
      'ackedBy',
      ackedBy && { name: ackedBy.name, at: ackedAt, ...optional('until', ackUntil) },
    ),
    ...optional('assignedTo', alert.assignedTo?.name),
    notes: alert.notes ?? [],
    watches: watches.filter((watch) => concerned.has(watch.id)).map(nameWatch),
    ...optional('mutedUntil', until.length > 0 ? Math.max(...until) : undefined),
  };
};
