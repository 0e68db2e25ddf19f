import type { Installations } from '../../platform/conversation.ts';
import type { HoursHere, UsualHours } from '../silence/ports.ts';
import type { Watches } from '../watches/store.ts';
import type { Evaluation } from './domain/evaluate.ts';
import type { AlertingState } from './state.ts';
import type { HoursByConversation } from './suppression.ts';

interface Ports {
  readonly account: string;
  readonly usualHours: UsualHours;
  readonly store: { readonly installations: Installations; readonly watches: Watches };
}

/**
 * The hours of the agents for each conversation that watches, in its own time zone. Nothing is read while nobody
 * is offline whom somebody watches.
 */
export const readHours = async (
  { account, usualHours, store }: Ports,
  { pending }: Pick<AlertingState, 'pending'>,
  evaluations: readonly Evaluation[],
): Promise<HoursByConversation> => {
  const isAnybodyAway =
    pending === undefined ||
    pending.size > 0 ||
    evaluations.some(({ sessionId, after }) => sessionId === '' && after?.problem !== undefined);
  if (!isAnybodyAway) return new Map();
  const zones = new Map(
    (await store.installations.list(account)).map(({ conversationKey, timeZone = '' }) => [
      conversationKey,
      timeZone,
    ]),
  );
  const inZone = new Map<string, HoursHere>();
  const hours = new Map<string, HoursHere>();
  for (const { conversationKey } of await store.watches.all(account)) {
    const zone = zones.get(conversationKey) ?? '';
    const here = inZone.get(zone) ?? (await usualHours.in(account, zone));
    inZone.set(zone, here);
    hours.set(conversationKey, here);
  }
  return hours;
};
