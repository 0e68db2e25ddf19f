import { asAppError } from '../core/errors.ts';
import { matches, parseFilter } from '../core/filter.ts';
import type { AgentView } from '../core/overview.ts';
import { type Rehearsal, rehearse } from '../core/rehearsal.ts';
import type { Sample } from '../core/stores.ts';
import type { WatchRule } from '../core/watch.ts';
import type { Needs } from './ports.ts';

/** What a watch is about now, and what it would have sent. */
export interface WatchPreview {
  readonly matching: number;
  /** Worst first. */
  readonly agents: readonly AgentView[];
  /** Absent when nobody can tell: samples know nothing of who was offline, and reading them may take too long. */
  readonly rehearsal?: Rehearsal;
}

/** Samples are kept that long. */
const weekMs = 7 * 24 * 60 * 60_000;
/** Somebody waits for the answer; a large fleet's samples of a week may take longer. */
const patienceMs = 3000;

/** Undefined when the fleet cannot be read now: a watch can be made all the same. */
export const previewWatch =
  (ports: Needs<'fleets' | 'clock' | 'log' | 'pollSeconds', 'samples'>) =>
  async (account: string, rule: WatchRule): Promise<WatchPreview | undefined> => {
    const isMeant = matches(parseFilter(rule.filter));
    try {
      const fleet = await ports.fleets.read(account);
      const agents = fleet.agents.filter(isMeant);
      const samples = await lastWeek(ports, account, rule, agents);
      return {
        matching: agents.length,
        agents,
        ...(samples && { rehearsal: rehearse(rule, samples, ports.pollSeconds) }),
      };
    } catch (error) {
      ports.log.warn('watch not previewed', { code: asAppError(error).code });
      return undefined;
    }
  };

const lastWeek = async (
  { store, clock }: Needs<'clock', 'samples'>,
  account: string,
  { quality }: WatchRule,
  agents: readonly AgentView[],
): Promise<readonly Sample[] | undefined> => {
  if (quality === 'none') return undefined;
  const now = clock.now();
  const samples: Sample[] = [];
  for (const { agent } of agents) {
    if (clock.now() - now > patienceMs) return undefined;
    for (const one of await store.samples.list(account, agent.id, now - weekMs, now))
      samples.push(one);
  }
  return samples;
};
