import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { type Deliverer, startDeliverer } from '../e2e-process/deliverer.ts';
import { openLedger } from '../e2e-process/ledger.ts';
import { seeded } from '../e2e-process/seeded.ts';
import { type FakeConnector, startConnector } from '../fakes/connector.ts';
import { silentLog } from '../fakes/silent-log.ts';

export interface KillRun {
  readonly url: string;
  /** How many deliver at the same time. */
  readonly instances: number;
  readonly kills: number;
  /** A kept connection is closed at bad moments: before its next message is taken, or after. */
  readonly closesConnections: boolean;
}

export interface KillReport {
  readonly sent: number;
  /** Connections that were closed under a message. */
  readonly closed: number;
  /** Messages that came once more. */
  readonly repeats: number;
  readonly lost: readonly string[];
  /** What the outbox still holds. */
  readonly waiting: number;
  /** How those ended that were stopped at last. */
  readonly exitCodes: readonly (number | null)[];
}

const perKill = 5;
const queuesAtOnce = 8;
const conversations = Array.from({ length: 8 }, (_, index) => `chat-${index}`);

/** Closes some kept connections; the one that a message is repeated on is new, and stays. */
const closeSome = (connector: FakeConnector, random: () => number): (() => number) => {
  let closed = 0;
  for (const how of ['reset', 'reset-after'] as const)
    connector.fault({
      how,
      times: Number.POSITIVE_INFINITY,
      when: ({ ofConnection }) => {
        const closes = ofConnection > 1 && random() < 0.2;
        if (closes) closed += 1;
        return closes;
      },
    });
  return () => closed;
};

/**
 * Kills processes that deliver, again and again, each in the middle of its work, and accounts for every message.
 * Of those that run one at random is killed, and the next one takes its place.
 */
export const killAgain = async (run: KillRun): Promise<KillReport> => {
  const random = seeded(run.kills);
  const connector = await startConnector();
  onTestFinished(connector.close);
  const store = await openStore({ url: run.url, clock: systemClock, log: silentLog });
  onTestFinished(() => store.close());
  const ledger = await openLedger(store, connector, conversations);
  const closed = run.closesConnections ? closeSome(connector, random) : () => 0;
  let started = 0;
  const start = (): Deliverer => {
    started += 1;
    const instance = run.instances === 1 ? 'only' : `instance ${started}`;
    const leaseMs = run.instances === 1 ? 1000 : 4000;
    const deliverer = startDeliverer({ url: run.url, instance, queuesAtOnce, leaseMs });
    onTestFinished(deliverer.kill);
    return deliverer;
  };
  const begin = async (deliverer: Deliverer): Promise<Deliverer> => {
    await deliverer.ready();
    deliverer.go();
    return deliverer;
  };
  const running = await Promise.all(Array.from({ length: run.instances }, () => begin(start())));
  let sent = 0;
  for (let kill = 0; kill < run.kills; kill += 1) {
    const standby = start();
    const calls = connector.calls.length;
    for (let count = 0; count < perKill; count += 1) {
      await ledger.notify(conversations[Math.floor(random() * conversations.length)] ?? '');
      sent += 1;
    }
    // At any moment, or just when a message is on its way: both kinds find something.
    if (random() < 0.5) await sleep(random() * 150);
    else await connector.waitFor(() => connector.calls.length > calls, 60_000);
    await running.splice(Math.floor(random() * running.length), 1)[0]?.kill();
    await ledger.killed();
    running.push(await begin(standby));
  }
  await ledger.allDelivered();
  const exitCodes = await Promise.all(running.map((deliverer) => deliverer.stop()));
  const { waiting } = await store.outbox.backlog();
  return {
    sent,
    closed: closed(),
    repeats: ledger.repeats(),
    lost: ledger.lost(),
    waiting,
    exitCodes,
  };
};
