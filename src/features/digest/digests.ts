import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Notice } from '../../platform/notice.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { optional } from '../../shared/optional.ts';
import { DigestSchedule, nextDigest, periodMs } from './domain/schedule.ts';
import type { Digests } from './store.ts';

export interface Ports {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: { readonly digests: Digests; readonly outbox: Outbox };
}

export interface DigestState {
  /** Absent = this conversation gets no digest. */
  readonly schedule?: DigestSchedule;
  /** ms since 1970 */
  readonly dueAt?: number;
  /** The name of the person who set it. */
  readonly by?: string;
}

/** Replaces the schedule of this conversation, since each has at most one. */
export const setDigest =
  ({ store, clock }: Ports) =>
  async (scope: Scope, schedule: DigestSchedule): Promise<DigestState> => {
    const here = conversationOf(scope);
    const before = await store.digests.find(here);
    const dueAt = nextDigest(schedule, clock.now());
    const by = actorOf(scope);
    await store.digests.set({
      ...here,
      schedule,
      dueAt,
      by,
      ...optional('baseline', before?.baseline),
    });
    return { schedule, dueAt, by: by.name };
  };

/** False if there was no digest to end. */
export const endDigest =
  ({ store }: Ports) =>
  async (scope: Scope): Promise<boolean> =>
    store.digests.remove(conversationOf(scope));

export const digestHere =
  ({ store }: Ports) =>
  async (scope: Scope): Promise<DigestState> => {
    const stored = await store.digests.find(conversationOf(scope));
    const { data } = DigestSchedule.safeParse(stored?.schedule);
    return data === undefined || stored === undefined
      ? {}
      : { schedule: data, dueAt: stored.dueAt, by: stored.by.name };
  };

const minuteMs = 60_000;

/** Sends one digest now, through the outbox like every other. Those of a minute that wait still become one. */
export const sendDigest =
  (ports: Ports) =>
  async (scope: Scope): Promise<void> => {
    const { schedule } = await digestHere(ports)(scope);
    const now = ports.clock.now();
    const payload: Notice = { kind: 'digest', from: now - periodMs(schedule), to: now };
    await ports.store.outbox.enqueue([
      {
        ...conversationOf(scope),
        card: `digest-${Math.floor(now / minuteMs)}`,
        kind: 'post',
        payload,
        dueAt: now,
      },
    ]);
  };
