import type { Digest } from '../../src/features/digest/domain/digest.ts';
import { hour, now } from './a-fleet.ts';

/** Of a day on which nothing was found. */
export const anEmptyDigest = (changes: Partial<Digest> = {}): Digest => ({
  from: now - 24 * hour,
  to: now,
  worst: [],
  came: [],
  gone: [],
  neverConnected: [],
  longOffline: [],
  forgottenPauses: [],
  nothingChanged: true,
  ...changes,
});
