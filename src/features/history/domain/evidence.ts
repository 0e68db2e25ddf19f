import type { TracePoint } from '../../../platform/trace.ts';
import { type BadWindow, isGood, type TraceSummary } from './trace-summary.ts';

/** Windows of one kind: those that are listed in the order of time, and the others as a sum. */
export interface ListedWindows {
  readonly count: number;
  readonly totalMs: number;
  readonly listed: readonly BadWindow[];
  /** Together, of those that are not listed. */
  readonly restMs: number;
}

/** How the near target was while the other one was bad. */
export interface NearThen {
  readonly fine: number;
  readonly bad: number;
  /** Nobody knows. */
  readonly unmeasured: number;
}

/** The longest are listed where there is no room for all; each is of a whole window, never of its worst moment. */
export const listWindows = (windows: readonly BadWindow[], room: number): ListedWindows => {
  const byLength = windows.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.from - b.from);
  const rest = byLength.slice(room);
  return {
    count: windows.length,
    totalMs: totalOf(windows),
    listed: byLength.slice(0, room).toSorted((a, b) => a.from - b.from),
    restMs: totalOf(rest),
  };
};

export const splitWindows = ({ windows }: Pick<TraceSummary, 'windows'>) => ({
  outages: windows.filter(({ outage }) => outage),
  losses: windows.filter(({ outage }) => !outage),
});

/** How many of either are listed: outages first, but never all of the room where there is loss, too. */
export const shareRoom = (
  outages: number,
  losses: number,
  room: number,
): { readonly outages: number; readonly losses: number } => {
  const least = Math.min(losses, Math.floor(room / 2));
  const first = Math.min(outages, room - least);
  return { outages: first, losses: Math.min(losses, room - first) };
};

export const nearWhile = (windows: readonly BadWindow[], near: readonly TracePoint[]): NearThen => {
  const then = { fine: 0, bad: 0, unmeasured: 0 };
  for (const { from, until } of windows) {
    const during = near.filter(({ at, sent }) => at >= from && at < until && sent > 0);
    if (during.length === 0) then.unmeasured += 1;
    else if (during.every(isGood)) then.fine += 1;
    else then.bad += 1;
  }
  return then;
};

const lengthOf = ({ from, until }: BadWindow): number => until - from;
const totalOf = (windows: readonly BadWindow[]): number =>
  windows.reduce((sum, window) => sum + lengthOf(window), 0);
