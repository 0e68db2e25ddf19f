import { type SampleBuffer, sampleWords } from '../../features/history/domain/sample-buffer.ts';
import type { Sample } from '../../features/history/store.ts';
import type { QualityWord } from '../../platform/agent.ts';
import { inSlices, otherTurns } from '../../platform/slices.ts';
import type { SetAside } from '../sql/rows.ts';
import { type PageScanner, slotMs, type Wanted } from './sample-scan.ts';

/**
 * A page as a poll writes it, JSON: one row with the samples of many agents. A row for each sample would make a
 * poll of 20,000 sessions spend more time on the store than on PingPlotter. Soon it is packed (sample-packing.ts).
 */
const shards = 64;

export const slotOf = (at: number): number => Math.floor(at / slotMs) * slotMs;

export const shardOf = (agentId: string): number => {
  let hash = 0;
  for (let index = 0; index < agentId.length; index += 1) {
    hash = (Math.imul(hash, 31) + agentId.charCodeAt(index)) | 0;
  }
  return Math.abs(hash % shards);
};

export const allShards: readonly number[] = Array.from({ length: shards }, (_, shard) => shard);

const words = new Map<unknown, QualityWord>(
  (['good', 'fair', 'poor', 'unknown'] as const).map((word) => [word, word]),
);

/**
 * Checked without a schema, which costs ten times as much for each entry: a digest reads millions.
 * Throws for a page of another shape.
 */
const sampleOf = (agentId: string, slot: number, entry: readonly unknown[]): Sample => {
  // By index, because destructuring runs the array's iterator.
  const sessionId = entry[0];
  const word = words.get(entry[1]);
  const score = entry[2];
  const offset = entry[3];
  if (typeof sessionId !== 'string' || word === undefined || typeof offset !== 'number')
    throw new TypeError('a page of samples cannot be read');
  if (!(offset >= 0 && offset < slotMs)) throw new TypeError('a page of samples cannot be read');
  const at = slot + offset;
  if (score === null) return { agentId, sessionId, at, word };
  if (typeof score !== 'number') throw new TypeError('a page of samples cannot be read');
  return { agentId, sessionId, at, word, score };
};

/** A page as the store holds it. */
export interface StoredPage {
  /** When its slot began, ms since 1970. */
  readonly at: number;
  readonly page: string;
}

/** A page that cannot be read is set aside. */
export const samplesOf = (
  stored: StoredPage,
  agents: ReadonlySet<string> | undefined,
  setAside: SetAside,
): readonly Sample[] => {
  try {
    return readPage(stored, agents);
  } catch {
    setAside(stored);
    return [];
  }
};

/** The same, into a buffer. */
export const scanSamples = (
  stored: StoredPage,
  wanted: Wanted,
  { scanner, found }: { readonly scanner: PageScanner; readonly found: SampleBuffer },
  setAside: SetAside,
): void => {
  if (scanner.scan(stored.page, stored.at, wanted, found)) return;
  for (const { agentId, sessionId, at, word, score = Number.NaN } of samplesOf(
    stored,
    wanted.agents,
    setAside,
  ))
    if (wanted.from <= at && at < wanted.until)
      found.push(scanner.session(agentId, sessionId), at, sampleWords.indexOf(word), score);
};

const readPage = (
  { at: slot, page: text }: StoredPage,
  agents: ReadonlySet<string> | undefined,
): readonly Sample[] => {
  const page: unknown = JSON.parse(text);
  if (typeof page !== 'object' || page === null)
    throw new TypeError('a page of samples cannot be read');
  const samples: Sample[] = [];
  for (const [agentId, entries] of Object.entries(page)) {
    if (agents !== undefined && !agents.has(agentId)) continue;
    if (!Array.isArray(entries)) throw new TypeError('a page of samples cannot be read');
    for (const entry of entries)
      samples.push(sampleOf(agentId, slot, Array.isArray(entry) ? entry : []));
  }
  return samples;
};

export interface SamplePage extends StoredPage {
  readonly shard: number;
}

/**
 * Groups one page at a time by agents: the groups of all pages together would live as long as the poll, and
 * the garbage collector would copy them.
 */
export const toPages = async (samples: readonly Sample[]): Promise<readonly SamplePage[]> => {
  const pages = new Map<number, { shard: number; at: number; samples: Sample[] }>();
  await inSlices(samples, (sample) => {
    const [at, shard] = [slotOf(sample.at), shardOf(sample.agentId)];
    // One number for both: a slot has more milliseconds than there are shards.
    const page = pages.get(at + shard);
    if (page === undefined) pages.set(at + shard, { shard, at, samples: [sample] });
    else page.samples.push(sample);
  });
  const written: SamplePage[] = [];
  for (const { shard, at, samples: these } of pages.values()) {
    written.push({ shard, at, page: pageOf(at, these) });
    if (written.length % pagesInOneTurn === 0) await otherTurns();
  }
  return written;
};

/** Of 50,000 agents each holds 1,600 samples. */
const pagesInOneTurn = 4;

/** An agent's sample on a page: session, word, score, ms since the page's slot began. */
const pageOf = (slot: number, samples: readonly Sample[]): string => {
  const byAgent = new Map<string, string>();
  for (const { agentId, sessionId, word, score = null, at } of samples) {
    const entry = `[${JSON.stringify(sessionId)},"${word}",${score},${at - slot}]`;
    const others = byAgent.get(agentId);
    byAgent.set(agentId, others === undefined ? entry : `${others},${entry}`);
  }
  // Written agent by agent: an object with a property for each of them is several times as slow.
  const agents: string[] = [];
  for (const [agentId, entries] of byAgent) agents.push(`${JSON.stringify(agentId)}:[${entries}]`);
  return `{${agents.join(',')}}`;
};
