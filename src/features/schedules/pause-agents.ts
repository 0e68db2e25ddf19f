import type { AgentId } from '../../platform/agent.ts';
import { asAppError, passesByItself } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { concerns } from '../changes/domain/timed-resume.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { isDevice } from '../fleet/domain/snapshot.ts';
import { agentsMatching } from '../fleet/domain/understand-filter.ts';
import { type PlannedPause, planPause } from './domain/plan-pause.ts';
import type { Schedule } from './domain/schedule.ts';
import type { PauseWindow } from './domain/times.ts';
import type { ScheduleJobPorts as Ports } from './ports.ts';
import type { ScheduledAgent } from './store.ts';
import { atMost, audit, type Claim, leaseMs, ownSignal, requireClaim, suppress } from './work.ts';

/** Whom the schedule is about now. Rejects where the fleet cannot be read. */
export const agentsOf = async (
  { fleets }: Pick<Ports, 'fleets'>,
  { account, subject }: Schedule,
): Promise<readonly AgentId[]> => {
  if ('agent' in subject) return [subject.agent];
  const { agents } = await fleets.read(account);
  return (await agentsMatching(agents, subject.filter, 'stored')).map(({ agent }) => agent.id);
};

/** Pauses whoever waits for it, each at most once in a window. Rejects with ClaimLost, and when aborted. */
export const pauseAgents = async (
  ports: Ports,
  schedule: Schedule,
  window: PauseWindow,
  claim: Claim,
): Promise<readonly ScheduledAgent[]> => {
  const agents = await ports.store.schedules.agents(schedule.id);
  const open = agents.filter(({ state }) => state === 'waits' || state === 'begun');
  await atMost(ports.concurrency, open, (agent) =>
    pauseAgent({ ports, schedule, window, claim, agent }),
  );
  ports.fleets.forget(schedule.account);
  return ports.store.schedules.agents(schedule.id);
};

interface Pausing {
  readonly ports: Ports;
  readonly schedule: Schedule;
  readonly window: PauseWindow;
  readonly claim: Claim;
  readonly agent: ScheduledAgent;
}

const pauseAgent = async (pausing: Pausing): Promise<void> => {
  const { ports, schedule, claim, agent } = pausing;
  await requireClaim(ports.store, schedule, claim);
  try {
    const view = await ports.agents.read(schedule.account, agent.agentId);
    if (!isDevice(view.agent)) return await fail(pausing, 'not-found');
    const plan = await planned(pausing, view);
    if (plan === undefined)
      return await ports.store.schedules.saveAgents([{ ...agent, state: 'passed' }]);
    if (agent.state === 'waits') await begin(pausing, plan);
    if (!plan.paused) await pause(pausing);
    await finish(pausing, view, plan);
  } catch (error) {
    const { code } = asAppError(error);
    if (claim.signal.aborted || code === 'internal' || code === 'store-down') throw error;
    // It stays as it is, and is tried again as long as the window is open.
    if (passesByItself(code)) ports.log.warn('schedule.agent-delayed', { code });
    else await fail(pausing, code);
  }
};

/** Of a pause that was in flight its end alone is left, unless somebody has resumed or paused by hand meanwhile. */
const planned = async (
  { ports, schedule, window, agent }: Pausing,
  view: AgentView,
): Promise<PlannedPause | undefined> => {
  const earlier = await ports.store.timedResumes.forAgent(schedule.account, agent.agentId);
  if (agent.state === 'waits') return planPause(view, earlier, window.until);
  const own = earlier.find(({ schedule: of }) => of === schedule.id);
  if (own === undefined) return undefined;
  const concerned = view.sessions.filter(({ id }) => concerns(own, id));
  const paused = concerned.length > 0 && concerned.every(({ state }) => state === 'paused');
  return { sessions: own.sessions, paused, replaced: [] };
};

/** Plans the end before the pause begins: a crash in between must not leave it without one. */
const begin = (
  { ports, schedule, window, claim, agent }: Pausing,
  { sessions, replaced }: PlannedPause,
): Promise<void> =>
  ports.store.transaction(async (tx) => {
    await requireClaim(tx, schedule, claim);
    for (const { earlier, left } of replaced)
      if ((await tx.timedResumes.cancel(earlier.id)) && left !== undefined)
        await tx.timedResumes.add({ ...left, id: ports.newId() });
    await tx.timedResumes.add({
      account: schedule.account,
      conversationKey: schedule.conversationKey,
      id: ports.newId(),
      agentId: agent.agentId,
      sessions,
      dueAt: window.until,
      by: schedule.by,
      schedule: schedule.id,
    });
    await tx.schedules.saveAgents([{ ...agent, state: 'begun', sessions }]);
  });

/** A pause that is asked for twice is one. */
const pause = async ({ ports, schedule, agent, claim }: Pausing): Promise<void> => {
  await suppress(ports, schedule.account, agent.agentId, 'pause');
  const api = ports.pingPlotter(schedule.account);
  await api.setSessions(agent.agentId, 'pause', ownSignal(claim));
};

const finish = (
  { ports, schedule, claim, agent }: Pausing,
  view: AgentView,
  { sessions }: PlannedPause,
): Promise<void> => {
  const at = ports.clock.now();
  const ids = sessions.length === 0 ? view.sessions.map(({ id }) => id) : sessions;
  return ports.store.transaction(async (tx) => {
    // Who has ended it meanwhile has taken over what it left paused.
    const isOurs = await tx.schedules.extend(schedule.id, claim.holder, leaseMs);
    if (isOurs) await tx.schedules.saveAgents([{ ...agent, state: 'paused', sessions }]);
    const by = { name: `schedule #${schedule.number}`, at, schedule: true } as const;
    await tx.sessions.markPaused(schedule.account, agent.agentId, ids, by);
    await audit(tx, schedule, {
      action: 'agent.pause',
      agentId: agent.agentId,
      agentName: fullName(view.agent),
      at,
      result: 'done',
      tenantId: (await tx.installations.find(schedule))?.tenantId,
    });
  });
};

/** It cannot be paused in this window; what had begun leaves no end behind. */
const fail = ({ ports, schedule, claim, agent }: Pausing, code: string): Promise<void> =>
  ports.store.transaction(async (tx) => {
    await requireClaim(tx, schedule, claim);
    const earlier = await tx.timedResumes.forAgent(schedule.account, agent.agentId);
    for (const { id, schedule: of } of earlier)
      if (of === schedule.id) await tx.timedResumes.cancel(id);
    await tx.schedules.saveAgents([{ ...agent, state: 'failed', ...optional('problem', code) }]);
    await audit(tx, schedule, {
      action: 'agent.pause',
      agentId: agent.agentId,
      agentName:
        ports.fleets.last(schedule.account)?.agents.find((one) => one.agent.id === agent.agentId)
          ?.agent.name ?? agent.agentId,
      at: ports.clock.now(),
      result: code,
      tenantId: (await tx.installations.find(schedule))?.tenantId,
    });
  });
