import { numbersIn, usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { requireRole } from '../../chat/person.ts';
import { reply } from '../../chat/reply.ts';
import { refusal } from '../../platform/errors.ts';
import { scheduleEnded } from './actions.ts';
import { type ListPorts, schedulesEverywhere, schedulesHere } from './replies.ts';
import { scheduleNumbered } from './schedules.ts';

export const schedules = defineCommand({
  name: 'schedules',
  group: 'Act',
  usage: 'schedules',
  summary: 'The pauses that come again here, with their next start and end',
  details: [
    'pause lax-12 daily 22:00-06:00 makes one',
    'pause where field.Site:Boise weekdays 18:00-07:00',
    'pause where field.Site:Boise sat,sun 00:00-23:59',
    'Each can be skipped once, and ended.',
    'schedules everywhere: those of all conversations, for admins in their own chat',
  ],
  role: 'viewer',
  reads: true,
  run: async (ports: ListPorts, turn, rest) => {
    const typed = rest.trim().toLowerCase();
    if (typed === '') return reply(await schedulesHere(ports, turn.scope));
    if (typed !== 'everywhere') throw usageError('schedules, or schedules everywhere', rest);
    requireRole(turn.scope, 'admin', '“schedules everywhere”');
    if (turn.scope.address.kind !== 'personal')
      throw refusal('bad-input', 'schedule.everywhere-alone');
    return reply(await schedulesEverywhere(ports, turn.scope));
  },
});

const usage = 'unschedule <number>';

export const unschedule = defineCommand({
  name: 'unschedule',
  group: 'Act',
  usage,
  summary: 'End a schedule by its number',
  details: ['unschedule 2', 'What it has paused stays paused, and can be resumed by a button.'],
  role: 'operator',
  run: async (ports: ListPorts, turn, rest) => {
    const [number, ...others] = numbersIn(rest, usage);
    if (others.length > 0) throw usageError(usage, rest);
    return scheduleEnded(ports, turn, await scheduleNumbered(ports)(turn.scope, number));
  },
});

export const scheduleCommands = [schedules, unschedule];
