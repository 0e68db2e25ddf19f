import type { Notice } from '../../platform/notice.ts';
import {
  describeSchedule,
  describeSubject,
  isMadeInside,
  type Schedule,
} from './domain/schedule.ts';
import type { PauseWindow } from './domain/times.ts';
import type { ScheduleJobPorts as Ports, ScheduleCollections } from './ports.ts';
import type { FailedAgent, Resumed } from './resume-agents.ts';
import type { ScheduledAgent, ScheduledState } from './store.ts';
import { agentNames } from './work.ts';

/** Of an ordinary beginning nobody needs to hear. */
export const sayPaused = async (
  ports: Ports,
  tx: ScheduleCollections,
  schedule: Schedule,
  window: PauseWindow,
  {
    agents,
    late,
    gone,
  }: { readonly agents: readonly ScheduledAgent[]; readonly late: boolean; readonly gone: boolean },
): Promise<void> => {
  const failed = failedOf(ports, schedule, agents).filter(
    ({ problem }) => problem !== 'not-found' || gone,
  );
  if (!late && !isMadeInside(schedule, window) && failed.length === 0) return;
  await say(ports, tx, schedule, {
    what: 'paused',
    // One that was made inside its window was not to begin before.
    dueAt: Math.max(window.from, schedule.createdAt),
    until: window.until,
    agents: agents.filter(({ state }) => wasPaused(state)).length,
    passed: agents.filter(({ state }) => state === 'passed').length,
    failed,
  });
};

const wasPaused = (state: ScheduledState): boolean => state === 'paused' || state === 'resumed';

const failedOf = (
  ports: Ports,
  schedule: Schedule,
  agents: readonly ScheduledAgent[],
): readonly FailedAgent[] => {
  const names = agentNames(ports, schedule.account);
  const { subject } = schedule;
  const called = 'agent' in subject ? subject.name : undefined;
  return agents
    .filter(({ state }) => !wasPaused(state) && state !== 'passed')
    .map(({ agentId, problem = 'unreachable' }) => ({
      agentId,
      name: names.get(agentId) ?? called ?? agentId,
      problem,
    }));
};

/** A whole window passed in which nobody knew whom it is about. */
export const sayUnread = (
  ports: Ports,
  tx: ScheduleCollections,
  schedule: Schedule,
): Promise<void> =>
  say(ports, tx, schedule, {
    what: 'paused',
    dueAt: ports.clock.now(),
    agents: 0,
    passed: 0,
    failed: [{ agentId: '', name: describeSubject(schedule.subject), problem: 'unreachable' }],
    failedCount: 0,
  });

export const sayResumed = async (
  ports: Ports,
  tx: ScheduleCollections,
  schedule: Schedule,
  { until }: PauseWindow,
  { resumed, begun }: { readonly resumed: Resumed; readonly begun: number },
): Promise<void> => {
  const failed = [
    ...resumed.failed.filter(({ problem }) => problem !== 'not-found'),
    ...resumed.delayed,
  ];
  if (resumed.agents === 0 && schedule.endedAt === undefined && failed.length === 0) return;
  await say(ports, tx, schedule, {
    what: 'resumed',
    dueAt: schedule.endedAt === undefined ? until : begun,
    agents: resumed.agents,
    passed: 0,
    failed,
  });
};

/** As many as the card names. */
const named = 10;

type Said = Pick<
  Extract<Notice, { kind: 'schedule' }>,
  'what' | 'dueAt' | 'until' | 'agents' | 'passed'
> & {
  readonly failed: readonly FailedAgent[];
  /** Left out = that many as there are in `failed`. */
  readonly failedCount?: number;
};

const say = (
  { clock, newId }: Ports,
  tx: ScheduleCollections,
  schedule: Schedule,
  { failed, failedCount = failed.length, ...said }: Said,
): Promise<void> => {
  const { account, conversationKey, number, id } = schedule;
  const at = clock.now();
  const payload: Notice = {
    kind: 'schedule',
    schedule: id,
    number,
    line: describeSchedule(schedule).slice(0, 600),
    ...said,
    at,
    failed: failed
      .slice(0, named)
      .map(({ name, ...rest }) => ({ ...rest, name: name.slice(0, 200) })),
    failedCount,
  };
  return tx.outbox.enqueue([
    { account, conversationKey, card: newId(), kind: 'post', payload, dueAt: at },
  ]);
};
