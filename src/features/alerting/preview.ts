import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { Samples } from '../history/store.ts';
import type { WatchRule } from '../watches/domain/watch.ts';
import type { Backtest, WatchPreviewer } from '../watches/ports.ts';
import { foldBacktest } from './domain/backtest.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'read'>;
  readonly log: Logger;
  readonly pollSeconds: number;
  readonly store: { readonly samples: Samples };
}

/** Samples are stored for a week. */
const weekMs = 7 * 24 * 60 * 60_000;
/** A person waits for the reply, and the samples of a large fleet may take longer to read. */
const patienceMs = 3000;

export const createWatchPreviewer = (ports: Ports): WatchPreviewer => ({
  preview: async (account, rule) => {
    const isMatching = matches(parseFilter(rule.filter));
    try {
      const fleet = await ports.fleets.read(account);
      const agents = fleet.agents.filter(isMatching);
      const backtest = await backtestLastWeek(ports, account, rule, agents);
      return {
        matching: agents.length,
        agents,
        ...optional('backtest', backtest),
      };
    } catch (error) {
      ports.log.warn('watch.preview-failed', { code: asAppError(error).code });
      return undefined;
    }
  },
});

const backtestLastWeek = async (
  { store, clock, pollSeconds }: Ports,
  account: string,
  rule: WatchRule,
  matching: readonly AgentView[],
): Promise<Backtest | undefined> => {
  if (rule.quality === 'none') return undefined;
  const now = clock.now();
  const begunAt = clock.monotonic();
  const agents = new Set(matching.map(({ agent }) => agent.id));
  const backtest = foldBacktest(rule, pollSeconds);
  for await (const page of store.samples.pages(account, {
    from: now - weekMs,
    until: now,
    agents,
  })) {
    if (clock.monotonic() - begunAt > patienceMs) return undefined;
    backtest.add(page);
  }
  return backtest.result();
};
