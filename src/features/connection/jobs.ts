import { type Accounts, namesOf } from '../../platform/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import { isSameConversation } from '../../platform/conversation.ts';
import type { Job } from '../../platform/job.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { inSlices, otherTurns } from '../../platform/slices.ts';
import type { Transactional } from '../../platform/store.ts';
import { optional } from '../../shared/optional.ts';
import type { AgentView, FleetView } from '../fleet/domain/agent-view.ts';
import { matches, parseFilter } from '../fleet/domain/filter.ts';
import { findSilence } from '../silence/domain/silence.ts';
import type { Maintenance, Mutes } from '../silence/store.ts';
import { Fitness, newsOf, nextFitness } from './domain/fitness.ts';
import { ownersOf } from './domain/owner.ts';
import type { NotifyWishes, StoredNotifyWish } from './store.ts';

interface Collections {
  readonly notifyWishes: NotifyWishes;
  readonly outbox: Outbox;
}

interface Ports {
  readonly account: string;
  /** AGENT_OWNER_FIELD */
  readonly ownerField?: string;
  readonly pollSeconds: number;
  /** The fleet as the last poll of this instance saw it; nothing while another instance polls. */
  readonly polled: () => FleetView | undefined;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: Transactional<Collections> & {
    readonly notifyWishes: NotifyWishes;
    readonly mutes: Mutes;
    readonly maintenance: Maintenance;
  };
}

/** Goes on with each person's state by what the newest poll saw, once a poll, and enqueues what is news. */
export const connectionJob = (ports: Ports): Job => {
  let doneWith: FleetView | undefined;
  return {
    name: 'connections',
    run: async () => {
      const { ownerField, polled, store, account } = ports;
      const fleet = polled();
      if (ownerField === undefined || fleet === undefined || fleet === doneWith) return;
      const wishes = await store.notifyWishes.all(account);
      if (wishes.length > 0) await goOn(ports, wishes, fleet, ownerField);
      doneWith = fleet;
    },
  };
};

interface OfAll extends Omit<Ports, 'account' | 'polled'> {
  readonly accounts: Accounts;
  readonly polled: (account: string) => FleetView | undefined;
}

/** The same for each account. One that fails holds up no other. */
export const connectionsJob = ({ accounts, polled, ...ports }: OfAll): Job => {
  const jobs = new Map<string, Job>();
  return {
    name: 'connections',
    run: async (signal) => {
      const runs = namesOf(accounts).map((account) => {
        const known = jobs.get(account);
        const job = known ?? connectionJob({ ...ports, account, polled: () => polled(account) });
        jobs.set(account, job);
        return job.run(signal);
      });
      const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
  };
};

const goOn = async (
  ports: Ports,
  wishes: readonly StoredNotifyWish[],
  fleet: FleetView,
  field: string,
): Promise<void> => {
  const agentOf = await indexOwners(fleet.agents, field);
  const silentTo = await readSilence(ports);
  const now = ports.clock.now();
  const advanced: Advanced[] = [];
  for (const wish of wishes) {
    const view = agentOf(wish.keys);
    if (view === undefined) continue;
    const before = Fitness.safeParse(wish.state).data;
    const seen = nextFitness(before, view, { now, pollSeconds: ports.pollSeconds });
    const news = newsOf(seen, silentTo(wish, view));
    if (news !== undefined) await enqueue(ports, wish, seen, news);
    else if (JSON.stringify(seen) !== JSON.stringify(before)) advanced.push({ wish, seen });
  }
  await advanceAll(ports, advanced);
};

interface Advanced {
  readonly wish: StoredNotifyWish;
  readonly seen: Fitness;
}

/** Few enough to take a fraction of 50 ms, many enough that the disk is not waited for by each. */
const wishesPerTransaction = 200;

const advanceAll = async ({ store }: Ports, advanced: readonly Advanced[]): Promise<void> => {
  for (let start = 0; start < advanced.length; start += wishesPerTransaction) {
    const some = advanced.slice(start, start + wishesPerTransaction);
    await store.transaction(async (tx) => {
      for (const { wish, seen } of some) await tx.notifyWishes.advance(wish, seen);
    });
    // The database may work inside the process: others go on in between.
    await otherTurns();
  }
};

const enqueue = async (
  { store, newId, clock }: Ports,
  wish: StoredNotifyWish,
  { notified, ...seen }: Fitness,
  news: 'unfit' | 'fine',
): Promise<void> => {
  const { account, conversationKey, tenantId, personId } = wish;
  const problem = notified ?? newId();
  const after: Fitness = {
    ...seen,
    ...optional('notified', news === 'unfit' ? problem : undefined),
  };
  const payload: Notice = {
    kind: 'connection',
    tenantId,
    personId,
    agentId: seen.agentId,
    news,
    problem,
  };
  const card = news === 'unfit' ? problem : `${problem}-end`;
  await store.transaction(async (tx) => {
    if (await tx.notifyWishes.advance(wish, after))
      await tx.outbox.enqueue([
        { account, conversationKey, card, kind: 'post', payload, dueAt: clock.now() },
      ]);
  });
};

/** The one agent that names a person, and nobody else; nothing where there is none or several. */
const indexOwners = async (
  agents: readonly AgentView[],
  field: string,
): Promise<(keys: readonly string[]) => AgentView | undefined> => {
  const byKey = new Map<string, AgentView[]>();
  const owners = new Map<AgentView, ReadonlySet<string>>();
  await inSlices(agents, (view) => {
    const named = ownersOf(view.agent, field);
    if (named.size === 0) return;
    owners.set(view, named);
    for (const key of named) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [view]);
      else known.push(view);
    }
  });
  return (keys) => {
    const person = new Set(keys);
    const [one, ...more] = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    const isOwn = one !== undefined && [...(owners.get(one) ?? [])].every((key) => person.has(key));
    return isOwn && more.length === 0 ? one : undefined;
  };
};

/** Whether a mute or a maintenance window of the person's conversation holds messages back now. */
const readSilence = async ({
  store,
  account,
  clock,
}: Ports): Promise<(wish: StoredNotifyWish, view: AgentView) => boolean> => {
  const now = clock.now();
  const mutes = await store.mutes.active(account, now);
  const windows = await store.maintenance.list(account, now);
  return (wish, view) =>
    findSilence(
      now,
      view.agent.id,
      {
        mutes: mutes.filter((one) => isSameConversation(one, wish)),
        maintenance: windows.filter((one) => isSameConversation(one, wish)),
      },
      (filter) => isMatching(filter, view),
    ) !== undefined;
};

/** A filter that cannot be read matches no agent. */
const isMatching = (filter: string, view: AgentView): boolean => {
  try {
    return matches(parseFilter(filter, 'stored'))(view);
  } catch {
    return false;
  }
};
