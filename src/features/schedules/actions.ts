import { z } from 'zod';
import { defineAction, Id, TypedFilter } from '../../chat/define-action.ts';
import { changeReply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { TimeOfDay, Weekday } from '../../shared/time.ts';
import { runCommand } from '../../ui/action.ts';
import { statement } from '../../ui/plain-cards.ts';
import { counted, dots } from '../../ui/rich-text.ts';
import { clock } from '../../ui/time.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { AgentReader } from '../fleet/ports.ts';
import { describeSchedule, type Schedule } from './domain/schedule.ts';
import { scheduleMade, timesHere } from './plan.ts';
import { type ListPorts, schedulesHere } from './replies.ts';
import {
  type EditorPorts,
  endSchedule,
  findSchedule,
  resumeLeft,
  skipWindow,
  understoodFilter,
} from './schedules.ts';

const CreateData = z
  .object({
    agent: Id.optional(),
    filter: TypedFilter.min(1).optional(),
    days: z.array(Weekday).min(1).max(7),
    from: TimeOfDay,
    to: TimeOfDay,
  })
  // A button that names both would mean more than one of them says.
  .refine(({ agent, filter }) => (agent === undefined) !== (filter === undefined));
const ScheduleData = z.object({ schedule: Id });
/** The window by its beginning, ms since 1970: an old card must not skip another one than it shows. */
const WindowData = ScheduleData.extend({ from: z.number().int() });

declare module '../../ui/action.ts' {
  interface Verbs {
    'schedule.create': z.infer<typeof CreateData>;
    'schedule.skip': z.infer<typeof WindowData>;
    'schedule.unskip': z.infer<typeof WindowData>;
    'schedule.end': z.infer<typeof ScheduleData>;
    'schedule.resume': z.infer<typeof ScheduleData>;
  }
}

interface CreatePorts extends EditorPorts {
  readonly agents: Pick<AgentReader, 'recent'>;
}

/** The answer to “which agent?”, and to plain words. */
const create = defineAction('schedule.create', {
  data: CreateData,
  role: 'operator',
  title: 'Scheduling',
  run: async (ports: CreatePorts, turn, { agent: id = '', filter, days, from, to }) => {
    if (from === to) throw refusal('bad-input', 'schedule.no-time', { time: from });
    const times = timesHere(turn, { times: { days, from, to } });
    if (filter !== undefined) {
      const understood = await understoodFilter(ports)(turn.scope, filter);
      return scheduleMade(ports, turn, { filter: understood }, times);
    }
    const { agent } = await ports.agents.recent(turn.scope.account, id);
    return scheduleMade(ports, turn, { agent: id, name: fullName(agent) }, times);
  },
});

const skip = defineAction('schedule.skip', {
  data: WindowData,
  role: 'operator',
  title: 'Skipping',
  run: (ports: ListPorts, turn, data) => skipReply(ports, turn, data, true),
});

const unskip = defineAction('schedule.unskip', {
  data: WindowData,
  role: 'operator',
  title: 'Not skipping',
  run: (ports: ListPorts, turn, data) => skipReply(ports, turn, data, false),
});

const skipReply = async (
  ports: ListPorts,
  turn: Turn,
  data: z.infer<typeof WindowData>,
  skips: boolean,
): Promise<Reply> => {
  const { number } = await skipWindow(ports)(turn.scope, data, skips);
  const from = clock(data.from, readerOf(turn.scope, ports.clock));
  const done = `Schedule #${number} ${skips ? 'skips' : 'does not skip'} ${from} · by ${turn.scope.person.name}`;
  return changeReply(
    { after: skips ? 'skipped once' : 'not skipped', detail: `schedule ${number}, ${from}` },
    () => schedulesHere(ports, turn.scope, { done }),
  );
};

const end = defineAction('schedule.end', {
  data: ScheduleData,
  role: 'operator',
  title: 'Ending a schedule',
  run: async (ports: ListPorts, turn, { schedule }) =>
    scheduleEnded(ports, turn, await findSchedule(ports)(turn.scope, schedule)),
});

/** Ends it, and offers to resume what it has paused. */
export const scheduleEnded = async (
  ports: ListPorts,
  turn: Turn,
  schedule: Schedule,
): Promise<Reply> => {
  const left = await endSchedule(ports)(schedule);
  const { id, number } = schedule;
  const stays = left > 0 ? `, ${counted(left, 'agent stays', 'agents stay')} paused` : '';
  const change = {
    before: describeSchedule(schedule),
    after: 'ended',
    detail: `schedule ${number}${stays}`,
  };
  const ended = { id, number, by: turn.scope.person.name, left };
  return changeReply(change, () => schedulesHere(ports, turn.scope, { ended }));
};

const resume = defineAction('schedule.resume', {
  data: ScheduleData,
  role: 'operator',
  title: 'Resuming',
  run: async (ports: ListPorts, turn, { schedule: id }) => {
    const { schedule, agents } = await resumeLeft(ports)(turn.scope, id);
    const title = `Resuming ${counted(agents, 'agent')}`;
    const line = dots([
      `schedule #${schedule.number} had paused them`,
      `by ${turn.scope.person.name}`,
    ]);
    const sentence = 'It begins now, and a message says when it is done.';
    return changeReply(
      { after: 'resuming', detail: `${counted(agents, 'agent')} of schedule ${schedule.number}` },
      () =>
        statement(
          { title, line, sentence, actions: [runCommand('Schedules', 'schedules')] },
          dots([title, line]),
        ),
    );
  },
});

export const scheduleActions = {
  'schedule.create': create,
  'schedule.skip': skip,
  'schedule.unskip': unskip,
  'schedule.end': end,
  'schedule.resume': resume,
};
