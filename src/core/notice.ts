import { z } from 'zod';

/**
 * What an outbox row asks to be told. It names things; their newest state is read at the moment of
 * sending, so that a queue never posts old news. What cannot be read again stands in the notice itself.
 */
export const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alert'), alertId: z.string() }).readonly(),
  /** The problems of one watch that came together. */
  z.object({ kind: z.literal('group'), groupId: z.string(), watchId: z.string() }).readonly(),
  z
    .object({
      kind: z.literal('sight'),
      what: z.enum(['blind', 'sighted', 'key-wrong', 'key-accepted']),
      since: z.number(),
      at: z.number(),
      why: z.enum(['unreadable', 'vanished']).exactOptional(),
    })
    .readonly(),
  z.object({ kind: z.literal('digest'), from: z.number(), to: z.number() }).readonly(),
  /** A timed pause that ended: told to the conversation where it was set. */
  z
    .object({
      kind: z.literal('resumed'),
      agentId: z.string(),
      agentName: z.string(),
      sessions: z.array(z.string()).readonly(),
      by: z.string(),
      dueAt: z.number(),
      at: z.number(),
      /** Set when it could not be resumed: the sentence for people. */
      failed: z.string().exactOptional(),
    })
    .readonly(),
  /** The sample notification of a watch's test button. */
  z.object({ kind: z.literal('test'), watchId: z.string(), by: z.string() }).readonly(),
]);
export type Notice = z.infer<typeof Notice>;
