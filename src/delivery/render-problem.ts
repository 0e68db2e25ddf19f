import { alertCard } from '../cards/notices/alert.ts';
import { groupCard } from '../cards/notices/group.ts';
import { isOpen } from '../core/alert-detail.ts';
import type { Notice } from '../core/notice.ts';
import type { Reader } from '../core/turn.ts';
import type { ToldCard } from '../use-cases/tell-alert.ts';
import type { Rendered } from './rendered.ts';

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
