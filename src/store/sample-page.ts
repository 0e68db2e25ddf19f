import { z } from 'zod';
import type { Sample } from '../core/stores.ts';
import { json } from './rows.ts';

/**
 * Samples lie in pages: one row for many agents and one sweep. A row for each sample would cost a
 * sweep of 20,000 sessions more than reading PingPlotter does.
 */
const shards = 64;
const slotMs = 15 * 60_000;

export const slotOf = (at: number): number => Math.floor(at / slotMs) * slotMs;

export const shardOf = (agentId: string): number => {
  let hash = 0;
  for (let index = 0; index < agentId.length; index += 1) {
    hash = (Math.imul(hash, 31) + agentId.charCodeAt(index)) | 0;
  }
  return Math.abs(hash % shards);
};

const Entry = z.tuple([
  z.string(),
  z.enum(['good', 'fair', 'poor', 'unknown']),
  z.number().nullable(),
  z.number(),
]);

type Entry = z.infer<typeof Entry>;

/** By agent: session, word, score, ms since the page's slot began. */
export const Page = json(z.record(z.string(), z.array(Entry)));
type Page = z.infer<typeof Page>;

export interface SamplePage {
  readonly shard: number;
  /** When its slot began, ms since 1970. */
  readonly at: number;
  readonly page: string;
}

/** The samples on their pages, in one pass: grouped by slot, shard and agent one after the other it took twice as long. */
export const toPages = (samples: readonly Sample[]): readonly SamplePage[] => {
  const pages = new Map<number, { shard: number; at: number; byAgent: Map<string, Entry[]> }>();
  for (const { agentId, sessionId, word, score = null, at: measuredAt } of samples) {
    const [at, shard] = [slotOf(measuredAt), shardOf(agentId)];
    // One number for both: a slot has more milliseconds than there are shards.
    const page = pages.get(at + shard) ?? { shard, at, byAgent: new Map<string, Entry[]>() };
    if (page.byAgent.size === 0) pages.set(at + shard, page);
    const entry: Entry = [sessionId, word, score, measuredAt - at];
    const others = page.byAgent.get(agentId);
    if (others === undefined) page.byAgent.set(agentId, [entry]);
    else others.push(entry);
  }
  return [...pages.values()].map(({ shard, at, byAgent }) => ({
    shard,
    at,
    page: JSON.stringify(Object.fromEntries(byAgent)),
  }));
};

export const samplesOf = (slot: number, page: Page, agentId: string): readonly Sample[] =>
  (page[agentId] ?? []).map(([sessionId, word, score, offset]) => ({
    agentId,
    sessionId,
    at: slot + offset,
    word,
    ...(score === null ? {} : { score }),
  }));
