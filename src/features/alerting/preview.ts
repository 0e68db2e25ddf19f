import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { filterInSlices, inSlices } from '../../platform/slices.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { UsualScores } from '../history/ports.ts';
import type { Presence, Samples } from '../history/store.ts';
import type { UsualHours } from '../silence/ports.ts';
import { isPlainBound, type WatchRule } from '../watches/domain/watch.ts';
import type { Backtest, WatchPreview, WatchPreviewer } from '../watches/ports.ts';
import { findAbsences, withoutUsual } from './domain/absences.ts';
import { foldBacktest } from './domain/backtest.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'read'>;
  readonly log: Logger;
  readonly pollSeconds: number;
  readonly store: { readonly presence: Pick<Presence, 'read'>; readonly samples: Samples };
  readonly usualHours: UsualHours;
  readonly usualScores: UsualScores;
}

/** Samples are stored for a week. */
const weekMs = 7 * 24 * 60 * 60_000;
/** A person waits for the reply, and the samples of a large fleet may take longer to read. */
const patienceMs = 3000;

export const createWatchPreviewer = (ports: Ports): WatchPreviewer => ({
  preview: async (account, rule, timeZone) => {
    const isMatching = matches(parseFilter(rule.filter, 'stored'));
    try {
      const fleet = await ports.fleets.read(account);
      const agents = await filterInSlices(fleet.agents, isMatching);
      const backtest = await backtestLastWeek(ports, account, rule, timeZone, agents);
      return {
        matching: agents.length,
        agents,
        ...optional('backtest', backtest),
        ...optional('usualKnown', await countUsual(ports, account, rule, agents)),
        ...optional('hoursKnown', await countKnown(ports, account, rule, timeZone, agents)),
      };
    } catch (error) {
      ports.log.warn('watch.preview-failed', { code: asAppError(error).code });
      return undefined;
    }
  },
});

/** A poll or two later than a week ago is no younger store. */
const sameMs = 60 * 60_000;

/** Of how many of these agents it is known when they are usually online. */
const countKnown = async (
  { usualHours }: Pick<Ports, 'usualHours'>,
  account: string,
  { offline, always }: WatchRule,
  timeZone: string,
  agents: readonly AgentView[],
): Promise<number | undefined> => {
  if (!offline || always === true) return undefined;
  const here = await usualHours.in(account, timeZone);
  const known = await filterInSlices(
    agents,
    ({ agent: { id } }) => here.setFor(id) !== undefined || here.learned(id).kind !== 'not-yet',
  );
  return known.length;
};

/** Of how many of their targets it is known what is usual at this hour. */
const countUsual = async (
  { clock, usualScores }: Ports,
  account: string,
  { quality }: WatchRule,
  agents: readonly AgentView[],
): Promise<WatchPreview['usualKnown']> => {
  if (quality === 'none' || !('worseThan' in quality)) return undefined;
  const usual = await usualScores.at(account, clock.now());
  const count = { targets: 0, known: 0 };
  await inSlices(agents, ({ sessions }) => {
    count.targets += sessions.length;
    count.known += sessions.filter(({ id }) => usual(id) !== undefined).length;
  });
  return count;
};

const backtestLastWeek = async (
  { store, clock, pollSeconds, usualHours }: Ports,
  account: string,
  rule: WatchRule,
  timeZone: string,
  matching: readonly AgentView[],
): Promise<Backtest | undefined> => {
  const until = clock.now();
  const begunAt = clock.monotonic();
  const isTooLong = (): boolean => clock.monotonic() - begunAt > patienceMs;
  const agents = new Set(matching.map(({ agent }) => agent.id));
  const period = { from: until - weekMs, until, agents };
  const backtest = foldBacktest(rule, pollSeconds);
  const younger = (begin: number | undefined) =>
    optional('since', begin !== undefined && begin - period.from > sameMs ? begin : undefined);
  const byScore = isPlainBound(rule.quality);
  if (byScore)
    for await (const page of store.samples.pages(account, period)) {
      if (isTooLong()) return undefined;
      backtest.add(page);
    }
  const absences = rule.offline
    ? await findAbsences(await store.presence.read(account, period), agents, rule.afterMs)
    : { found: [] };
  if (isTooLong()) return undefined;
  const told =
    rule.always === true || absences.found.length === 0
      ? absences.found
      : await withoutUsual(absences.found, await usualHours.in(account, timeZone));
  if (isTooLong()) return undefined;
  backtest.addAbsences(told);
  const begin = backtest.begin();
  const offline =
    absences.since === undefined
      ? undefined
      : {
          problems: told.length,
          usual: absences.found.length - told.length,
          ...younger(absences.since),
        };
  if (!byScore && offline === undefined) return undefined;
  return {
    ...backtest.result(),
    ...younger(begin),
    ...(byScore && begin === undefined ? { unmeasured: true } : {}),
    ...optional('offline', offline),
  };
};
