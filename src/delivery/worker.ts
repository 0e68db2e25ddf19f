import type { Conversation } from '../platform/conversation.ts';
import { asAppError } from '../platform/errors.ts';
import type { ConversationQueue } from '../platform/outbox.ts';
import { createCredentials } from './credentials.ts';
import { newestState, type SendingPorts } from './deliver.ts';
import { createDeliveryLeader, createRecentSends, createWakeSignal } from './leader.ts';
import { createPatientRenders } from './patient-renders.ts';
import { serveQueue } from './serve-queue.ts';

export interface DeliveryPorts
  extends Omit<
    SendingPorts,
    'persist' | 'halt' | 'leaseMs' | 'claimedAt' | 'credentials' | 'lasts'
  > {
  /** Names this process. The same again after a restart only where no other process can run meanwhile. */
  readonly instance: string;
  /** No other process fills the outbox: whatever comes into it wakes the worker. */
  readonly alone?: boolean;
  readonly leaseMs?: number;
  /** Of a row, by its payload: whether alerts and answers go before it. None if left out. */
  readonly isPatient?: (payload: unknown) => boolean;
  /** Of a row, by its payload: whether it is about what goes on. None if left out. */
  readonly lasts?: (payload: unknown) => boolean;
  /** How many conversations it sends to at the same time. */
  readonly queuesAtOnce?: number;
}

/** As it was at most a second ago, or when the last message was done. */
export interface DeliveryView {
  readonly waiting: number;
  /** ms since 1970 */
  readonly oldestDueAt?: number;
  /** Conversations that are being sent to. */
  readonly sending: number;
  /** Of several instances one sends. */
  readonly isSender: boolean;
  /** False while it cannot work: without a store, or while Teams refuses the bot's credentials. */
  readonly ok: boolean;
}

export interface DeliveryWorker {
  start(): void;
  /** Begins no further send, finishes those in flight and leaves the rest in the store. */
  stop(): Promise<void>;
  /** Something was put into the outbox. */
  wake(): void;
  view(): DeliveryView;
  /** Where Teams refuses the bot's credentials: everywhere, or in this conversation alone. */
  refusal(conversation: Conversation): 'everywhere' | 'here' | undefined;
}

/** Longer than a send may take (10 s): else another instance would repeat what is in flight. */
const usualLeaseMs = 15_000;
/** Teams takes some 100 ms to answer: this many at once use up what a tenant is allowed. */
const usualQueuesAtOnce = 16;
const checkEveryMs = 1000;
/** Of a worker that is alone, while nothing is due: what comes wakes it. */
const checkIdleEveryMs = 10_000;

/** Sends what is in the outbox, until it is stopped. */
export const createDelivery = (ports: DeliveryPorts): DeliveryWorker => {
  const { store, clock, log, instance } = ports;
  const { leaseMs = usualLeaseMs, queuesAtOnce = usualQueuesAtOnce } = ports;
  const { alone = false, isPatient = () => false, lasts = () => false } = ports;
  const { outbox } = store;
  const wakeSignal = createWakeSignal(clock);
  // Shorter than the lease of a conversation queue: who takes over too early finds the queues in use still
  // claimed.
  const leaderLeaseMs = Math.ceil(leaseMs / 3);
  const leader = createDeliveryLeader({
    leases: store.leases,
    clock,
    instance,
    leaseMs: leaderLeaseMs,
  });
  const underWay = new Map<AbortController, Promise<void>>();
  let rests: readonly number[] = [];
  let backlog: { readonly waiting: number; readonly oldestDueAt?: number } = { waiting: 0 };
  let checkedAt = Number.NEGATIVE_INFINITY;
  let unwritten = 0;
  const credentials = createCredentials(clock);
  let isSender = false;
  /** Nothing is under way, and the backlog was read since. */
  let isAtRest = false;
  let ok = true;
  let stopping = false;
  let running: Promise<void> | undefined;

  const failed = (what: string, error: unknown): void => {
    if (ok) log.error(what, { code: asAppError(error).code, error });
    ok = false;
  };

  const persist = async (write: () => Promise<void>, halt: AbortSignal): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await write();
        if (tries > 1) unwritten -= 1;
        return;
      } catch (error) {
        if (tries === 1) unwritten += 1;
        failed('delivery.outcome-not-stored', error);
        if (halt.aborted) throw error;
        await clock.sleep(checkEveryMs, halt).catch(() => undefined);
      }
    }
  };

  const serving = {
    ...ports,
    leaseMs,
    persist,
    credentials,
    isPatient,
    lasts,
    patientRenders: createPatientRenders({
      draw: (item, place) => newestState(ports, item, place),
      random: ports.random,
    }),
    earlierSends: createRecentSends({ outbox, leader, clock }),
  };

  const serve = async (queue: ConversationQueue, halt: AbortSignal): Promise<void> => {
    try {
      const restsUntil = await serveQueue(
        { ...serving, halt, claimedAt: clock.monotonic() },
        queue,
      );
      const now = clock.now();
      rests = [...rests, restsUntil].filter((at) => at > now);
    } catch (error) {
      failed('delivery.queue-paused', error);
      // Else it would be claimed until the lease is over. Unless it stops: then what was sent may not be stored.
      if (!halt.aborted)
        await outbox.leave(queue, clock.now() + checkEveryMs).catch(() => undefined);
    }
  };

  const begin = (queue: ConversationQueue): void => {
    const halt = new AbortController();
    if (stopping) halt.abort();
    const served = serve(queue, halt.signal).finally(() => {
      underWay.delete(halt);
      wakeSignal.ring();
    });
    underWay.set(halt, served);
  };

  /** Nothing while an outcome is not stored: its message could be claimed and sent again. */
  const claim = async (): Promise<ConversationQueue | undefined> => {
    if (unwritten > 0) return undefined;
    // Also where nothing may begin: what is under way may outlast the lease, and another instance would send beside it.
    isSender = await leader.isMe();
    const isFull = underWay.size >= (credentials.isRefusedEverywhere() ? 1 : queuesAtOnce);
    if (isFull || credentials.waitMs() > 0) return undefined;
    return isSender ? outbox.claimQueue(clock.now(), leaseMs) : undefined;
  };

  const readBacklog = async (now: number): Promise<void> => {
    isAtRest = false;
    if (now - checkedAt < checkEveryMs) return;
    checkedAt = now;
    backlog = await outbox.backlog();
    // Nothing is left that could show that the credentials are accepted again.
    if (backlog.waiting === 0) credentials.forget();
    isAtRest = underWay.size === 0;
  };

  /** Until something may be due, for a second at most where other instances fill the outbox too. */
  const idleMs = async (): Promise<number> => {
    if (underWay.size >= queuesAtOnce) return checkEveryMs;
    const due = await outbox.nextDueAt();
    const now = clock.now();
    const soon = [...rests, due ?? now].filter((at) => at > now);
    const isNothingDue = due === undefined || due > now;
    const atMost = alone && isAtRest && isNothingDue ? checkIdleEveryMs : checkEveryMs;
    return Math.min(atMost, ...soon.map((at) => at - now));
  };

  const step = async (): Promise<void> => {
    await readBacklog(clock.monotonic());
    const queue = await claim();
    ok = ok || unwritten === 0;
    if (queue === undefined) await wakeSignal.wait(await idleMs());
    else begin(queue);
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      try {
        await step();
      } catch (error) {
        failed('delivery.paused', error);
        await wakeSignal.wait(checkEveryMs);
      }
    }
    await Promise.all(underWay.values());
    await leader.end().catch((error) => failed('delivery.lease-not-released', error));
  };

  return {
    start: () => {
      running ??= run();
    },
    stop: async () => {
      stopping = true;
      for (const halt of underWay.keys()) halt.abort();
      wakeSignal.ring();
      await running;
    },
    wake: wakeSignal.ring,
    view: () => ({
      ...backlog,
      sending: underWay.size,
      isSender,
      ok: ok && !credentials.isDoubtful(),
    }),
    refusal: (conversation) => {
      if (credentials.isRefusedEverywhere()) return 'everywhere';
      return credentials.isRefusedBy(conversation) ? 'here' : undefined;
    },
  };
};
