import { countKinds, type Incident, type Measures, measure } from './noise/measures.ts';
import { dayMs } from './noise/people.ts';
import { channels, days, everything, play, start } from './noise/play.ts';
import type { Post } from './noise/watched-world.ts';
import type { World } from './noise/world.ts';

// Plays one seed and measures it; the figures go to the parent.

export interface Found {
  readonly toldShare: number;
  readonly messagesPerIncident: number;
  /** A day, after the first week. */
  readonly falseMessages: number;
  readonly delayPolls: number;
  /** Of a table: one for each channel. */
  readonly rows: readonly string[];
  /** What was told of each incident, and what was false. */
  readonly listed: readonly string[];
}

const week = 7;
const isSecondWeek = ({ at }: Post): boolean => at >= start + week * dayMs;
/** Whose hours nobody can know yet: who was away all of the first week. Their days count from when they first came. */
const isAboutNewcomers =
  ({ firstOn }: World) =>
  ({ at, names }: Post): boolean =>
    [...names].every((name) => at < (firstOn.get(name) ?? 0) + (week + 0.5) * dayMs);
const aDay = (some: readonly Post[], ofDays: number): string => (some.length / ofDays).toFixed(2);
const shown = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '–');

const rowOf = (world: World, key: string, found: Measures): string => {
  const { incidents, late, blips, blipsTold, unexplained, aboutAway } = found;
  const second = unexplained.filter(isSecondWeek);
  const newcomers = second.filter(isAboutNewcomers(world));
  const kinds = [...countKinds(late)].map(([kind, count]) => `${count} ${kind}`).join(', ');
  return `| ${[
    key,
    incidents.length - blips,
    shown(found.toldShare),
    shown(found.messagesPerIncident),
    aDay(
      unexplained.filter((post) => !isSecondWeek(post)),
      week,
    ),
    aDay(
      second.filter((post) => !newcomers.includes(post)),
      days - week,
    ),
    shown(found.delayPolls),
    `${blipsTold} of ${blips}`,
    aDay(aboutAway.filter(isSecondWeek), days - week),
    aDay(newcomers, days - week),
    kinds === '' ? 'none' : kinds,
  ].join(' | ')} |`;
};

const shownAt = (ms: number): string => new Date(ms).toISOString().slice(5, 16);

const lineOf = ({ fault, at, victims, posts }: Incident): string => {
  const span = `${shownAt(at)} to ${shownAt(fault.until)}`;
  const heard = posts.map((post) => `${shownAt(post.at)} ${post.summary}`).join(' // ');
  return `${fault.id}, ${fault.element} ${fault.effect}, ${span}, ${victims.size} agents: ${heard}`;
};

const { world, posts, updates } = await play(Number(process.argv[2]));
const all = measure(world, everything, () => true, posts);
const found: Found = {
  toldShare: all.toldShare,
  messagesPerIncident: all.messagesPerIncident,
  falseMessages:
    all.unexplained.filter(isSecondWeek).filter((post) => !isAboutNewcomers(world)(post)).length /
    (days - week),
  delayPolls: all.delayPolls,
  rows: [
    rowOf(world, 'all', all),
    ...channels
      .filter((channel) => channel !== everything)
      .map((channel) => {
        const watches = (name: string): boolean => name.startsWith(`${channel.key}-`);
        return rowOf(world, channel.key, measure(world, channel, watches, posts));
      }),
    `| all of them: ${posts.length} messages, ${updates} updates | | | | | | | | | | |`,
  ],
  listed: [
    ...all.incidents.filter(({ fault }) => fault.kind !== 'blip').map(lineOf),
    ...all.unexplained.map((post) => `false ${shownAt(post.at)} ${post.summary}`),
    ...all.aboutAway.map((post) => `away ${shownAt(post.at)} ${post.summary}`),
  ],
};
process.send?.(found);
