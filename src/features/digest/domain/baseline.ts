import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';

/**
 * Stored with each digest that is enqueued: when the fleets were written down that it, and the digest
 * before, were about. The card is made later, at delivery, and compares the newest fleet with the older of the two.
 */
export const DigestBaseline = z
  .object({
    /** ms since 1970 */
    at: z.number(),
    fleetAt: z.number().exactOptional(),
    beforeAt: z.number().exactOptional(),
    /** Older versions stored the fleets themselves here, two with each conversation. They are not parsed. */
    fleet: z.unknown().optional(),
    before: z.unknown().optional(),
  })
  .readonly();
export type DigestBaseline = z.infer<typeof DigestBaseline>;

export const fleetDocuments = 'digest fleet ';

/** Under this name the fleet of that moment is stored, once for the digests of all conversations. */
export const fleetDocument = (at: number): string => `${fleetDocuments}${at}`;

/** What is stored with the digest that follows. */
export const nextBaseline = (
  last: DigestBaseline | undefined,
  at: number,
  fleetAt: number | undefined,
): DigestBaseline => ({
  at,
  ...optional('fleetAt', fleetAt),
  ...optional('beforeAt', last?.fleetAt),
  ...optional('before', last?.fleetAt === undefined ? last?.fleet : undefined),
});
