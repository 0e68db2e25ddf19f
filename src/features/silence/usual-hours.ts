import type { AgentId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Presence, PresenceRead } from '../history/store.ts';
import { type Absence, absenceOf } from './domain/absence.ts';
import {
  type Calendar,
  createCalendar,
  type ExpectedTime,
  expectedTimesOfSet,
  expectedTimesOfWeek,
  type SetHours,
} from './domain/hours.ts';
import {
  type Cells,
  cellsOf,
  daysBack,
  daysToLearn,
  type Learned,
  learnHours,
} from './domain/usual-hours.ts';
import type { HoursHere, UsualHours } from './ports.ts';
import type { AgentHours, HoursOfAgent } from './store.ts';

interface Ports {
  readonly clock: Clock;
  readonly store: { readonly presence: Presence; readonly agentHours: AgentHours };
}

const dayMs = 24 * 60 * 60_000;

interface OfAccount {
  /** Quarters of a day since 1970. */
  readonly period: number;
  /** When its presence was read, in ms since 1970. */
  readonly readAt: number;
  readonly presence: Promise<PresenceRead>;
  readonly zones: Map<string, OfZone>;
  set: { readonly version: string; readonly hours: ReadonlyMap<AgentId, HoursOfAgent> };
}

interface OfZone {
  readonly cells: Cells;
  readonly calendar: Calendar;
  readonly learned: Map<AgentId, Learned>;
  /** What was set for many agents, by its JSON. */
  readonly ofSet: Map<string, readonly ExpectedTime[]>;
  readonly absences: Map<
    AgentId,
    { readonly since: number; readonly absence: Absence | undefined }
  >;
}

/** What was read is used for so long. The hours of who is known for seven days are used from the next period on. */
const readForMs = dayMs / 4;

export const createUsualHours = ({ clock, store }: Ports): UsualHours => {
  const accounts = new Map<string, OfAccount>();

  const accountNow = (account: string): OfAccount => {
    const now = clock.now();
    const period = Math.floor(now / readForMs);
    const known = accounts.get(account);
    if (known?.period === period) return known;
    const presence = store.presence.read(account, { from: now - daysBack * dayMs, until: now });
    // A read that failed is not kept: the next one who asks reads again.
    presence.catch(() => accounts.delete(account));
    const made: OfAccount = {
      period,
      readAt: now,
      presence,
      zones: new Map(),
      set: noneSet,
    };
    accounts.set(account, made);
    return made;
  };

  return {
    in: async (account, typedZone) => {
      const timeZone = typedZone === '' ? 'UTC' : typedZone;
      const here = accountNow(account);
      const version = await store.agentHours.version(account);
      if (here.set.version !== version) {
        const all = await store.agentHours.all(account);
        here.set = { version, hours: new Map(all.map((one) => [one.agentId, one])) };
        for (const { absences } of here.zones.values()) absences.clear();
      }
      const presence = await here.presence;
      let zone = here.zones.get(timeZone);
      if (zone === undefined) {
        zone = {
          cells: cellsOf(presence, timeZone),
          calendar: createCalendar(timeZone, clock.now()),
          learned: new Map(),
          absences: new Map(),
          ofSet: new Map(),
        };
        here.zones.set(timeZone, zone);
      }
      return hoursHere(timeZone, presence, zone, here);
    },
  };
};

const noneSet = { version: '', hours: new Map<AgentId, HoursOfAgent>() };

const hoursHere = (
  timeZone: string,
  presence: PresenceRead,
  zone: OfZone,
  { set: { hours: set }, readAt }: Pick<OfAccount, 'set' | 'readAt'>,
): HoursHere => {
  const { cells, calendar, learned, absences } = zone;
  /** Only who is asked for is learned: of most agents nobody ever asks. */
  const learn = (agent: AgentId): Learned => {
    const known = learned.get(agent) ?? learnHours(cells, presence.agents.get(agent));
    learned.set(agent, known);
    return known;
  };
  const times = (agent: AgentId, since: number): Iterable<ExpectedTime> | undefined => {
    const hours = set.get(agent)?.hours;
    if (hours !== undefined) return expectedTimesOf(hours, zone);
    const known = learn(agent);
    return known.kind === 'hours' ? expectedTimesOfWeek(known.week, calendar, since) : undefined;
  };
  return {
    timeZone,
    setFor: (agent) => set.get(agent),
    learned: learn,
    knownFrom: (agent) => {
      const known = learn(agent);
      const learnedAt = readAt - (known.kind === 'hours' ? known.days - daysToLearn : 0) * dayMs;
      return set.get(agent)?.at ?? (known.kind === 'hours' ? learnedAt : undefined);
    },
    absence: (agent, since, now) => {
      const known = absences.get(agent);
      const isOld = known?.absence?.kind === 'usual' && known.absence.until <= now;
      if (known !== undefined && known.since === since && !isOld) return known.absence;
      const found = times(agent, since);
      const absence = found && absenceOf(found, since, now);
      absences.set(agent, { since, absence });
      return absence;
    },
  };
};

const expectedTimesOf = (
  hours: SetHours,
  { calendar, ofSet }: OfZone,
): readonly ExpectedTime[] | undefined => {
  if (hours.kind === 'always') return undefined;
  const key = JSON.stringify(hours);
  const found = ofSet.get(key) ?? expectedTimesOfSet(hours, calendar.around);
  ofSet.set(key, found);
  return found;
};
