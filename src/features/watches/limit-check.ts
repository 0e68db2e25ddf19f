import type { SessionId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError, refusal } from '../../platform/errors.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { filterInSlices } from '../../platform/slices.ts';
import { bucketMs } from '../../platform/trace.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { mostLimitedSessions } from './domain/limits.ts';

interface Ports {
  readonly clock: Pick<Clock, 'now'>;
  readonly fleets: Pick<FleetReader, 'read'>;
  readonly pingPlotter: (account: string) => Pick<PingPlotter, 'trace'>;
}

/** What these say of one session says nothing of the right to read trace data. */
const saysNothing: ReadonlySet<string> = new Set(['rate-limited', 'not-found']);

/**
 * Whether limits can be followed at the agents of this filter. Throws 'bad-input' for too many sessions and without
 * the right to trace data; as PingPlotter does where neither can be known.
 */
export const requireLimitsReadable = async (
  { clock, fleets, pingPlotter }: Ports,
  account: string,
  filter: string,
): Promise<void> => {
  const { agents } = await fleets.read(account);
  const found = await filterInSlices(agents, matches(parseFilter(filter, 'stored')));
  const sessions = found.reduce((sum, view) => sum + view.sessions.length, 0);
  if (sessions > mostLimitedSessions)
    throw refusal('bad-input', 'watch.limit-too-wide', { sessions, most: mostLimitedSessions });
  // Where the watch waits for agents to come, any other session says what the key may read.
  const [session] = [...found, ...agents].flatMap((view) => view.sessions.slice(0, 1));
  if (session === undefined) return;
  const until = clock.now();
  try {
    await pingPlotter(account).trace(session.id, { from: until - bucketMs, until });
  } catch (error) {
    const { code } = asAppError(error);
    if (code === 'permission-missing') throw refusal('bad-input', 'watch.no-trace-data');
    if (!saysNothing.has(code)) throw error;
  }
};

/** Undefined where that cannot be known now. */
export const mayReadTraces = async (
  { clock, pingPlotter }: Pick<Ports, 'clock' | 'pingPlotter'>,
  account: string,
  session: SessionId,
): Promise<boolean | undefined> => {
  const until = clock.now();
  try {
    await pingPlotter(account).trace(session, { from: until - bucketMs, until });
    return true;
  } catch (error) {
    return asAppError(error).code === 'permission-missing' ? false : undefined;
  }
};
