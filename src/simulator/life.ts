import type { SimulatedAgent } from './agent.ts';
import { installed } from './change.ts';
import { calmLine, drifted, type Line, nextLine, type Pace } from './drift.ts';
import { between, type Random, wholeBetween } from './random.ts';
import type { World } from './world.ts';

export interface Life {
  tick(): void;
  collapse(site: string, minutes?: number): void;
}

export interface Temper {
  readonly collapseEveryMinutes?: number;
  readonly installCreatedAfterMinutes?: number;
}

const minuteMs = 60_000;

/** Moves the world on; between two ticks only the clock's own effects happen. */
export const createLife = (
  world: World,
  random: Random,
  now: () => number,
  { collapseEveryMinutes = 15, installCreatedAfterMinutes }: Temper,
): Life => {
  const lines = new Map<string, Line>();
  const startedAt = now();
  let movedOnAt = startedAt;

  const moveAgents = (agents: readonly SimulatedAgent[], paceOf: (site: string) => Pace) => {
    for (const agent of agents) {
      const line = lines.get(agent.site) ?? calmLine;
      world.change(agent.id, (each) => drifted(each, line, paceOf(each.site), random));
    }
  };

  const collapse: Life['collapse'] = (site, minutes = 5) => {
    const agents = world.agents();
    const sites = sitesOf(agents);
    if (!sites.includes(site)) throw new Error(`no site ${site}; there are ${sites.join(', ')}`);
    const line = lines.get(site) ?? calmLine;
    lines.set(site, { ...line, collapsedUntil: now() + minutes * minuteMs });
    moveAgents(
      agents.filter((agent) => agent.site === site),
      () => 'settled',
    );
  };

  const collapseNowAndThen = (elapsedMs: number): void => {
    if (collapseEveryMinutes <= 0) return;
    const chance = 1 - Math.exp(-elapsedMs / (collapseEveryMinutes * minuteMs));
    if (random() >= chance) return;
    const sites = sitesOf(world.agents()).filter(
      (site) => lines.get(site)?.collapsedUntil === undefined,
    );
    const site = sites[wholeBetween(random, 0, sites.length - 1)];
    if (site !== undefined) collapse(site, between(random, 3, 8));
  };

  const installCreated = (at: number): void => {
    if (installCreatedAfterMinutes === undefined) return;
    const created = world
      .agents()
      .filter((agent) => isAwaited(agent) && agent.createdAt >= startedAt)
      .filter((agent) => at - agent.createdAt >= installCreatedAfterMinutes * minuteMs);
    for (const { id } of created) world.change(id, installed(random));
  };

  return {
    tick: () => {
      const at = now();
      const agents = world.agents();
      const recovered = new Set<string>();
      for (const site of sitesOf(agents)) {
        const line = lines.get(site) ?? calmLine;
        const next = nextLine(line, at, random);
        if (line.collapsedUntil !== undefined && next.collapsedUntil === undefined)
          recovered.add(site);
        lines.set(site, next);
      }
      moveAgents(agents, (site) => (recovered.has(site) ? 'settled' : 'drifting'));
      collapseNowAndThen(at - movedOnAt);
      installCreated(at);
      movedOnAt = at;
    },
    collapse,
  };
};

const isAwaited = ({ template, online, lastMessageAt, deletedAt }: SimulatedAgent): boolean =>
  !template && !online && lastMessageAt === undefined && deletedAt === undefined;

const sitesOf = (agents: readonly SimulatedAgent[]): readonly string[] => [
  ...new Set(
    agents
      .filter(({ site, deletedAt }) => site !== '' && deletedAt === undefined)
      .map(({ site }) => site),
  ),
];
