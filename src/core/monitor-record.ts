import { z } from 'zod';
import { Blindness, sighted } from './blindness.ts';

/** A group whose end people have not been told yet. */
export const LiveGroup = z
  .object({
    watchId: z.string(),
    /** How many agents were bad when its card was posted last. */
    posted: z.number(),
    /** One of its members recovered: its end is good news, not just the end of its agents. */
    recovered: z.boolean(),
  })
  .readonly();
export type LiveGroup = z.infer<typeof LiveGroup>;

/** What the monitor knows of itself from one sweep to the next; plain JSON, ms since 1970. */
export const MonitorRecord = z
  .object({
    blindness: Blindness,
    lastAt: z.number().exactOptional(),
    lastGoodAt: z.number().exactOptional(),
    /** Names the account that was read, see MonitorPorts.source. */
    source: z.string().exactOptional(),
    groups: z.record(z.string(), LiveGroup).readonly(),
  })
  .readonly();
export type MonitorRecord = z.infer<typeof MonitorRecord>;

export const firstRecord: MonitorRecord = { blindness: sighted, groups: {} };

/** The names under which the monitor's documents are stored. */
export const monitorDocuments = { record: 'monitor', snapshot: 'fleet' } as const;
