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

/** By agent: session, word, score, ms since the page's slot began. */
export const Page = json(z.record(z.string(), z.array(Entry)));
type Page = z.infer<typeof Page>;

export const toPage = (slot: number, samples: readonly Sample[]): string => {
  const page = new Map<string, readonly z.infer<typeof Entry>[]>();
  for (const { agentId, sessionId, word, score = null, at } of samples)
    page.set(agentId, [...(page.get(agentId) ?? []), [sessionId, word, score, at - slot]]);
  return JSON.stringify(Object.fromEntries(page));
};

export const samplesOf = (slot: number, page: Page, agentId: string): readonly Sample[] =>
  (page[agentId] ?? []).map(([sessionId, word, score, offset]) => ({
    agentId,
    sessionId,
    at: slot + offset,
    word,
    ...(score === null ? {} : { score }),
  }));
