import { asTyped } from '../../shared/text.ts';
import type { Explanations } from './explain.ts';
import { unread } from './typed.ts';

/** Pauses that come again. */
export const schedules = {
  'schedule.unclear': ({ typed, usage }) =>
    unread(
      typed,
      `Days and both times of a schedule stand at its end: ${usage}. Days are daily, weekdays, or such as mon-fri or sat,sun.`,
    ),
  'schedule.no-time': ({ time }) =>
    `From ${time} to ${time} is no time, or a whole day: I cannot tell which, so nothing was done. Say another end.`,
  'schedule.of-all': () =>
    'A schedule is for one agent or for those of a filter, like “pause where field.Site:Boise daily 22:00-06:00”. Nothing was done.',
  'schedule.whole-agents': ({ typed }) =>
    unread(typed, 'A schedule pauses all targets of an agent. Name the agent alone.'),
  'schedule.matches-nobody': ({ typed }) =>
    `No agent matches ${asTyped(typed)} now, so there is no schedule. To wait for agents of that name, put it in quotes.`,
  'schedule.too-many': ({ most }) =>
    `There are ${most} schedules here already. End one first: “schedules” shows them.`,
  'schedule.gone': () => 'This schedule has ended. Type “schedules” to see those that there are.',
  'schedule.no-such-number': ({ number }) =>
    `There is no schedule ${number} here. Type “schedules” to see them with their numbers.`,
  'schedule.window-past': () =>
    'That time has begun, or is not the next one any more, so nothing was changed. Type “schedules” to see the next.',
  'schedule.resumed-already': () =>
    'What this schedule left paused is being resumed already, or nothing of it is left.',
  'schedule.everywhere-alone': () =>
    '“schedules everywhere” is answered in your own chat with me, for it names other conversations.',
} satisfies Partial<Explanations>;
