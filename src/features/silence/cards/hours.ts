import type { AgentId } from '../../../platform/agent.ts';
import type { CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, showsTo } from '../../../ui/action.ts';
import { markdownName, plain, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { HourWeek, SetHours } from '../domain/hours.ts';
import { daysBack, daysToLearn, type Learned } from '../domain/usual-hours.ts';
import type { HoursOfAgent } from '../store.ts';

export interface HoursModel {
  readonly agent: { readonly id: AgentId; readonly name: string };
  readonly set?: HoursOfAgent;
  readonly learned: Learned;
  /** In which the learned hours are written. */
  readonly timeZone: string;
  /** Somebody has just set them, or let them be learned. */
  readonly changed: boolean;
}

export const hoursCard: CardView<HoursModel> = (model, reader) => {
  const { agent, set, changed } = model;
  const title = (name: string): string =>
    changed
      ? `The hours of ${name} are ${set === undefined ? 'not set any more' : 'set'}`
      : `Hours of ${name}`;
  const line =
    set === undefined
      ? learnedText(model)
      : dots([setText(set.hours), `set by ${plainName(set.by.name)} at ${clock(set.at, reader)}`]);
  return statement(
    {
      title: title(markdownName(agent.name, 60)),
      line,
      sentence: meaning(model),
      actions: actions(model, reader),
    },
    dots([title(plainName(agent.name, 60)), line]),
  );
};

const learnedText = ({ learned, timeZone }: HoursModel): string => {
  switch (learned.kind) {
    case 'not-yet':
      return `not learned yet, ${learned.days} of ${daysToLearn} days`;
    case 'never-pauses':
      return `online nearly all the time, learned from up to ${daysBack} days`;
    case 'hours':
      return dots([
        weekText(learned.week),
        zoneText(timeZone),
        `learned from up to ${daysBack} days`,
      ]);
    default:
      return learned satisfies never;
  }
};

const meaning = ({ set, learned }: HoursModel): string => {
  if (set?.hours.kind === 'always' || (set === undefined && learned.kind === 'never-pauses'))
    return 'Every absence is told where it is watched.';
  if (set === undefined && learned.kind === 'not-yet')
    return 'Until its hours are learned, every absence is told where it is watched.';
  if (set === undefined && learned.kind === 'hours' && !learned.week.includes(1))
    return 'It comes and goes at no usual hours, so nobody is told that it is offline; “watch … always” tells of it.';
  return 'You are told when it goes offline in these hours, or is still missing 45 minutes after they begin; not when it leaves at their end.';
};

const actions = ({ agent, set }: HoursModel, reader: Reader): readonly Action[] => [
  execute('Open', 'agent.show', { agent: agent.id }),
  ...(showsTo(reader, 'operator')
    ? [
        ...(set?.hours.kind === 'always'
          ? []
          : [execute('Tell every absence', 'hours.set', { agent: agent.id, hours: 'always' })]),
        ...(set === undefined
          ? []
          : [execute('Learn them', 'hours.set', { agent: agent.id, hours: 'learn' })]),
      ]
    : []),
];

export interface HoursOfManyModel {
  readonly filter: string;
  readonly names: readonly string[];
  /** What was set just now; absent where they are only shown. */
  readonly changed?: 'learn' | SetHours;
  /** How many of them are set, learned, online all the time, and not learned yet. */
  readonly set: number;
  readonly learned: number;
  readonly neverPauses: number;
  readonly notYet: number;
}

const shownNames = 10;

export const hoursOfManyCard: CardView<HoursOfManyModel> = (model) => {
  const { changed, filter, names } = model;
  const agents = counted(names.length, 'agent');
  const title =
    changed === undefined
      ? `Hours of ${agents}`
      : `The hours of ${agents} are ${changed === 'learn' ? 'not set any more' : 'set'}`;
  const line = dots([
    plain(filter, 80),
    changed !== undefined && changed !== 'learn' && setText(changed),
  ]);
  const counts = dots([
    model.set > 0 && `${model.set} set`,
    model.learned > 0 && `${model.learned} learned`,
    model.neverPauses > 0 && `${model.neverPauses} online nearly all the time`,
    model.notYet > 0 && `${model.notYet} not learned yet`,
  ]);
  const more = names.length - shownNames;
  const shown = [
    ...names.slice(0, shownNames).map((name) => plainName(name, 40)),
    ...(more > 0 ? [`${more} more`] : []),
  ].join(', ');
  return statement(
    { title, line, sentence: `${shown}: ${counts}`, actions: [] },
    dots([title, line, counts]),
  );
};

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `1, 2, 3, 5` as `Mon–Wed, Fri`. */
const daysText = (days: readonly number[]): string => {
  const spans: { first: number; last: number }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && last.last === day - 1) last.last = day;
    else spans.push({ first: day, last: day });
  }
  return spans
    .map(({ first, last }) => [first, ...(last > first ? [last] : [])])
    .map((ends) => ends.map((day) => dayNames[day - 1] ?? '').join('-'))
    .join(',');
};

const setText = (hours: SetHours): string =>
  hours.kind === 'always'
    ? 'always expected'
    : dots([
        hours.ranges
          .map(({ days, from, to }) => `${daysText(days)} ${from}-${to === '00:00' ? '24:00' : to}`)
          .join(', '),
        zoneText(hours.timeZone),
      ]);

/** As it can be typed: `Mon-Fri 08:00-17:00`. Days with the same hours stand together. */
export const weekText = (week: HourWeek): string => {
  const byHours = new Map<string, number[]>();
  for (let day = 0; day < 7; day += 1) {
    const spans: string[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      if (!isUsual(week, day, hour) || (hour > 0 && isUsual(week, day, hour - 1))) continue;
      let end = hour + 1;
      while (end < 24 && isUsual(week, day, end)) end += 1;
      spans.push(`${timeText(hour)}-${timeText(end)}`);
    }
    for (const span of spans) byHours.set(span, [...(byHours.get(span) ?? []), day + 1]);
  }
  if (byHours.size === 0) return 'no usual hours';
  return [...byHours].map(([span, days]) => `${daysText(days)} ${span}`).join(' ');
};

const isUsual = (week: HourWeek, day: number, hour: number): boolean =>
  (week[day * 24 + hour] ?? 0) !== 0;

const timeText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const zoneText = (timeZone: string): string => plain(timeZone, 60);
