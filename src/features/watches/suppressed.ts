import { conversationOf, readerOf, type Scope, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Card } from '../../platform/messenger.ts';
import type { Documents } from '../../platform/store.ts';
import type { SuppressedLately } from '../silence/cards/suppressed-line.ts';
import {
  SuppressionsSince,
  suppressedDayMs,
  suppressedWeekMs,
  suppressionsDocument,
} from '../silence/domain/suppressed.ts';
import type { Suppressions } from '../silence/store.ts';
import { onPage, suppressedCard } from './cards/suppressed.ts';

export interface SuppressedPorts {
  readonly clock: Clock;
  readonly store: { readonly documents: Documents; readonly suppressions: Suppressions };
}

/** What was held back here in the last week. Undefined before the first poll that counts. */
export const suppressedLately = async (
  { clock, store }: SuppressedPorts,
  scope: Scope,
): Promise<SuppressedLately | undefined> => {
  const here = conversationOf(scope);
  const counted = SuppressionsSince.safeParse(
    await store.documents.read(here.account, suppressionsDocument),
  );
  if (!counted.success) return undefined;
  const until = clock.now() + 1;
  const [day, week] = await Promise.all(
    [suppressedDayMs, suppressedWeekMs].map((ms) =>
      store.suppressions.count(here, { from: until - ms, until }),
    ),
  );
  return { day: day ?? {}, week: week ?? {}, since: counted.data.since };
};

/** A page of them, the newest first; one that is not there becomes the last. */
export const suppressedAnswer = async (
  ports: SuppressedPorts,
  { scope }: Turn,
  page: number,
): Promise<Card> => {
  const { suppressions } = ports.store;
  const from = ports.clock.now() + 1 - suppressedWeekMs;
  const read = (of: number) =>
    suppressions.list(conversationOf(scope), from, { skip: (of - 1) * onPage, limit: onPage });
  const asked = await read(page);
  const pages = Math.max(1, Math.ceil(asked.listed / onPage));
  const shown = Math.min(page, pages);
  const { messages, listed } = shown === page ? asked : await read(shown);
  const lately = await suppressedLately(ports, scope);
  return suppressedCard({ messages, listed, page: shown, lately }, readerOf(scope, ports.clock));
};
