import type { Card, Reader } from '../../../platform/messenger.ts';
import { markdown, plain } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { sinceOf } from '../domain/alert-detail.ts';
import type { AlertView, GroupView } from '../domain/alert-view.ts';

/** One line without buttons, for a card whose news stand on a later one. `title` is from outside. */
const oneLine = (title: string, where: string): Card =>
  statement(
    { title: markdown(title, 200), line: where, actions: [] },
    dots([plain(title, 200), where]),
  );

export const earlierAlertCard = (alert: AlertView, reader: Reader): Card =>
  oneLine(named(alert, reader), 'It is worse now: see the newer message.');

export const movedAlertCard = (
  alert: AlertView,
  { members }: Pick<GroupView, 'members'>,
  reader: Reader,
): Card => {
  const first = Math.min(...members.map(({ number }) => number));
  return oneLine(named(alert, reader), `On one card with other agents: see #${first}.`);
};

export const earlierGroupCard = ({ title }: Pick<GroupView, 'title'>): Card =>
  oneLine(title, 'There are more now: see the newer message.');

const named = ({ number, detail }: AlertView, reader: Reader): string =>
  `#${number} ${detail.agentName.slice(0, 60)}, from ${clock(sinceOf(detail), reader)}`;
