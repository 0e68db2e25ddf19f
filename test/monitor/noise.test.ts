import { expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../bench/noise/faults.ts';
import type { Machine, Site } from '../bench/noise/network.ts';
import { type Channel, type Post, pollMs, watchWorld } from '../bench/noise/watched-world.ts';
import { aWorld } from '../bench/noise/world.ts';
import { fakeClock } from '../fakes/clock.ts';
import { aDatabase } from '../store/a-database.ts';

// A short form of `npm run bench:noise`: a morning of 24 agents, three incidents and two blips.

const start = Date.parse('2026-11-02T00:00:00Z');
const hourMs = 60 * pollMs;
const place = { timeZone: 'Europe/Berlin', offsetMs: hourMs, servers: 2 };
const sites: readonly Site[] = [
  { ...place, code: 'BER', laptops: 12 },
  { ...place, code: 'MUC', laptops: 8 },
];
const channels: readonly Channel[] = [
  { key: 'all', filter: '', timeZone: 'Europe/Berlin' },
  { key: 'MUC', filter: 'field.Site:MUC', timeZone: 'Europe/Berlin' },
];

/** By the clock in UTC; people in Germany have been at work for an hour or two. */
const at = (hours: number, minutes: number): number => start + hours * hourMs + minutes * pollMs;
const [begin, end] = [at(8, 0), at(10, 20)];

const aFault = (kind: Fault['kind'], element: string, more: Partial<Fault>): Fault => ({
  id: `${kind} of ${element}`,
  kind,
  element,
  effect: 'bad',
  score: 30,
  share: 1,
  from: 0,
  until: 0,
  ...more,
});

const gateway = aFault('gateway', 'gateway MUC', { from: at(8, 25), until: at(8, 45) });
const server = aFault('server down', 'cable BER-SV-001', {
  effect: 'down',
  from: at(9, 0),
  until: at(9, 20),
});
const service = aFault('service', 'service mail', { from: at(9, 50), until: at(10, 10) });
/** Each is over before a second poll could see it. */
const blips = [
  aFault('blip', 'cable BER-SV-002', { from: at(8, 10) + 1000, until: at(8, 11) }),
  aFault('blip', 'cable MUC-SV-002', {
    effect: 'down',
    from: at(9, 30) + 1000,
    until: at(9, 31) + 1000,
  }),
];

const played = async () => {
  const clock = fakeClock(begin);
  const faults = (_machines: readonly Machine[]): readonly Fault[] => [
    gateway,
    server,
    service,
    ...blips,
  ];
  const world = aWorld({ seed: 7, sites, start, days: 1, now: clock.now, faults });
  const watched = await watchWorld(clock, world.pingPlotter, channels, await aDatabase());
  onTestFinished(() => watched.close());
  while (clock.now() < end) await watched.minute();
  return { world, posts: watched.posts };
};

it('notifies of what lasts, where it is watched, and of no blip', async () => {
  const { world, posts } = await played();
  const victimsOf = ({ id }: Fault): ReadonlySet<string> =>
    world.seen.get(id)?.victims ?? new Set();
  const first = (fault: Fault, conversation: string): Post | undefined =>
    posts.find(
      (post) =>
        post.conversation === conversation &&
        post.isOpen &&
        post.at >= fault.from &&
        [...post.names].some((name) => victimsOf(fault).has(name)),
    );
  for (const fault of [gateway, server, service]) {
    expect(victimsOf(fault).size).toBeGreaterThan(0);
    const seenAt = world.seen.get(fault.id)?.at ?? 0;
    expect(first(fault, 'all')?.at).toBeLessThanOrEqual(seenAt + 3 * pollMs);
  }
  expect(first(gateway, 'MUC')).toBeDefined();
  expect(first(server, 'MUC')).toBeUndefined();
  for (const blip of blips) {
    expect(victimsOf(blip).size).toBe(1);
    for (const { names, at: postedAt } of posts)
      if (postedAt >= blip.from && postedAt <= blip.until + 15 * pollMs)
        expect([...names]).not.toEqual(expect.arrayContaining([...victimsOf(blip)]));
  }
});
