import { personIdOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { conversationId } from '../../platform/conversation.ts';
import { groupBy } from '../../shared/grouped.ts';
import { normalizeId } from '../../shared/names.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Mutes } from '../silence/store.ts';
import { readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import type { AlertView } from './domain/alert-view.ts';
import { viewAlert } from './load-alerts.ts';
import type { TypedAlerts } from './parse.ts';
import type { Alerts, StoredAlert } from './store.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'matching'>;
  readonly store: { readonly alerts: Alerts; readonly mutes: Mutes; readonly watches: Watches };
}

/** The alerts that were asked for: those that nobody has first, then the oldest. */
export const listAlerts =
  (ports: Ports) =>
  async (scope: Scope, asked: TypedAlerts): Promise<readonly AlertView[]> => {
    const { store, clock } = ports;
    const stored = asked.everywhere
      ? await store.alerts.current(scope.account)
      : await store.alerts.list(conversationOf(scope), asked.since ?? Number.MAX_SAFE_INTEGER);
    const isAsked = await filterOf(ports, scope, asked.filter);
    const watches = groupBy(
      (await store.watches.all(scope.account)).flatMap((one) => readWatch(one) ?? []),
      conversationId,
    );
    const mutes = groupBy(await store.mutes.active(scope.account, clock.now()), conversationId);
    return stored
      .filter((alert) => isAsked(alert) && isChosen(alert, scope, asked))
      .toSorted(byNeed)
      .flatMap((alert) => {
        const here = conversationId(alert);
        return viewAlert(alert, watches.get(here) ?? [], mutes.get(here) ?? []) ?? [];
      });
  };

const filterOf = async (
  { fleets }: Ports,
  scope: Scope,
  filter: string,
): Promise<(alert: StoredAlert) => boolean> => {
  if (filter === '') return () => true;
  const { agents } = await fleets.matching(scope, filter);
  const matching = new Set(agents.map(({ agent }) => agent.id));
  return ({ agentId }) => matching.has(agentId);
};

const isChosen = (alert: StoredAlert, scope: Scope, { choice, since }: TypedAlerts): boolean => {
  if (since !== undefined && alert.closedAt === undefined && alert.openedAt < since) return false;
  if (choice === 'unacked') return alert.ackedBy === undefined && alert.closedAt === undefined;
  if (choice !== 'mine') return true;
  const me = normalizeId(personIdOf(scope));
  return [alert.ackedBy, alert.assignedTo].some(
    (person) => person !== undefined && normalizeId(person.id) === me,
  );
};

const byNeed = (a: StoredAlert, b: StoredAlert): number =>
  Number(a.closedAt !== undefined) - Number(b.closedAt !== undefined) ||
  Number(a.ackedBy !== undefined) - Number(b.ackedBy !== undefined) ||
  a.openedAt - b.openedAt ||
  a.number - b.number;
