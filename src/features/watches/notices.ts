import { z } from 'zod';
import { defineNotice } from '../../platform/notice.ts';
import { limitsRightCard } from './cards/limits-right.ts';

const LimitsRightPayload = z
  .object({
    kind: z.literal('limits-right'),
    /** Whether the key may read trace data. */
    readable: z.boolean(),
    /** The numbers of the watches of the conversation that have limits. */
    watches: z.array(z.number()).readonly(),
  })
  .readonly();

declare module '../../platform/notice.ts' {
  interface Notices {
    'limits-right': z.infer<typeof LimitsRightPayload>;
  }
}

const limitsRightNotice = defineNotice('limits-right', {
  payload: LimitsRightPayload,
  load: async (_ports: object, { readable, watches }) => ({ readable, watches }),
  view: (model, reader) => ({ card: limitsRightCard(model, reader) }),
});

export const watchNotices = { 'limits-right': limitsRightNotice };
