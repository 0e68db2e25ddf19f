import { between, type Random, wholeBetween } from '../../../src/simulator/random.ts';
import { type Element, homeProviders, type Machine, type Site, services, vpns } from './network.ts';
import type { PersonDays, Workday } from './people.ts';

// What goes wrong, labelled: each fault has an element of the network, a beginning and an end.

/** What somebody who runs the network would want to hear of, each named by what it is. */
export type FaultKind =
  | 'wifi'
  | 'gateway'
  | 'provider'
  | 'service'
  | 'vpn'
  | 'server down'
  | 'absent'
  | 'blip';

export interface Fault {
  readonly id: string;
  readonly kind: FaultKind;
  readonly element: Element;
  /** Nothing passes, or it passes badly. */
  readonly effect: 'down' | 'bad';
  /** What links through it score while it is bad. */
  readonly score: number;
  /** How many of its measurements are bad, from 0 to 1. */
  readonly share: number;
  /** ms since 1970 */
  readonly from: number;
  readonly until: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Between two faults that many feel. */
const restMs = 75 * minuteMs;
/** Hours are known from then on (contract, Usual hours). */
const learnedAfterDays = 7;

export interface FaultWorld {
  readonly machines: readonly Machine[];
  readonly people: ReadonlyMap<string, PersonDays>;
  readonly sites: readonly Site[];
  readonly start: number;
  readonly days: number;
}

interface Wish {
  readonly kind: FaultKind;
  readonly times: number;
  readonly minutes: readonly [low: number, high: number];
  readonly draw: () => Pick<Fault, 'element' | 'effect'> | undefined;
}

const pick = <T>(random: Random, some: readonly T[]): T | undefined =>
  some[wholeBetween(random, 0, some.length - 1)];

/** Those that many feel are in hours of work, where somebody feels them, and never two at once. */
export const drawFaults = (random: Random, world: FaultWorld): readonly Fault[] => {
  const offices = world.sites.filter(({ laptops }) => laptops > 0);
  const siteFault = (part: string): Pick<Fault, 'element' | 'effect'> | undefined => {
    const site = pick(random, offices);
    return site && { element: `${part} ${site.code}`, effect: random() < 0.5 ? 'down' : 'bad' };
  };
  const wide: readonly Wish[] = [
    { kind: 'gateway', times: 7, minutes: [8, 90], draw: () => siteFault('gateway') },
    { kind: 'provider', times: 3, minutes: [8, 90], draw: () => siteFault('provider') },
    {
      kind: 'service',
      times: 6,
      minutes: [10, 120],
      draw: () => ({ element: `service ${pick(random, services)}`, effect: 'bad' }),
    },
    {
      kind: 'vpn',
      times: 4,
      minutes: [10, 90],
      draw: () => ({ element: pick(random, vpns) ?? vpns[0], effect: 'bad' }),
    },
    {
      kind: 'provider',
      times: 2,
      minutes: [10, 90],
      draw: () => ({ element: `provider ${pick(random, homeProviders)}`, effect: 'bad' }),
    },
  ];
  const found: Fault[] = [];
  const add = (kind: FaultKind, fault: Omit<Fault, 'id' | 'kind'>): void =>
    void found.push({ ...fault, kind, id: `${kind} ${found.length + 1}` });
  const isFree = (from: number, until: number): boolean =>
    found.every((one) => until + restMs < one.from || from > one.until + restMs);
  for (const { kind, times, minutes, draw } of wide)
    for (let left = times, tries = 0; left > 0 && tries < 5000; tries += 1) {
      const fault = draw();
      const day = wholeBetween(random, 0, world.days - 1);
      const offset = offsetOf(fault?.element ?? '', world.sites);
      const from = world.start - offset + day * 24 * hourMs + between(random, 9.75, 15) * hourMs;
      const until = from + between(random, ...minutes) * minuteMs;
      if (fault === undefined || day % 7 > 4 || !isFree(from, until)) continue;
      add(kind, { ...fault, from, until, score: between(random, 15, 45), share: 0.97 });
      left -= 1;
    }
  const wideFaults = [...found];
  const isQuiet = (from: number, until: number): boolean =>
    wideFaults.every((one) => until < one.from - restMs || from > one.until + restMs);
  drawNarrow(random, world, add, isQuiet);
  drawBlips(random, world, add);
  return found;
};

/** American machines work when it is evening in Europe. */
const offsetOf = (element: Element, sites: readonly Site[]): number => {
  const site = sites.find(({ code }) => element.endsWith(` ${code}`));
  if (site !== undefined) return site.offsetMs;
  return element === vpns[1] ? -6 * hourMs : hourMs;
};

type Add = (kind: FaultKind, fault: Omit<Fault, 'id' | 'kind'>) => void;

const drawNarrow = (
  random: Random,
  { machines, people, start, days }: FaultWorld,
  add: Add,
  isQuiet: (from: number, until: number) => boolean,
): void => {
  const laptops = machines.filter(({ kind }) => kind === 'laptop');
  const servers = machines.filter(({ kind }) => kind === 'server');
  // Each machine at most once: what one fault did must not be taken for another.
  const used = new Set<string>();
  for (let left = 26, tries = 0; left > 0 && tries < 5000; tries += 1) {
    const laptop = pick(random, laptops);
    const presence = pick(
      random,
      (people.get(laptop?.id ?? '')?.workdays ?? []).flatMap((day) => day.presence),
    );
    if (laptop === undefined || presence === undefined || used.has(laptop.id)) continue;
    const from = between(random, presence.from + 20 * minuteMs, presence.until - 90 * minuteMs);
    const until = from + between(random, 8, 70) * minuteMs;
    if (from < presence.from || !isQuiet(from, until)) continue;
    used.add(laptop.id);
    const element = `wifi ${laptop.name}`;
    add('wifi', {
      element,
      effect: 'bad',
      score: between(random, 20, 50),
      share: 0.9,
      from,
      until,
    });
    left -= 1;
  }
  for (let left = 10, tries = 0; left > 0 && tries < 5000; tries += 1) {
    const server = pick(random, servers);
    const from = start + between(random, 0.1, days - 0.5) * 24 * hourMs;
    const until = from + between(random, 8, 240) * minuteMs;
    if (server === undefined || used.has(server.id) || !isQuiet(from, until)) continue;
    used.add(server.id);
    add('server down', {
      element: `cable ${server.name}`,
      effect: 'down',
      score: 0,
      share: 1,
      from,
      until,
    });
    left -= 1;
  }
  for (let left = 8, tries = 0; left > 0 && tries < 5000; tries += 1) {
    const laptop = pick(random, laptops);
    const person = people.get(laptop?.id ?? '');
    const workday = pick(
      random,
      (person?.workdays ?? []).filter(({ day }) => day >= learnedAfterDays),
    );
    if (laptop === undefined || workday === undefined || used.has(laptop.id)) continue;
    if (!cameAWeekBefore(person, workday)) continue;
    used.add(laptop.id);
    const { from, until } = workday;
    add('absent', {
      element: `power ${laptop.name}`,
      effect: 'down',
      score: 0,
      share: 1,
      from,
      until,
    });
    left -= 1;
  }
};

const cameAWeekBefore = (person: PersonDays | undefined, { day }: Workday): boolean =>
  person?.workdays.some((other) => other.day === day - 7) === true;

/** One or two bad measurements of an agent that is on: over before anybody could act, and no news. */
const drawBlips = (
  random: Random,
  { machines, people, start, days }: FaultWorld,
  add: Add,
): void => {
  for (let left = 80, tries = 0; left > 0 && tries < 5000; tries += 1) {
    const machine = pick(random, machines);
    const isShared = left % 10 === 0;
    const day = wholeBetween(random, 0, days - 1);
    const from = start + (day * 24 + between(random, 6, 22)) * hourMs;
    const isOn =
      machine?.kind === 'server' ||
      people
        .get(machine?.id ?? '')
        ?.workdays.some(({ presence }) =>
          presence.some((one) => one.from < from && from < one.until),
        );
    if (machine === undefined || isOn !== true) continue;
    const link = `${machine.kind === 'laptop' ? 'wifi' : 'cable'} ${machine.name}`;
    const element = isShared ? `service ${pick(random, services)}` : link;
    const effect = !isShared && left % 3 === 0 ? 'down' : 'bad';
    const until = from + between(random, 25, 55) * 1000;
    add('blip', { element, effect, score: between(random, 20, 50), share: 1, from, until });
    left -= 1;
  }
};
