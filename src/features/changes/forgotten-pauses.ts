import { z } from 'zod';
import { type Accounts, namesOf } from '../../platform/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Installation, Installations } from '../../platform/conversation.ts';
import type { Job } from '../../platform/job.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Documents, Leases, Transactional } from '../../platform/store.ts';
import { groupBy } from '../../shared/grouped.ts';
import { normalizeId } from '../../shared/names.ts';
import type { FleetReader } from '../fleet/ports.ts';
import type { PausedBy, SeenSessions } from '../fleet/store.ts';
import { type EndlessPause, endlessPauses, forgottenAfterMs } from './domain/forgotten-pause.ts';
import { pausedNow } from './forgotten-notice.ts';
import type { TimedResumes } from './store.ts';

interface Ports {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly fleets: Pick<FleetReader, 'last' | 'read'>;
  readonly store: Transactional<{ readonly documents: Documents; readonly outbox: Outbox }> & {
    readonly documents: Documents;
    readonly installations: Pick<Installations, 'list'>;
    readonly leases: Leases;
    readonly sessions: Pick<SeenSessions, 'paused'>;
    readonly timedResumes: Pick<TimedResumes, 'all'>;
  };
}

type Person = NonNullable<PausedBy['person']>;
type PersonsPause = EndlessPause & { readonly by: { readonly person: Person } };

/** Nobody waits for it to the minute. */
const everyMs = 5 * 60_000;
const leaseMs = 60_000;

/** The pauses that somebody has been reminded of, so that it is once, whatever restarts. */
const document = 'forgotten-pauses';
const Reminded = z.array(z.string());
const keyOf = ({ agent, session, by }: EndlessPause): string =>
  JSON.stringify([agent, session, by.at]);

const isOfPerson = (pause: EndlessPause): pause is PersonsPause => pause.by.person !== undefined;

/** Reminds people once of what they have paused for long and without an end. */
export const forgottenPausesJob = (ports: Ports): Job => {
  const holder = ports.newId();
  let last: number | undefined;
  return {
    name: 'forgotten pauses',
    run: async () => {
      const now = ports.clock.monotonic();
      if (last !== undefined && now - last < everyMs) return;
      last = now;
      const runs = namesOf(ports.accounts).map((account) => remindAlone(ports, account, holder));
      // One account that fails holds up no other.
      const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
  };
};

/** Another instance that reads at the same time would remind once more. */
const remindAlone = async (ports: Ports, account: string, holder: string): Promise<void> => {
  const { leases } = ports.store;
  const name = JSON.stringify([document, account]);
  if (!(await leases.acquire(name, holder, leaseMs))) return;
  try {
    await remind(ports, account);
  } finally {
    await leases.release(name, holder);
  }
};

const remind = async (ports: Ports, account: string): Promise<void> => {
  const { store, clock, fleets } = ports;
  const now = clock.now();
  const resumes = await store.timedResumes.all(account);
  const old = endlessPauses(await store.sessions.paused(account), resumes).filter(
    ({ by }) => now - by.at > forgottenAfterMs,
  );
  const before = new Set(Reminded.safeParse(await store.documents.read(account, document)).data);
  const unsaid = old.filter(isOfPerson).filter((pause) => !before.has(keyOf(pause)));
  if (unsaid.length === 0) return;
  const { agents } = fleets.last(account) ?? (await fleets.read(account));
  const paused = pausedNow(agents);
  const due = unsaid.filter(({ agent, session, by }) => paused.get(agent)?.get(session) === by.at);
  if (due.length === 0) return;
  const places = await store.installations.list(account);
  const noted = [...old.filter((pause) => before.has(keyOf(pause))), ...due].map(keyOf);
  await store.transaction(async (tx) => {
    await tx.documents.write(account, document, noted);
    await tx.outbox.enqueue(
      noticesOf(due).map(({ person, payload }) => ({
        account,
        conversationKey: chatWith(places, person) ?? person.conversationKey,
        card: ports.newId(),
        kind: 'post' as const,
        payload,
        dueAt: now,
      })),
    );
  });
};

/** One for each person and conversation, however many they have paused there. */
const noticesOf = (
  due: readonly PersonsPause[],
): readonly { readonly person: Person; readonly payload: Notice }[] =>
  [
    ...groupBy(due, ({ by: { person } }) =>
      JSON.stringify([person.tenantId, person.id, person.conversationKey]),
    ).values(),
  ].flatMap((pauses) => {
    const [first] = pauses;
    if (first === undefined) return [];
    const said = pauses.map(({ agent, session, by }) => ({ agent, session, at: by.at }));
    return [
      {
        person: first.by.person,
        payload: { kind: 'forgotten-pause', by: first.by.name, pauses: said },
      },
    ];
  });

const chatWith = (places: readonly Installation[], person: Person): string | undefined =>
  places.find(
    ({ kind, state, tenantId, personId = '' }) =>
      kind === 'personal' &&
      state === 'alive' &&
      normalizeId(tenantId) === normalizeId(person.tenantId) &&
      normalizeId(personId) === normalizeId(person.id),
  )?.conversationKey;
