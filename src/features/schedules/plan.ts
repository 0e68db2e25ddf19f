import { splitTarget } from '../../chat/command-line.ts';
import { changeReply, settingZone } from '../../chat/reply.ts';
import { type AgentFinder, resolveAgent } from '../../chat/resolve-agent.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { unquoted } from '../../shared/text.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { scheduleMadeCard } from './cards/schedule-made.ts';
import type { ScheduleSubject } from './domain/schedule.ts';
import { describeTimes, type ScheduleTimes } from './domain/times.ts';
import {
  looksLikeSchedule,
  readSchedule,
  requireSpanOfTimes,
  scheduleUsage,
  subjectOf,
  type TypedSchedule,
} from './parse.ts';
import { type EditorPorts, makeSchedule, understoodFilter } from './schedules.ts';

export interface PlanPorts extends EditorPorts {
  readonly finder: AgentFinder;
}

/**
 * What was typed behind `pause`, where it is a schedule; nothing where it is none, or an agent's whole name. Throws
 * 'bad-input' for one that cannot be read.
 */
export const planSchedule = async (
  ports: PlanPorts,
  turn: Turn,
  typed: string,
): Promise<Reply | undefined> => {
  if (!looksLikeSchedule(typed) && readSchedule(typed) === undefined) return undefined;
  const whole = await ports.finder.readingOfWholeName(turn.scope.account, [{ agent: typed }]);
  if (whole !== undefined) return undefined;
  const schedule = readSchedule(typed);
  if (schedule === undefined)
    throw refusal('bad-input', 'schedule.unclear', { typed, usage: scheduleUsage });
  requireSpanOfTimes(schedule.times);
  const subject = subjectOf(schedule);
  const times = timesHere(turn, schedule);
  if ('filter' in subject) {
    const filter = await understoodFilter(ports)(turn.scope, subject.filter);
    return scheduleMade(ports, turn, { filter }, times);
  }
  return forAgent(ports, turn, subject.agent, times);
};

/** Its times are those of who makes it. */
export const timesHere = (
  { scope }: Turn,
  { times }: Pick<TypedSchedule, 'times'>,
): ScheduleTimes => ({
  ...times,
  timeZone: scope.zoneUnknown === true ? 'UTC' : scope.timeZone,
});

const forAgent = async (
  ports: PlanPorts,
  turn: Turn,
  typed: string,
  times: ScheduleTimes,
): Promise<Reply> => {
  const named = await ports.finder.readingOfWholeName(turn.scope.account, [{ agent: typed }]);
  const { target } = splitTarget(typed);
  if (named === undefined && target !== undefined)
    throw refusal('bad-input', 'schedule.whole-agents', { typed: `/ ${target}` });
  const { days, from, to } = times;
  return resolveAgent(ports, turn, {
    name: unquoted(typed),
    usage: scheduleUsage,
    verb: 'schedule.create',
    data: { days, from, to },
    act: async (found) =>
      scheduleMade(ports, turn, { agent: found.id, name: fullName(found) }, times),
  });
};

/** Makes it, then draws: a card that fails must not lose the audit entry. */
export const scheduleMade = async (
  ports: EditorPorts,
  { scope }: Turn,
  subject: ScheduleSubject,
  times: ScheduleTimes,
): Promise<Reply> => {
  const schedule = await makeSchedule(ports)(scope, subject, times);
  const agent = 'agent' in subject ? { agentId: subject.agent, agentName: subject.name } : {};
  const detail = 'filter' in subject ? `, where ${subject.filter}` : '';
  const change = {
    ...agent,
    after: describeTimes(times),
    detail: `schedule ${schedule.number}${detail}`,
  };
  return settingZone(
    await changeReply(change, async () => {
      const matching =
        'filter' in subject ? await ports.fleets.count(scope.account, subject.filter) : undefined;
      return scheduleMadeCard(
        { schedule, ...optional('matching', matching) },
        readerOf(scope, ports.clock),
      );
    }),
  );
};
