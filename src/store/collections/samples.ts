import type { Generated } from 'kysely';
import type { Sample, Samples } from '../../features/history/store.ts';
import { defineCollection } from '../define-collection.ts';
import { atomically, inStatements } from '../sql/rows.ts';
import { packSamples } from './sample-packing.ts';
import { allShards, shardOf, toPages } from './sample-page.ts';
import { batchesOfShard } from './sample-reading.ts';
import { stages } from './sample-stages.ts';

interface SamplePageTable {
  id: Generated<number>;
  account: string;
  shard: number;
  at: number;
  /** One of `stages`. */
  thinned: number;
  /** JSON, or columns as base64. */
  page: string;
}

declare module '../sql/tables.ts' {
  interface Tables {
    readonly samplePages: SamplePageTable;
  }
}

const shardsOf = (agents: ReadonlySet<string> | undefined): readonly number[] =>
  agents === undefined ? allShards : [...new Set([...agents].map(shardOf))];

export const samples = defineCollection({
  name: 'samplePages',
  key: ['id'],
  numbered: 'id',
  backUp: true,
  prune: (db, { now, setAside }) => packSamples(db, now, setAside),
  open: (db, { setAside }): Samples => ({
    add: (account, samples, thinned) =>
      atomically(db, async (tx) =>
        inStatements(await toPages(samples), (some) =>
          tx
            .insertInto('samplePages')
            .values(
              some.map((page) => ({
                ...page,
                account,
                thinned: thinned === undefined ? stages.fresh : stages.quarter,
              })),
            )
            .execute(),
        ),
      ),
    list: async (account, agentId, from, until) => {
      const period = { from, until, agents: new Set([agentId]) };
      const found: Sample[] = [];
      const place = { account, shard: shardOf(agentId) };
      for await (const batch of batchesOfShard(db, place, period, setAside))
        for (const sample of batch) found.push(sample);
      return found.sort((a, b) => a.at - b.at);
    },
    pages: async function* (account, period) {
      for (const shard of shardsOf(period.agents))
        yield* batchesOfShard(db, { account, shard }, period, setAside);
    },
  }),
});
