import type { Agent, AgentId, AgentStatus } from '../core/agent.ts';
import { definitionNames, updated } from '../core/overview.ts';
import { staleAfterMs } from '../core/quality.ts';
import type { Sample } from '../core/stores.ts';
import type { Findings } from './commit.ts';
import { newlySeen, seenBesides } from './known-sessions.ts';
import type { Memory } from './memory.ts';
import { noteSamples } from './plan-samples.ts';
import { type Look, type Occurrence, stepAgent, stepGone } from './plan-steps.ts';
import type { MonitorPorts } from './ports.ts';
import { Sighting } from './sighting.ts';
import { inSlices } from './slices.ts';
import { termsKey } from './watch-plan.ts';

/** Devices with what PingPlotter says of them. */
export interface Reading {
  readonly devices: readonly Agent[];
  readonly statuses: ReadonlyMap<AgentId, AgentStatus>;
}

/** Agents with all that is known of their sessions. */
export const sightDevices = async (
  ports: Pick<MonitorPorts, 'account' | 'store' | 'pollSeconds'>,
  memory: Memory,
  { devices, statuses }: Reading,
  now: number,
): Promise<{
  readonly sightings: readonly Sighting[];
  readonly seen: NonNullable<Findings['seen']>;
}> => {
  const paused = await ports.store.sessions.paused(ports.account);
  const fresh = newlySeen(memory.sessions, statuses);
  const definitions = definitionNames(devices);
  const moment = { now, staleMs: staleAfterMs(ports.pollSeconds) };
  const sightings: Sighting[] = [];
  await inSlices(devices, (agent) => {
    const status = statuses.get(agent.id);
    const seen = seenBesides(memory.sessions.get(agent.id), status, paused.get(agent.id));
    const facts = { agent: updated(agent, status), status, seen, definitions };
    sightings.push(new Sighting(facts, moment));
  });
  return { sightings, seen: fresh };
};

/** What these agents teach each watch, and what they measured. */
export const learnFrom = async (
  ports: MonitorPorts,
  memory: Memory,
  sightings: readonly Sighting[],
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
  const before = earlier(memory.fleet?.sightings ?? []);
  const occurrences: Occurrence[] = [];
  const samples: Sample[] = [];
  await inSlices(sightings, (sighting, place) => {
    const sessions = sighting.measured();
    stepAgent(plan, sighting, sessions, whole, occurrences);
    noteSamples(sighting, sessions, before(sighting, place), samples);
  });
  for (const occurrence of stepGone(plan, whole)) occurrences.push(occurrence);
  return { occurrences, samples };
};

/** The same agent in an earlier look, nearly always in the same place: no index is made unless one is missing. */
const earlier = (
  sightings: readonly Sighting[],
): ((sighting: Sighting, place: number) => Sighting | undefined) => {
  let byId: ReadonlyMap<AgentId, Sighting> | undefined;
  return ({ facts: { agent } }, place) => {
    const candidate = sightings[place];
    if (candidate?.facts.agent.id === agent.id) return candidate;
    byId ??= new Map(sightings.map((one) => [one.facts.agent.id, one]));
    return byId.get(agent.id);
  };
};

const forgetEnded = ({ book, terms }: Memory, existing: ReadonlySet<string>): void => {
  for (const id of book.watches()) if (!existing.has(id)) book.forgetWatch(id);
  for (const id of terms.keys()) if (!existing.has(id)) terms.delete(id);
};
