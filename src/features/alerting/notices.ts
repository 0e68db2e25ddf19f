import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Reader } from '../../platform/messenger.ts';
import { defineNotice, type Rendered } from '../../platform/notice.ts';
import { optional } from '../../shared/optional.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Mutes } from '../silence/store.ts';
import { nameWatch, readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import { alertCard } from './cards/alert.ts';
import { groupCard } from './cards/group.ts';
import { testNoticeCard } from './cards/test.ts';
import { isOpen } from './domain/alert-detail.ts';
import { type AlertCardModel, loadAlertCard } from './load-alerts.ts';
import type { Alerts } from './store.ts';

/**
 * A problem has one card, which is updated in place and posted again when it gets worse. An update
 * makes no toast, so the end of a notified problem is a separate message: 'end'. It has its own
 * name in the outbox, see endCard.
 */
const End = z.literal('end').exactOptional();

/** An end whose beginning has no card: the watch was made, or a silence began, when it was bad already. */
const Alone = z.literal(true).exactOptional();

const AlertPayload = z
  .object({ kind: z.literal('alert'), alertId: z.string(), what: End, alone: Alone })
  .readonly();

const GroupPayload = z
  .object({
    kind: z.literal('group'),
    groupId: z.string(),
    watchId: z.string(),
    what: End,
    alone: Alone,
  })
  .readonly();

const TestPayload = z
  .object({ kind: z.literal('test'), watchId: z.string(), by: z.string() })
  .readonly();

declare module '../../platform/notice.ts' {
  interface Notices {
    alert: z.infer<typeof AlertPayload>;
    group: z.infer<typeof GroupPayload>;
    test: z.infer<typeof TestPayload>;
  }
}

interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'last' | 'read'>;
  readonly store: { readonly alerts: Alerts; readonly mutes: Mutes; readonly watches: Watches };
}

/**
 * The card of a problem, or the message of its end. A problem that is over must not be posted as if
 * it were open, and one that moved to a group is posted with the group: their cards are only
 * updated.
 */
const viewOf = (
  shown: AlertCardModel,
  reader: Reader,
  {
    kind,
    what,
    alone,
    id,
  }: {
    readonly kind: 'alert' | 'group';
    readonly what?: 'end';
    readonly alone?: true;
    readonly id: string;
  },
): Rendered | undefined => {
  const card =
    shown.kind === 'alert' ? alertCard(shown.alert, reader) : groupCard(shown.group, reader);
  if (what === 'end') {
    if (!isOver(shown)) return undefined;
    const after = alone === true ? undefined : [id, ...cardsOf(shown)];
    return { card, follows: id, ...optional('after', after) };
  }
  const moved = kind === 'alert' && shown.kind === 'group';
  return { card, inPlaceOnly: moved || isOver(shown) };
};

/** The cards that may have notified it: its own, and those of the problems that it holds. */
const cardsOf = (shown: AlertCardModel): readonly string[] =>
  shown.kind === 'alert'
    ? [shown.alert.id]
    : [shown.group.id, ...shown.group.members.map(({ alertId }) => alertId)];

const isOver = (shown: AlertCardModel): boolean =>
  shown.kind === 'group' ? shown.group.open === 0 : !isOpen(shown.alert.detail);

const alertNotice = defineNotice('alert', {
  payload: AlertPayload,
  lasts: true,
  load: (ports: Ports, { alertId }) => loadAlertCard(ports)(alertId),
  view: (shown, reader, { alertId, ...payload }) =>
    viewOf(shown, reader, { ...payload, id: alertId }),
});

const groupNotice = defineNotice('group', {
  payload: GroupPayload,
  lasts: true,
  load: (ports: Ports, { groupId }) => loadAlertCard(ports)(groupId),
  view: (shown, reader, { groupId, ...payload }) =>
    viewOf(shown, reader, { ...payload, id: groupId }),
});

const testNotice = defineNotice('test', {
  payload: TestPayload,
  load: async ({ store }: Ports, { watchId }) => {
    const stored = await store.watches.find(watchId);
    return stored && readWatch(stored);
  },
  view: (watch, reader, { by }) => ({
    card: testNoticeCard({ watch: nameWatch(watch), by }, reader),
  }),
});

export const alertNotices = { alert: alertNotice, group: groupNotice, test: testNotice };
