import { DateTime } from 'luxon';
import { z } from 'zod';
import type { AgentId } from '../../../platform/agent.ts';
import { onDay, TimeOfDay, TimeZone, Weekday } from '../../../shared/time.ts';
import type { MaintenanceWindow, Mute } from '../store.ts';

export const QuietHours = z
  .object({
    from: TimeOfDay,
    /** If it is not later than `from`, it is on the next day. */
    to: TimeOfDay,
    /** The days on which quiet hours begin. */
    days: z.array(Weekday).min(1).readonly(),
    timeZone: TimeZone,
  })
  .readonly();
export type QuietHours = z.infer<typeof QuietHours>;

/** All that may suppress a conversation's notifications. Each of them ends by itself. */
export interface Silences {
  readonly quiet?: QuietHours;
  readonly mutes: readonly Pick<Mute, 'agentId' | 'until'>[];
  readonly maintenance: readonly Pick<MaintenanceWindow, 'filter' | 'from' | 'until'>[];
}

export interface Silence {
  readonly why: 'quiet' | 'mute' | 'maintenance' | 'hours';
  /** ms since 1970 */
  readonly until: number;
}

/** The silence of this agent that ends last. Another one may begin when it ends. */
export const findSilence = (
  at: number,
  agent: AgentId,
  { quiet, mutes, maintenance }: Silences,
  matches: (filter: string) => boolean,
): Silence | undefined => {
  const quietEnd = quiet && quietUntil(quiet, at);
  const silences: readonly Silence[] = [
    ...(quietEnd === undefined ? [] : [{ why: 'quiet' as const, until: quietEnd }]),
    ...mutes
      .filter(({ agentId, until }) => (agentId === '' || agentId === agent) && at < until)
      .map(({ until }) => ({ why: 'mute' as const, until })),
    ...maintenance
      .filter(({ from, until, filter }) => from <= at && at < until && matches(filter))
      .map(({ until }) => ({ why: 'maintenance' as const, until })),
  ];
  return silences.toSorted((a, b) => b.until - a.until)[0];
};

/** When the quiet hours end that include this time, in ms since 1970. */
export const quietUntil = (
  { from, to, days, timeZone }: QuietHours,
  at: number,
): number | undefined => {
  const today = DateTime.fromMillis(at, { zone: timeZone });
  const overnight = to <= from ? 1 : 0;
  return [today, today.minus({ days: 1 })]
    .filter(({ weekday }) => days.includes(weekday))
    .map((day) => ({
      start: onDay(day, from),
      end: onDay(day.plus({ days: overnight }), to),
    }))
    .find(({ start, end }) => start <= at && at < end)?.end;
};
