import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import { type AppError, refusal } from '../../platform/errors.ts';
import type { Transactional } from '../../platform/store.ts';
import type { TimedResumes } from '../changes/store.ts';
import { hasFreeWords } from '../fleet/domain/understand-filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { type Schedule, type ScheduleSubject, skippableWindow } from './domain/schedule.ts';
import { type ScheduleTimes, windowAt } from './domain/times.ts';
import type { Schedules } from './store.ts';

export interface EditorPorts {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly newId: () => string;
  readonly store: Transactional<{
    readonly schedules: Schedules;
    readonly timedResumes: TimedResumes;
  }> & { readonly schedules: Schedules; readonly timedResumes: TimedResumes };
}

/** Per conversation: a list of more is not read. */
const mostSchedules = 50;

/** Makes a schedule; the same one twice is one. Throws 'bad-input'. */
export const makeSchedule =
  ({ store, clock }: EditorPorts) =>
  async (scope: Scope, subject: ScheduleSubject, times: ScheduleTimes): Promise<Schedule> => {
    const here = await store.schedules.list(conversationOf(scope));
    const same = here.find((one) => isSame(one, { subject, times }));
    if (same !== undefined) return same;
    if (here.length >= mostSchedules)
      throw refusal('bad-input', 'schedule.too-many', { most: mostSchedules });
    const createdAt = clock.now();
    return store.schedules.add({
      ...conversationOf(scope),
      subject,
      times,
      by: actorOf(scope),
      createdAt,
      // Inside its window it is due at once.
      dueAt: windowAt(times, createdAt).from,
    });
  };

type Terms = Pick<Schedule, 'subject' | 'times'>;

const isSame = (a: Terms, b: Terms): boolean => keyOf(a) === keyOf(b);

const keyOf = ({ subject, times: { days, from, to, timeZone } }: Terms): string =>
  JSON.stringify([
    'agent' in subject ? ['agent', subject.agent] : ['where', subject.filter],
    [...days].sort(),
    from,
    to,
    timeZone,
  ]);

/** What a typed filter means, for a schedule. Throws 'bad-input' where it matches nobody by words that may be a slip. */
export const understoodFilter =
  ({ fleets }: Pick<EditorPorts, 'fleets'>) =>
  async (scope: Scope, typed: string): Promise<string> => {
    const filter = await fleets.understand(scope, typed);
    if (hasFreeWords(filter) && (await fleets.count(scope.account, filter)) === 0)
      throw refusal('bad-input', 'schedule.matches-nobody', { typed });
    return filter;
  };

/** A schedule of this conversation that goes on. Throws 'changed'. */
export const findSchedule =
  ({ store }: Pick<EditorPorts, 'store'>) =>
  async (scope: Scope, id: string): Promise<Schedule> => {
    const found = await store.schedules.find(id);
    if (found === undefined || found.endedAt !== undefined || !isSameConversation(found, scope))
      throw goneSchedule();
    return found;
  };

/** Throws 'not-found'. */
export const scheduleNumbered =
  ({ store }: Pick<EditorPorts, 'store'>) =>
  async (scope: Scope, number: number): Promise<Schedule> => {
    const here = await store.schedules.list(conversationOf(scope));
    const found = here.find((one) => one.number === number);
    if (found === undefined) throw refusal('not-found', 'schedule.no-such-number', { number });
    return found;
  };

/** Skips the window that begins then, or skips it no more. Throws 'changed' where it is not the next one. */
export const skipWindow =
  (ports: EditorPorts) =>
  async (
    scope: Scope,
    { schedule: id, from }: { readonly schedule: string; readonly from: number },
    skips: boolean,
  ): Promise<Schedule> => {
    const schedule = await findSchedule(ports)(scope, id);
    if (skippableWindow(schedule, ports.clock.now()).from !== from)
      throw refusal('changed', 'schedule.window-past');
    if (!(await ports.store.schedules.skip(id, skips ? from : undefined))) throw goneSchedule();
    return schedule;
  };

/** Ends a schedule. What it has paused stays so; gives how many agents that are. Throws 'changed'. */
export const endSchedule =
  ({ store, clock }: EditorPorts) =>
  async ({ id, account }: Schedule): Promise<number> =>
    store.transaction(async (tx) => {
      if (!(await tx.schedules.end(id, clock.now()))) throw goneSchedule();
      const left = await tx.timedResumes.cancelOfSchedule(id);
      if (left.length === 0) await tx.schedules.remove(id);
      else {
        await tx.schedules.forgetAgents(id);
        await tx.schedules.saveAgents(
          left.map(({ agentId, sessions }) => ({
            account,
            schedule: id,
            agentId,
            state: 'left',
            sessions,
          })),
        );
      }
      return left.length;
    });

/** Resumes what an ended schedule has left paused; gives how many agents that are. Throws 'changed'. */
export const resumeLeft =
  ({ store, clock, newId }: EditorPorts) =>
  async (
    scope: Scope,
    id: string,
  ): Promise<{ readonly schedule: Schedule; readonly agents: number }> => {
    const schedule = await store.schedules.find(id);
    if (schedule === undefined || !isSameConversation(schedule, scope))
      throw refusal('changed', 'schedule.resumed-already');
    const agents = await store.transaction(async (tx) => {
      const left = (await tx.schedules.agents(id)).filter(({ state }) => state === 'left');
      const dueAt = clock.now();
      if (left.length === 0 || !(await tx.schedules.resume(id, dueAt)))
        throw refusal('changed', 'schedule.resumed-already');
      await tx.schedules.forgetAgents(id);
      await tx.timedResumes.addAll(
        left.map(({ agentId, sessions }) => ({
          ...conversationOf(scope),
          id: newId(),
          agentId,
          sessions,
          dueAt,
          by: actorOf(scope),
          schedule: id,
        })),
      );
      return left.length;
    });
    return { schedule, agents };
  };

const goneSchedule = (): AppError => refusal('changed', 'schedule.gone');
