import { z } from 'zod';
import { AlertState } from './alert.ts';

/** While a silence holds back what happened: what people were told last, and the alert that told them. */
export const Held = z
  .object({ told: AlertState.exactOptional(), alertId: z.string().exactOptional() })
  .readonly();
export type Held = z.infer<typeof Held>;

/** What is kept of one watch on one thing from one sweep to the next; plain JSON. */
export const KeptState = z.object({ state: AlertState, held: Held.exactOptional() }).readonly();
export type KeptState = z.infer<typeof KeptState>;
