import { median } from '../median.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { Channel, Post } from './watched-world.ts';
import { pollMs } from './watched-world.ts';
import type { World } from './world.ts';

// Which message is about which incident, and the figures that follow. The README says what each means.

/** A fault as one channel should hear of it. */
export interface Incident {
  readonly fault: Fault;
  /** Those of its victims that the channel watches. */
  readonly victims: ReadonlySet<string>;
  /** When it showed, ms since 1970; of who does not come, when their day begins. */
  readonly at: number;
  readonly posts: readonly Post[];
}

export interface Measures {
  readonly incidents: readonly Incident[];
  /** Real ones that were told in time, of all real ones, and how long it took in polls. */
  readonly toldShare: number;
  readonly late: readonly Incident[];
  readonly delayPolls: number;
  readonly messagesPerIncident: number;
  readonly blips: number;
  readonly blipsTold: number;
  /** Messages that nothing explains. */
  readonly unexplained: readonly Post[];
  /** Messages that are about nothing but people who are away. */
  readonly aboutAway: readonly Post[];
}

/** A person hears within three polls (contract, Watches), and of who does not come within these. */
const inTimePolls = 3;
const absentWithinMs = 90 * 60_000;
/** Until the end of a problem is told, counted from the end of what caused it. */
const afterEndMs = 15 * pollMs;

const isBlip = ({ kind }: Fault): boolean => kind === 'blip';
const deadlineOf = ({ fault, at }: Pick<Incident, 'fault' | 'at'>): number =>
  at + (fault.kind === 'absent' ? absentWithinMs : inTimePolls * pollMs);

/** What one channel heard. `watches` = whether it watches an agent of this name. */
export const measure = (
  world: World,
  { key }: Channel,
  watches: (name: string) => boolean,
  posts: readonly Post[],
): Measures => {
  const incidents = world.faults.flatMap((fault) => {
    const seen = world.seen.get(fault.id);
    const victims = new Set([...(seen?.victims ?? [])].filter(watches));
    const at = fault.kind === 'absent' ? fault.from : (seen?.at ?? fault.from);
    return victims.size === 0 ? [] : [{ fault, victims, at, posts: [] as Post[] }];
  });
  const unexplained: Post[] = [];
  const aboutAway: Post[] = [];
  /** By message: where it was put. */
  const putIn = new Map<string, Post[]>();
  for (const post of posts.filter(({ conversation }) => conversation === key)) {
    // An end goes into the thread of its beginning.
    const ended = post.isOpen ? undefined : putIn.get(post.thread ?? '');
    const about = incidents
      .filter((incident) => !isBlip(incident.fault) && isAbout(post, incident))
      .toSorted((x, y) => y.at - x.at)[0];
    const place = ended ?? about?.posts ?? (isAboutAway(world, post) ? aboutAway : unexplained);
    place.push(post);
    putIn.set(post.id, place);
  }
  const real = incidents.filter(({ fault }) => !isBlip(fault));
  const firstOf = (incident: Incident): Post | undefined =>
    incident.posts.find(({ isOpen }) => isOpen);
  // One card may be about several incidents of a kind, like two who do not come: it says so of each that it names.
  const isTold = (incident: Incident): boolean =>
    real
      .filter(({ fault }) => fault.kind === incident.fault.kind)
      .flatMap((alike) => alike.posts)
      .some((post) => post.isOpen && isAbout(post, incident) && post.at <= deadlineOf(incident));
  const blips = incidents.filter(({ fault }) => isBlip(fault));
  const heard = real.filter((incident) => firstOf(incident) !== undefined);
  const delays = heard
    .filter(({ fault }) => fault.kind !== 'absent')
    .map((incident) => ((firstOf(incident)?.at ?? 0) - incident.at) / pollMs);
  return {
    incidents,
    toldShare: real.filter(isTold).length / real.length,
    late: real.filter((incident) => !isTold(incident)),
    delayPolls: median(delays),
    messagesPerIncident:
      heard.reduce((sum, incident) => sum + incident.posts.length, 0) / heard.length,
    blips: blips.length,
    blipsTold: blips.filter((blip) =>
      unexplained.some((post) => post.isOpen && isAbout(post, blip)),
    ).length,
    unexplained,
    aboutAway,
  };
};

/** It names somebody who suffers from it while it lasts, or shortly after. */
const isAbout = (post: Post, { fault, victims, at }: Omit<Incident, 'posts'>): boolean =>
  post.at >= Math.min(at, fault.from) &&
  post.at <= endOf(fault, post) &&
  [...post.names].some((name) => victims.has(name));

/** Who did not come is back when they are back: that they are is no false message. */
const endOf = ({ kind, until }: Fault, { isOpen }: Post): number =>
  kind === 'absent' && !isOpen ? until + longestAbsenceMs : until + afterEndMs;

const longestAbsenceMs = 4 * 24 * 60 * pollMs;

/** It names somebody who is away, and began while they were; or says that somebody is back who was. */
const isAboutAway = ({ away }: World, { at, names, isOpen }: Post): boolean =>
  away.some(
    ({ machine, from, until }) =>
      names.has(machine.name) &&
      at >= from &&
      at <= (isOpen ? until + afterEndMs : until + longestAbsenceMs),
  );

export const countKinds = (incidents: readonly Incident[]): ReadonlyMap<FaultKind, number> => {
  const counts = new Map<FaultKind, number>();
  for (const { fault } of incidents) counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1);
  return counts;
};
