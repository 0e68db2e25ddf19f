import { expect, it, onTestFinished } from 'vitest';
import { createOwnChanges } from '../../../src/features/changes/own-changes.ts';
import type { AgentView, FleetView } from '../../../src/features/fleet/domain/agent-view.ts';
import { schedulesJob } from '../../../src/features/schedules/jobs.ts';
import { openStore } from '../../../src/store/open.ts';
import { here } from '../../chat/talk.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { type Mortal, mortal } from '../../fakes/mortal.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { aDatabase } from '../../store/a-database.ts';
import { aSession, aView } from '../fleet/an-agent.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const never = new AbortController().signal;

/** Two agents; somebody has paused one target by hand. A schedule pauses both every night from 22:00 to 06:00. */
const start = async () => {
  const clock = fakeClock(Date.parse('2026-11-23T12:00:00Z'));
  const store = await openStore({ url: await aDatabase(), clock, log: silentLog });
  onTestFinished(() => store.close());
  await store.installations.refresh({
    ...here,
    tenantId: 'tenant-1',
    serviceUrl: 'https://teams.example/',
    kind: 'personal',
    botId: '28:bot',
    channelId: 'msteams',
  });
  await store.schedules.add({
    ...here,
    subject: { filter: '' },
    times: { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', timeZone: 'UTC' },
    by: { id: 'ada', name: 'Ada' },
    createdAt: clock.now(),
    dueAt: Date.parse('2026-11-23T22:00:00Z'),
  });
  const agents = new Map([
    ['a', new Map([['crm', false]])],
    [
      'b',
      new Map([
        ['crm', false],
        ['by-hand', true],
      ]),
    ],
  ]);
  const changes: string[] = [];
  const viewOf = (id: string): AgentView =>
    aView({
      agent: { id, name: id.toUpperCase() },
      sessions: [...(agents.get(id) ?? [])].map(([session, paused]) =>
        aSession({ id: session, state: paused ? 'paused' : 'active' }),
      ),
    });
  const set = (agent: string, session: string, paused: boolean): void => {
    agents.get(agent)?.set(session, paused);
  };
  const api = {
    setSessions: async (agent: string, action: string): Promise<void> => {
      changes.push(`${action} ${agent}`);
      for (const session of agents.get(agent)?.keys() ?? [])
        set(agent, session, action === 'pause');
    },
    setSession: async (agent: string, session: string, action: string): Promise<void> => {
      changes.push(`${action} ${agent}/${session}`);
      set(agent, session, action === 'pause');
    },
  };
  const fleet = (): FleetView => ({
    agents: [...agents.keys()].map(viewOf),
    takenAt: clock.now(),
    readAt: clock.monotonic(),
    skipped: 0,
  });
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  const processOf = ({ bind }: Mortal) => {
    const { read } = bind({ read: async () => fleet() });
    const calls = bind(api);
    return schedulesJob({
      agents: bind({ read: async (_: string, id: string) => viewOf(id) }),
      clock,
      concurrency: 1,
      fleets: { read, forget: () => {}, last: fleet },
      log: silentLog,
      newId,
      ownChanges: createOwnChanges(),
      pingPlotter: () => calls as never,
      pollSeconds: 60,
      store: bind(store),
    });
  };
  return { clock, store, agents, changes, processOf };
};

type World = Awaited<ReturnType<typeof start>>;

/** What is to be said, as the card of each message says it. */
const said = async ({ store, clock }: World): Promise<readonly string[]> => {
  const found: string[] = [];
  const queue = await store.outbox.claimQueue(clock.now(), minute);
  if (queue === undefined) return found;
  for (;;) {
    const item = await store.outbox.next(queue, clock.now());
    if (item === undefined) break;
    const { what, agents } = item.payload as { what: string; agents: number };
    found.push(`${agents} ${what}`);
    await store.outbox.done(queue, item, clock.now());
  }
  await store.outbox.leave(queue, clock.now());
  return found;
};

/** A process does what is due, and is killed at its step `last`; the next one goes on when the lease is over. */
const night = async (world: World, moment: number, last: number): Promise<Mortal> => {
  const { clock, processOf } = world;
  await clock.jump(moment - clock.now());
  const first = mortal(last);
  await processOf(first)
    .run(never)
    .catch(() => {});
  const next = processOf(mortal());
  for (let run = 0; run < 2; run += 1) {
    await clock.jump(61_000);
    await next.run(never);
  }
  return first;
};

const audited = async ({ store, clock }: World): Promise<readonly string[]> =>
  (await store.audit.list({ account: here.account, limit: 50 }))
    .filter(({ at }) => at > clock.now() - 10 * minute)
    .map(({ action, agentId, result }) => `${action} ${agentId} ${result}`)
    .sort();

it('a schedule that is killed at any step pauses and resumes once, and says so once', async () => {
  const world = await start();
  const { changes, agents, store } = world;
  let evening = Date.parse('2026-11-23T22:03:00Z');
  let [dies, steps] = [true, 0];
  for (let last = 1; dies; last += 1) {
    steps = last;
    const at = `killed at step ${last}`;
    const begun = await night(world, evening, last);
    // A lost answer is asked for again only where it was not done.
    expect(changes.splice(0), at).toEqual(['pause a', 'pause b']);
    expect(await audited(world), at).toEqual(['agent.pause a done', 'agent.pause b done']);
    expect(await said(world), at).toEqual(['2 paused']);
    const ended = await night(world, evening + 8 * 60 * minute, last);
    // Resuming what is not paused does no harm, and nobody may stay paused.
    expect(new Set(changes.splice(0)), at).toEqual(new Set(['resume a', 'resume b/crm']));
    expect(await audited(world), at).toEqual(['agent.resume a done', 'agent.resume b done']);
    expect(await said(world), at).toEqual(['2 resumed']);
    expect(
      [...agents].map(([id, sessions]) => [id, ...sessions.values()]),
      at,
    ).toEqual([
      ['a', false],
      ['b', false, true],
    ]);
    expect(await store.timedResumes.all(here.account), at).toEqual([]);
    dies = begun.isDead() || ended.isDead();
    evening += day;
  }
  // It was killed everywhere, between each two of them.
  expect(steps).toBeGreaterThan(40);
});
