import { z } from 'zod';
import { FleetSnapshot } from './fleet-snapshot.ts';

/**
 * What is kept of a digest that was sent: the fleet as it was then, and as it was at the one before,
 * from which the newest digest is made when it is sent.
 */
export const DigestTold = z
  .object({
    /** ms since 1970 */
    at: z.number(),
    fleet: FleetSnapshot.exactOptional(),
    before: FleetSnapshot.exactOptional(),
  })
  .readonly();
export type DigestTold = z.infer<typeof DigestTold>;

/** The same with its fleets not read yet: reading both of a large fleet at once keeps the event loop. */
export const UnreadTold = z.object({ fleet: z.unknown(), before: z.unknown() }).readonly();
