import type { Of, RenderPorts } from '../../delivery/render.ts';
import type { Reader } from '../../platform/messenger.ts';
import type { Notice, Rendered } from '../../platform/notice.ts';
import { nameWatch, readWatch } from '../watches/domain/watch.ts';
import { alertCard } from './cards/alert.ts';
import { groupCard } from './cards/group.ts';
import { testNoticeCard } from './cards/test.ts';
import { isOpen } from './domain/alert-detail.ts';
import type { ToldCard } from './load-alerts.ts';

export type ProblemNotice = Extract<Notice, { readonly kind: 'alert' | 'group' }>;

/** The id of the alert or group: the outbox's card that shows it. */
export const problemOf = (notice: ProblemNotice): string =>
  notice.kind === 'alert' ? notice.alertId : notice.groupId;

/**
 * A problem's own card, or the message besides that tells its end. What is over is not posted as a
 * problem any more, and what moved to a group's card is posted with that one.
 */
export const renderProblem = (
  notice: ProblemNotice,
  told: ToldCard | undefined,
  reader: Reader,
): Rendered | undefined => {
  if (told === undefined) return undefined;
  const card =
    told.kind === 'alert' ? alertCard(told.alert, reader) : groupCard(told.group, reader);
  if (notice.what === 'end') return isOver(told) ? { card, follows: problemOf(notice) } : undefined;
  const moved = notice.kind === 'alert' && told.kind === 'group';
  return { card, inPlaceOnly: moved || isOver(told) };
};

const isOver = (told: ToldCard): boolean =>
  told.kind === 'group' ? told.group.open === 0 : !isOpen(told.alert.detail);

export const renderTest = async (
  { store }: RenderPorts,
  { watchId, by }: Of<'test'>,
  reader: Reader,
): Promise<Rendered | undefined> => {
  const stored = await store.watches.find(watchId);
  const watch = stored && readWatch(stored);
  return watch && { card: testNoticeCard({ watch: nameWatch(watch), by }, reader) };
};
