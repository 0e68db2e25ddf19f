import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Card, Reader } from '../../platform/messenger.ts';
import { defineNotice, type Rendered } from '../../platform/notice.ts';
import { optional } from '../../shared/optional.ts';
import type { Comparisons } from '../diagnosis/ports.ts';
import type { Mutes } from '../silence/store.ts';
import { nameWatch, readWatch } from '../watches/domain/watch.ts';
import type { Watches } from '../watches/store.ts';
import { alertCard } from './cards/alert.ts';
import { earlierAlertCard, earlierGroupCard, movedAlertCard } from './cards/earlier.ts';
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
/** 'earlier' = a message whose news stand on a later one. */
const What = z.enum(['end', 'earlier']);

/** `message` = the id of the earlier one. */
const About = z.object({ what: What.exactOptional(), message: z.string().exactOptional() });

const AlertPayload = About.extend({ kind: z.literal('alert'), alertId: z.string() }).readonly();

const GroupPayload = About.extend({ kind: z.literal('group'), groupId: z.string() }).readonly();

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
  readonly comparisons: Comparisons;
  readonly store: { readonly alerts: Alerts; readonly mutes: Mutes; readonly watches: Watches };
}

/**
 * The card of a problem, or the message of its end. A problem that is over must not be posted as if
 * it were open, and its end is no news where its beginning never arrived. One that moved to a group
 * is posted with the group: its card becomes one line.
 */
const viewOf = (
  model: AlertCardModel,
  reader: Reader,
  {
    id,
    what,
    message,
    earlier,
  }: z.infer<typeof About> & {
    readonly id: string;
    readonly earlier: NonNullable<Rendered['earlier']>;
  },
): Rendered | undefined => {
  if (what === 'earlier') {
    const card = earlierCard(model, reader);
    return { card, inPlaceOnly: true, follows: id, ...optional('replaces', message) };
  }
  if (model.kind === 'moved')
    return what === 'end'
      ? undefined
      : { card: movedAlertCard(model.alert, model.group, reader), inPlaceOnly: true };
  const card =
    model.kind === 'alert' ? alertCard(model.alert, reader) : groupCard(model.group, reader);
  if (what === 'end')
    return isOver(model) ? { card, follows: id, after: [id, ...cardsOf(model)] } : undefined;
  return { card, earlier, inPlaceOnly: isOver(model) };
};

const earlierCard = (model: AlertCardModel, reader: Reader): Card =>
  model.kind === 'group' ? earlierGroupCard(model.group) : earlierAlertCard(model.alert, reader);

/** The cards that may have notified it: its own, and those that its agents had before. */
const cardsOf = (model: AlertCardModel): readonly string[] =>
  model.kind === 'group' ? model.group.members.map(({ alertId }) => alertId) : [];

const isOver = (model: Exclude<AlertCardModel, { readonly kind: 'moved' }>): boolean =>
  model.kind === 'group' ? model.group.open === 0 : !isOpen(model.alert.detail);

const alertNotice = defineNotice('alert', {
  payload: AlertPayload,
  lasts: true,
  load: (ports: Ports, { alertId }) => loadAlertCard(ports)(alertId),
  view: (model, reader, { alertId, ...payload }) =>
    viewOf(model, reader, {
      ...payload,
      id: alertId,
      earlier: (message) => ({ kind: 'alert', alertId, what: 'earlier', message }),
    }),
});

const groupNotice = defineNotice('group', {
  payload: GroupPayload,
  lasts: true,
  load: (ports: Ports, { groupId }) => loadAlertCard(ports)(groupId),
  view: (model, reader, { groupId, ...payload }) =>
    viewOf(model, reader, {
      ...payload,
      id: groupId,
      earlier: (message) => ({ kind: 'group', groupId, what: 'earlier', message }),
    }),
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
