import type { CardView } from '../../../platform/messenger.ts';
import { execute, runCommand } from '../../../ui/action.ts';
import { plain } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { comingWindow, describeSchedule, type Schedule } from '../domain/schedule.ts';

export interface ScheduleMadeModel {
  readonly schedule: Schedule;
  /** How many agents match now. Absent for one agent, and where the fleet is unknown. */
  readonly matching?: number;
}

export const scheduleMadeCard: CardView<ScheduleMadeModel> = ({ schedule, matching }, reader) => {
  const { id, number, times } = schedule;
  const title = `Schedule #${number} is set`;
  const next = comingWindow(schedule, reader.now);
  const line = dots([
    plain(`pause ${describeSchedule(schedule)}`, 300),
    matching !== undefined && `${counted(matching, 'agent')} now`,
  ]);
  const when =
    next.from <= reader.now
      ? `This is inside it: pausing begins now and ends at ${clock(next.until, reader)}.`
      : `It pauses next from ${clock(next.from, reader)} to ${clock(next.until, reader)}.`;
  return statement(
    {
      title,
      line,
      sentence: `${when} Its times are those of ${times.timeZone}. What somebody pauses or resumes by hand meanwhile stays so until its end.`,
      actions: [
        runCommand('Schedules', 'schedules'),
        execute('End', 'schedule.end', { schedule: id }),
      ],
    },
    dots([title, line]),
  );
};
