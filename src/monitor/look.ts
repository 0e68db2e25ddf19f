import type { Agent, AgentId, AgentStatus } from '../core/agent.ts';
import { type AgentView, definitionNames, viewAgent } from '../core/overview.ts';
import { staleAfterMs } from '../core/quality.ts';
import type { Sample } from '../core/stores.ts';
import type { Findings } from './commit.ts';
import { newlySeen, seenBesides } from './known-sessions.ts';
import type { Memory } from './memory.ts';
import { newSamples } from './plan-samples.ts';
import { type Look, type Occurrence, stepAgent, stepGone } from './plan-steps.ts';
import type { MonitorPorts } from './ports.ts';
import { inSlices } from './slices.ts';
import { termsKey } from './watch-plan.ts';

/** Devices with what PingPlotter says of them. */
export interface Reading {
  readonly devices: readonly Agent[];
  readonly statuses: ReadonlyMap<AgentId, AgentStatus>;
}

/** Agents as people would see them, with all their sessions. */
export const viewDevices = async (
  ports: Pick<MonitorPorts, 'account' | 'store' | 'pollSeconds'>,
  memory: Memory,
  { devices, statuses }: Reading,
  now: number,
): Promise<{
  readonly views: readonly AgentView[];
  readonly seen: NonNullable<Findings['seen']>;
}> => {
  const paused = await ports.store.sessions.paused(ports.account);
  const fresh = newlySeen(memory.sessions, statuses);
  const definitions = definitionNames(devices);
  const staleMs = staleAfterMs(ports.pollSeconds);
  const views: AgentView[] = [];
  await inSlices(devices, (agent) => {
    const status = statuses.get(agent.id);
    const seen = seenBesides(memory.sessions.get(agent.id), status, paused.get(agent.id));
    views.push(viewAgent({ agent, status, seen, definitions }, now, staleMs));
  });
  return { views, seen: fresh };
};

/** What these agents teach each watch, and what they measured. */
export const learnFrom = async (
  ports: MonitorPorts,
  memory: Memory,
  views: readonly AgentView[],
  look: Pick<Look, 'marks' | 'now'>,
): Promise<{
  readonly occurrences: readonly Occurrence[];
  readonly samples: readonly Sample[];
}> => {
  const { account, store, pollSeconds, expectations } = ports;
  const watches = await store.watches.all(account);
  for (const watch of watches) {
    if (memory.terms.get(watch.id) === termsKey(watch)) continue;
    memory.book.forgetWatch(watch.id);
    memory.terms.set(watch.id, termsKey(watch));
  }
  forgetEnded(memory, new Set(watches.map(({ id }) => id)));
  const plan = memory.matching.planFor(watches, pollSeconds);
  const expected = await expectations.current(account, look.now);
  const whole: Look = { ...look, book: memory.book, expectations: expected };
  const before = earlier(memory.fleet?.views ?? []);
  const occurrences: Occurrence[] = [];
  const samples: Sample[] = [];
  await inSlices(views, (view, place) => {
    for (const occurrence of stepAgent(plan, view, whole)) occurrences.push(occurrence);
    for (const sample of newSamples(view, before(view, place))) samples.push(sample);
  });
  for (const occurrence of stepGone(plan, whole)) occurrences.push(occurrence);
  return { occurrences, samples };
};

/** The same agent in an earlier look, nearly always in the same place: no index is made unless one is missing. */
const earlier = (
  views: readonly AgentView[],
): ((view: AgentView, place: number) => AgentView | undefined) => {
  let byId: ReadonlyMap<AgentId, AgentView> | undefined;
  return ({ agent: { id } }, place) => {
    const candidate = views[place];
    if (candidate?.agent.id === id) return candidate;
    byId ??= new Map(views.map((view) => [view.agent.id, view]));
    return byId.get(id);
  };
};

const forgetEnded = ({ book, terms }: Memory, existing: ReadonlySet<string>): void => {
  for (const id of book.watches()) if (!existing.has(id)) book.forgetWatch(id);
  for (const id of terms.keys()) if (!existing.has(id)) terms.delete(id);
};
