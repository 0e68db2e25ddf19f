import type { CardView, Reader } from '../../../platform/messenger.ts';
import { type Execute, execute, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { bold, counted, dots, run, small, type TextRun } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import {
  comingWindow,
  describeSubject,
  type Schedule,
  skippableWindow,
} from '../domain/schedule.ts';
import { describeTimes } from '../domain/times.ts';
import source from './schedules.json' with { type: 'json' };

export interface ShownSchedule {
  readonly schedule: Schedule;
  /** How many agents match now. Absent for one agent, and where the fleet is unknown. */
  readonly matching?: number;
  /** How many agents it has paused now. */
  readonly paused?: number;
  /** What its conversation is called, where those of others are listed too. */
  readonly where?: string;
}

/** A schedule that was just ended, with the agents that it left paused. */
export interface EndedSchedule {
  readonly id: string;
  readonly number: number;
  readonly by: string;
  readonly left: number;
}

export interface SchedulesModel {
  readonly schedules: readonly ShownSchedule[];
  /** Those of all conversations: they can be changed where they were made. */
  readonly everywhere?: true;
  /** What was just changed, in plain text. */
  readonly done?: string;
  readonly ended?: EndedSchedule;
}

const fill = template(source);

/** A longer card is hard to read. */
const shownRows = 15;

/** The schedules of a conversation, or of all, with what comes next. */
export const schedulesCard: CardView<SchedulesModel> = (model, reader) => {
  const { schedules, everywhere } = model;
  const more = schedules.length - shownRows;
  const title = everywhere === true ? 'Schedules everywhere' : 'Schedules here';
  const about = aboutText(model);
  return fill(
    {
      title,
      about: [small(about)],
      boxes: boxes(model, reader),
      rows: schedules.slice(0, shownRows).map((one) => rowOf(one, reader, everywhere === true)),
      notes: more > 0 ? [{ inlines: [small(`and ${more} more`)] }] : [],
    },
    dots([
      model.ended === undefined ? plain(model.done ?? '', 200) : endedText(model.ended),
      title,
      about,
    ]),
  );
};

const aboutText = ({ schedules, everywhere }: SchedulesModel): string => {
  if (schedules.length > 0)
    return dots([
      counted(schedules.length, 'schedule'),
      everywhere === true ? 'change them where they were made' : 'unschedule takes the number',
    ]);
  return everywhere === true
    ? 'Nothing is paused by a schedule.'
    : 'Nothing is paused here by a schedule. Make one like this: pause lax-12 daily 22:00-06:00';
};

const boxes = ({ done, ended }: SchedulesModel, reader: Reader) => {
  if (ended === undefined)
    return done === undefined ? [] : [{ inlines: [run(plain(done, 300))], buttons: [] }];
  const offer =
    ended.left > 0 && showsTo(reader, 'operator')
      ? [
          {
            action: execute(`Resume ${counted(ended.left, 'agent')}`, 'schedule.resume', {
              schedule: ended.id,
            }),
          },
        ]
      : [];
  return [{ inlines: [run(endedText(ended))], buttons: offer }];
};

const endedText = ({ number, by, left }: EndedSchedule): string =>
  dots([
    `Schedule #${number} has ended`,
    left > 0 && `${counted(left, 'agent stays', 'agents stay')} paused`,
    `by ${plainName(by)}`,
  ]);

interface Row {
  readonly name: readonly TextRun[];
  readonly line: readonly TextRun[];
  readonly next: readonly TextRun[];
  readonly hasActions: boolean;
  readonly actions: readonly Execute[];
}

const rowOf = (shown: ShownSchedule, reader: Reader, everywhere: boolean): Row => {
  const { schedule, matching, where } = shown;
  const { number, times, subject, by } = schedule;
  const zone = times.timeZone === (reader.timeZone || 'UTC') ? '' : ` (${times.timeZone})`;
  const actions = everywhere || !showsTo(reader, 'operator') ? [] : actionsOf(schedule, reader);
  return {
    name: [bold(`#${number} · ${describeTimes(times)}${zone}`)],
    line: [
      small(
        dots([
          where !== undefined && plainName(where),
          plain(describeSubject(subject), 200),
          matching !== undefined && `${counted(matching, 'agent')} now`,
          `made by ${plainName(by.name)}`,
        ]),
      ),
    ],
    next: [small(nextText(shown, reader))],
    hasActions: actions.length > 0,
    actions,
  };
};

/** `paused until 06:00 · 11 agents · next 28 Nov, 22:00 to 29 Nov, 06:00` */
const nextText = ({ schedule, paused = 0 }: ShownSchedule, reader: Reader): string => {
  const { phase, window, skip, trouble } = schedule;
  const next = comingWindow(schedule, reader.now);
  const isOpen = phase !== 'waiting' && window !== undefined && window.until > reader.now;
  const skipped = skip !== undefined && skip > reader.now;
  return dots([
    trouble === 'agent-gone' && 'its agent was deleted',
    isOpen && `in its window until ${clock(window.until, reader)}`,
    paused > 0 && `${counted(paused, 'agent')} paused`,
    skipped && `${clock(skip, reader)} is skipped`,
    next.from > reader.now
      ? `next ${clock(next.from, reader)} to ${clock(next.until, reader)}`
      : `begins now, until ${clock(next.until, reader)}`,
  ]);
};

const actionsOf = (schedule: Schedule, reader: Reader): readonly Execute[] => {
  const { id, number, skip } = schedule;
  const { from } = skippableWindow(schedule, reader.now);
  const data = { schedule: id, from };
  const named = { tooltip: `Schedule ${number}, ${clock(from, reader)}` };
  return [
    skip === from
      ? execute('Do not skip', 'schedule.unskip', data, named)
      : execute('Skip once', 'schedule.skip', data, named),
    execute('End', 'schedule.end', { schedule: id }, { tooltip: `End schedule ${number}` }),
  ];
};
