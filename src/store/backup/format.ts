import { z } from 'zod';
import type { Tables } from '../sql/tables.ts';

/**
 * What a backup holds: each table in the order of its key. Leases stay out, for they belong to the
 * processes that run.
 */
export const backedUp = {
  installations: ['account', 'conversationKey'],
  watches: ['id'],
  alertStates: ['watchId', 'agentId', 'sessionId'],
  alerts: ['id'],
  cardMessages: ['id'],
  numbering: ['account', 'conversationKey', 'thing'],
  lanes: ['account', 'conversationKey'],
  outbox: ['id'],
  mutes: ['account', 'conversationKey', 'agentId'],
  maintenance: ['id'],
  digests: ['account', 'conversationKey'],
  timedResumes: ['id'],
  seenSessions: ['account', 'agentId', 'sessionId'],
  samplePages: ['id'],
  documents: ['account', 'name'],
  confirmations: ['token'],
  changes: ['seq'],
  grants: ['account', 'tenantId', 'personId'],
  audit: ['seq'],
  auditHead: ['id'],
  seenActivities: ['conversationKey', 'activityId'],
} as const satisfies {
  readonly [T in Exclude<keyof Tables, 'leases'>]: readonly (keyof Tables[T])[];
};

export type BackedUp = keyof typeof backedUp;

const isBackedUp = (name: string): name is BackedUp => Object.hasOwn(backedUp, name);

export const tablesBackedUp: readonly BackedUp[] = Object.keys(backedUp).filter(isBackedUp);

/** The first line. `schema` names the migrations that made the tables. */
export const Head = z.object({
  format: z.literal('pingplotter-teams-bot backup'),
  version: z.literal(1),
  schema: z.array(z.string()),
});
export type Head = z.infer<typeof Head>;

/** Any other line but the last. The databases hold nothing else than texts, numbers and NULL. */
export const Line = z.object({
  table: z.string().refine(isBackedUp),
  row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type Line = z.infer<typeof Line>;

/** The last line: without it the file was cut off. */
export const End = z.object({ rows: z.number() });
export type End = z.infer<typeof End>;
