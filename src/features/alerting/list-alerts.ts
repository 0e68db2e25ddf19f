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
import { compareShown, isOpen, sinceOf, worstRow } from './domain/alert-detail.ts';
import type { Shown } from './domain/alert-state.ts';
import type { AlertView } from './domain/alert-view.ts';
import { viewAlert } from './load-alerts.ts';
import type { TypedAlerts } from './parse.ts';
import type { Alerts, StoredAlert } from './store.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'matching'>;
  readonly store: { readonly alerts: Alerts; readonly mutes: Mutes; readonly watches: Watches };
}

/** The alerts that were asked for: those that nobody has first, then the oldest, of one minute the worst. */
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
      .flatMap((alert) => {
        const here = conversationId(alert);
        const view = viewAlert(alert, watches.get(here) ?? [], mutes.get(here) ?? []);
        return view === undefined ? [] : { view, need: needOf(view) };
      })
      .toSorted(byNeed)
      .map(({ view }) => view);
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

interface Need {
  readonly ended: boolean;
  readonly minute: number;
  readonly worst: Shown | undefined;
}

const needOf = ({ detail }: AlertView): Need => ({
  ended: !isOpen(detail),
  minute: Math.floor(sinceOf(detail) / 60_000),
  worst: worstRow(detail.rows)?.shown,
});

interface Needed {
  readonly view: AlertView;
  readonly need: Need;
}

const byNeed = (a: Needed, b: Needed): number =>
  Number(a.need.ended) - Number(b.need.ended) ||
  Number(a.view.ackedBy !== undefined) - Number(b.view.ackedBy !== undefined) ||
  a.need.minute - b.need.minute ||
  (a.need.worst && b.need.worst ? compareShown(a.need.worst, b.need.worst) : 0) ||
  a.view.number - b.view.number;
