import { expect, vi } from 'vitest';
import type { OutboxDraft } from '../../src/platform/outbox.ts';
import type { BotStore } from '../../src/store/open.ts';
import { aDraft, aPlace } from '../delivery/drafts.ts';
import { settle } from '../fakes/clock.ts';
import type { FakeConnector, Sent } from '../fakes/connector.ts';

/** Accounts for every notification at the fake connector. */
export interface Ledger {
  /** Puts the next notification of a conversation into the outbox. */
  notify(conversation: string): Promise<void>;
  /** Notes that a process was killed just now. */
  killed(): Promise<void>;
  /**
   * Resolves once everything has arrived and been noted. What a killed process sent may have arrived without being
   * noted: the outbox holds it until the claim of that process is over and another one has sent it once more.
   */
  allDelivered(): Promise<void>;
  /** Notifications that never arrived. */
  lost(): readonly string[];
  /** Notifications that arrived before an earlier one of their conversation did. */
  early(): readonly string[];
  /** How many arrived once more. */
  repeats(): number;
  /** Repeats that no kill accounts for: each kill excuses one in each conversation, of what was in flight there. */
  unexcused(): readonly string[];
}

/**
 * Thirty messages to one conversation take 8 s by Teams' limits alone, and each kill leaves a conversation
 * claimed until the lease of the dead process is over.
 */
const patienceMs = 60_000;

export const openLedger = async (
  store: BotStore,
  connector: FakeConnector,
  conversations: readonly string[],
): Promise<Ledger> => {
  for (const key of conversations)
    await store.installations.refresh(aPlace(key, { serviceUrl: connector.url }));
  const drafts: OutboxDraft[] = [];
  /** How many messages had arrived at each kill. */
  const kills: number[] = [];
  const nameOf = ({ activity }: Sent) => `${activity.summary}`;
  const arrived = () => new Set(connector.activities.map(nameOf));

  const unexcused = (): readonly string[] => {
    const excused = new Set<string>();
    return connector.activities.flatMap((sent, index) => {
      const { conversationId } = sent;
      const before = connector.activities.findLastIndex(
        (one, at) => at < index && nameOf(one) === nameOf(sent),
      );
      if (before < 0) return [];
      // The first kill after it arrived, with nothing else of the conversation in between.
      const kill = kills.findIndex((at) => at > before && at <= index);
      const next = connector.activities.findIndex(
        (one, at) => at > before && one.conversationId === conversationId,
      );
      const excuse = `${kill} ${conversationId}`;
      const isExcused = kill >= 0 && next >= (kills[kill] ?? 0) && !excused.has(excuse);
      excused.add(excuse);
      return isExcused ? [] : [nameOf(sent)];
    });
  };

  return {
    notify: async (conversation) => {
      const name = `${drafts.length}`;
      const draft = aDraft(conversation, name, { payload: name, dueAt: Date.now() });
      await store.outbox.enqueue([draft]);
      drafts.push(draft);
    },
    killed: async () => {
      // What it had written to its sockets still arrives.
      await settle(10);
      kills.push(connector.activities.length);
    },
    allDelivered: async () => {
      await connector.waitFor(() => {
        const there = arrived();
        return drafts.every(({ card }) => there.has(card));
      }, patienceMs);
      await vi.waitFor(async () => expect(await store.outbox.backlog()).toEqual({ waiting: 0 }), {
        timeout: patienceMs,
      });
    },
    lost: () => {
      const there = arrived();
      return drafts.map(({ card }) => card).filter((card) => !there.has(card));
    },
    early: () => {
      const newest = new Map<string, number>();
      const seen = new Set<string>();
      return connector.activities.flatMap((sent) => {
        const name = nameOf(sent);
        if (seen.has(name)) return [];
        seen.add(name);
        const late = Number(name) < (newest.get(sent.conversationId) ?? -1);
        newest.set(sent.conversationId, Number(name));
        return late ? [name] : [];
      });
    },
    repeats: () => connector.activities.length - arrived().size,
    unexcused,
  };
};
