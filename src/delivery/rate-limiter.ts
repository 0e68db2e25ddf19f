import type { Clock } from '../platform/clock.ts';
import type { Address, RateLimiter, Slot } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';
import { conversationWindows, memberWindows } from './send-windows.ts';
import type { SharedPace } from './shared-pace.ts';
import { createTenantSends, type SendKey, type TenantSends } from './tenant-sends.ts';

/** Sends left for others when something dispensable, like a typing indicator, takes a slot. */
const reserveShare = 4;

/** How long to wait where all sends of a conversation are in hand: none of them says when it is written. */
const inHandMs = 100;

const forgetEveryMs = 60_000;

/** Threads of a channel share its limits, so they count together. */
const keyOf = ({ conversationId }: Address, reads = false): SendKey => {
  const conversation = conversationId.split(';messageid=')[0] ?? conversationId;
  return reads
    ? { name: `members of ${conversation}`, windows: memberWindows }
    : { name: `sends to ${conversation}`, windows: conversationWindows };
};

const paceKey = (address: Address): string => `${address.tenantId} ${keyOf(address).name}`;

/**
 * Counts in memory; what another instance sent before is restored from the store, and what it sends meanwhile to
 * the same conversation is counted by `shared`.
 */
export const createRateLimiter = ({
  clock,
  shared,
}: {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  /** Left out where no other instance can send. */
  readonly shared?: SharedPace | undefined;
}): RateLimiter => {
  const tenants = new Map<string, TenantSends>();
  let forgottenAt = clock.monotonic();

  const forgetIdle = (): void => {
    if (clock.monotonic() - forgottenAt < forgetEveryMs) return;
    forgottenAt = clock.monotonic();
    for (const [tenantId, sends] of tenants) if (!sends.tidy()) tenants.delete(tenantId);
  };

  const sendsOf = ({ tenantId }: Address): TenantSends => {
    forgetIdle();
    const known = tenants.get(tenantId);
    if (known !== undefined) return known;
    const sends = createTenantSends(clock);
    tenants.set(tenantId, sends);
    return sends;
  };

  const slotOf = (sends: TenantSends, key: SendKey, again: Slot['again']): Slot => {
    let arrival: number | undefined;
    let isOver = false;
    const written = (): number => {
      arrival ??= sends.written(key);
      return arrival;
    };
    return {
      written: () => void written(),
      over: () => {
        if (!isOver) sends.over(written());
        isOver = true;
      },
      again,
    };
  };

  const enter: RateLimiter['enter'] = async (address, options = {}) => {
    const sends = sendsOf(address);
    const key = keyOf(address, options.reads);
    await sends.turn(key, options.urgent === true, options.signal);
    const slot = slotOf(sends, key, (signal) =>
      enter(address, { ...options, urgent: true, ...optional('signal', signal) }),
    );
    try {
      if (options.reads !== true) await shared?.take(paceKey(address), options.signal);
      return slot;
    } catch (error) {
      slot.over();
      throw error;
    }
  };

  return {
    enter,
    tryEnter: async (address) => {
      const sends = sendsOf(address);
      const key = keyOf(address);
      if (!sends.tryTake(key, reserveShare)) return undefined;
      const slot = slotOf(sends, key, (signal) => enter(address, optional('signal', signal)));
      if (shared === undefined || (await shared.tryTake(paceKey(address)))) return slot;
      slot.over();
      return undefined;
    },
    roomIn: (address) => {
      const ms = sendsOf(address).roomIn(keyOf(address));
      return Number.isFinite(ms) ? ms : inHandMs;
    },
    isWaitedFor: (address) => sendsOf(address).isWaitedFor(keyOf(address)),
    restore: (address, sent) => {
      const ahead = clock.monotonic() - clock.now();
      sendsOf(address).restore(
        keyOf(address),
        sent.map((at) => at + ahead),
      );
    },
  };
};
