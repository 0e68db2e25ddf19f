import { conversationOf, readerOf, type Scope } from '../../chat/turn.ts';
import {
  type Conversation,
  conversationId,
  type Installations,
} from '../../platform/conversation.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { countMatching } from '../fleet/domain/understand-filter.ts';
import { type SchedulesModel, type ShownSchedule, schedulesCard } from './cards/schedules.ts';
import type { Schedule } from './domain/schedule.ts';
import type { EditorPorts } from './schedules.ts';

export interface ListPorts extends EditorPorts {
  readonly store: EditorPorts['store'] & { readonly installations: Pick<Installations, 'list'> };
}

type Around = Omit<SchedulesModel, 'schedules' | 'everywhere'>;

/** The schedules of this conversation. */
export const schedulesHere = async (
  ports: ListPorts,
  scope: Scope,
  around: Around = {},
): Promise<Card> => {
  const schedules = await ports.store.schedules.list(conversationOf(scope));
  const model = { ...around, schedules: await shownOf(ports, scope.account, schedules) };
  return schedulesCard(model, readerOf(scope, ports.clock));
};

/** Those of all conversations of the account. */
export const schedulesEverywhere = async (ports: ListPorts, scope: Scope): Promise<Card> => {
  const { account } = scope;
  const [schedules, places] = await Promise.all([
    ports.store.schedules.all(account),
    ports.store.installations.list(account),
  ]);
  const labels = new Map(places.map((place) => [conversationId(place), place.label]));
  const called = ({ account: of, conversationKey }: Conversation): string =>
    labels.get(conversationId({ account: of, conversationKey })) ?? conversationKey;
  const shown = await shownOf(ports, account, schedules);
  return schedulesCard(
    {
      everywhere: true,
      schedules: shown.map((one) => ({ ...one, where: called(one.schedule) })),
    },
    readerOf(scope, ports.clock),
  );
};

/** More rows than a card shows need no numbers. */
const mostCounted = 15;

const shownOf = async (
  { fleets, store }: EditorPorts,
  account: string,
  schedules: readonly Schedule[],
): Promise<readonly ShownSchedule[]> => {
  if (schedules.length === 0) return [];
  const [fleet, paused] = await Promise.all([
    fleets.readIfAny(account),
    store.timedResumes.countBySchedule(account),
  ]);
  const shown: ShownSchedule[] = [];
  for (const schedule of schedules) {
    const { subject, id } = schedule;
    const counts = fleet !== undefined && 'filter' in subject && shown.length < mostCounted;
    shown.push({
      schedule,
      ...optional('matching', counts ? await countMatching(fleet, subject.filter) : undefined),
      ...optional('paused', paused.get(id)),
    });
  }
  return shown;
};
