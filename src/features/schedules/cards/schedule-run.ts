import type { CardView, Reader } from '../../../platform/messenger.ts';
import { runCommand } from '../../../ui/action.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { entriesCard } from '../../../ui/plain-cards.ts';
import { bold, counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { punctualMs } from '../domain/schedule.ts';
import type { SchedulePayload } from '../notices.ts';

/** What a schedule did. */
export const scheduleRunCard: CardView<SchedulePayload> = (model, reader) => {
  const { number, agents, failed, failedCount, passed } = model;
  const title = titleOf(model);
  const about = dots([plain(model.line, 200), timesText(model, reader)]);
  const more = failedCount - failed.length;
  return entriesCard(
    {
      title,
      about,
      rows: failed.map(({ name, problem }) => ({
        name: [bold(plainName(name))],
        line: why(problem, model.what),
      })),
      note: notesText(more, passed),
      actions: [runCommand('Schedules', 'schedules')],
    },
    dots([`Schedule #${number}`, doneText(model.what, agents), failedText(failedCount), about]),
  );
};

const titleOf = ({ number, what, agents, failedCount }: SchedulePayload): string =>
  `Schedule #${number}: ${[doneText(what, agents), failedText(failedCount)].filter((text) => text !== '').join(', ')}`;

const doneText = (what: SchedulePayload['what'], agents: number): string =>
  agents === 0 ? `no agent ${what}` : `${counted(agents, 'agent')} ${what}`;

const failedText = (count: number): string => (count === 0 ? '' : `${count} failed`);

/** Of a delay both moments, whoever it was that kept it waiting. */
const timesText = ({ what, dueAt, at, until }: SchedulePayload, reader: Reader): string =>
  dots([
    at - dueAt > punctualMs &&
      `${what === 'paused' ? 'begun' : 'ended'} only at ${clock(at, reader)} instead of ${clock(dueAt, reader)}`,
    until !== undefined && `until ${clock(until, reader)}`,
  ]);

const notesText = (more: number, passed: number): string | undefined =>
  dots([
    more > 0 && `and ${more} more that failed`,
    passed > 0 && `${counted(passed, 'agent was', 'agents were')} paused already`,
  ]) || undefined;

const why = (problem: string, what: SchedulePayload['what']): string => {
  const done = what === 'paused' ? 'pause' : 'resume';
  switch (problem) {
    case 'not-found':
      return 'PingPlotter does not know it any more: it was deleted.';
    case 'permission-missing':
      return `The API key may not ${done} it: it needs the permission TargetManagement.`;
    case 'rejected':
      return `PingPlotter refused to ${done} it.`;
    default:
      return what === 'paused'
        ? 'PingPlotter could not be reached in time.'
        : 'PingPlotter could not be reached. Resume it by hand.';
  }
};
