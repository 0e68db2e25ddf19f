import type { AgentId } from '../../../platform/agent.ts';
import { inSlices, otherTurns } from '../../../platform/slices.ts';
import { type QuarterBits, quarterMs } from '../../history/domain/quarters.ts';
import type { PresenceRead } from '../../history/store.ts';
import { missingAfterMs } from '../../silence/domain/absence.ts';
import type { HoursHere } from '../../silence/ports.ts';

/** An agent that was offline, by quarters of an hour: about. Times in ms since 1970. */
export interface Absence {
  readonly agent: AgentId;
  readonly beganAt: number;
  /** When it would have been told. */
  readonly raisedAt: number;
  /** When it was back, or the end of what is known. */
  readonly endedAt: number;
  readonly open: boolean;
}

export interface Absences {
  readonly found: readonly Absence[];
  /** The first quarter that is known; none was, if absent. */
  readonly since?: number;
}

const agentsAtOnce = 500;

/**
 * Times in which an agent was not seen online between or after others in which it was. Before an agent is first
 * seen it may not have been an agent yet. What began and ended within a quarter of an hour is not seen.
 */
export const findAbsences = async (
  { from, until, polled, agents }: PresenceRead,
  wanted: ReadonlySet<AgentId>,
  afterMs = 0,
): Promise<Absences> => {
  const known: number[] = [];
  for (let quarter = from; quarter < until; quarter += 1)
    if (polled.has(quarter)) known.push(quarter);
  const [first] = known;
  if (first === undefined) return { found: [] };
  const found: Absence[] = [];
  let count = 0;
  for (const [agent, online] of agents) {
    if (!wanted.has(agent)) continue;
    for (const span of spansOffline(known, online)) {
      const beganAt = span.from * quarterMs;
      const raisedAt = beganAt + afterMs;
      if (span.until * quarterMs > raisedAt)
        found.push({ agent, beganAt, raisedAt, endedAt: span.until * quarterMs, open: span.open });
    }
    count += 1;
    if (count % agentsAtOnce === 0) await otherTurns();
  }
  return { found, since: first * quarterMs };
};

/** Leaves out those that usual hours hold back until they end. Who did not come is told when that is clear. */
export const withoutUsual = async (
  absences: readonly Absence[],
  hours: Pick<HoursHere, 'absence'>,
): Promise<readonly Absence[]> => {
  const told: Absence[] = [];
  await inSlices(absences, (one) => {
    const said = hours.absence(one.agent, one.beganAt, one.endedAt);
    if (said?.kind === 'usual') return;
    const clearAt = said?.from === undefined ? 0 : said.from + missingAfterMs;
    told.push({ ...one, raisedAt: Math.max(one.raisedAt, clearAt) });
  });
  return told;
};

interface Span {
  readonly from: number;
  readonly until: number;
  readonly open: boolean;
}

function* spansOffline(known: readonly number[], online: QuarterBits): Generator<Span> {
  let wasOnline = false;
  let from: number | undefined;
  for (const quarter of known) {
    if (!online.has(quarter)) {
      if (wasOnline) from ??= quarter;
      continue;
    }
    if (from !== undefined) yield { from, until: quarter, open: false };
    from = undefined;
    wasOnline = true;
  }
  const last = known.at(-1);
  if (from !== undefined && last !== undefined) yield { from, until: last + 1, open: true };
}
