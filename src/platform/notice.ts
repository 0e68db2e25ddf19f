import { z } from 'zod';
import type { Installation } from './conversation.ts';
import type { Card } from './messenger.ts';
import type { OutboxItem } from './outbox.ts';

/**
 * A problem has one card, which is updated in place and posted anew when it gets worse. An update
 * makes no toast, so the end of a problem that people were told of is a message besides: 'end'. It
 * waits in the outbox under a name of its own, see endCard.
 */
const End = z.literal('end').exactOptional();

/**
 * What an outbox row asks to be told. It names things; their newest state is read at the moment of
 * sending, so that a queue never posts old news. What cannot be read again stands in the notice itself.
 */
export const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alert'), alertId: z.string(), what: End }).readonly(),
  /** The problems of one watch that came together. */
  z
    .object({ kind: z.literal('group'), groupId: z.string(), watchId: z.string(), what: End })
    .readonly(),
  z
    .object({
      kind: z.literal('sight'),
      what: z.enum(['blind', 'sighted', 'key-wrong', 'key-accepted']),
      since: z.number(),
      at: z.number(),
      why: z.enum(['unreadable', 'vanished', 'accepted']).exactOptional(),
      /** With 'accepted': agents that were online, and how many of them are not now. */
      before: z.number().exactOptional(),
      lost: z.number().exactOptional(),
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

export interface Rendered {
  readonly card: Card;
  /** The outbox's card in whose thread it belongs, where there are threads; its own if left out. */
  readonly follows?: string;
  /** A message that shows it already is changed; none is posted. */
  readonly inPlaceOnly?: boolean;
}

/** The newest state of what a row tells, or nothing if there is nothing to tell any more. */
export type Render = (item: OutboxItem, place: Installation) => Promise<Rendered | undefined>;
