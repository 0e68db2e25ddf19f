import { z } from 'zod';
import { Shown } from './alert.ts';

/** Why it is probably bad, from facts alone: see diagnosis.ts. */
const Likely = z.object({ likely: z.string(), because: z.array(z.string()).readonly() }).readonly();

/** What an alert's card tells, kept with the alert so that the newest state can be told at any time. */
export const AlertDetail = z
  .object({
    about: z.enum(['quality', 'offline']),
    /** As the agent and the target were called last: outside text. */
    agentName: z.string(),
    target: z
      .object({ name: z.string(), address: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
    /** `unsteady` = it changes too often to be told each time; `gone` = the agent was deleted; `closed` = the target was. */
    state: z.enum(['open', 'unsteady', 'over', 'gone', 'closed']),
    /** ms since 1970: when the problem began, and when what is shown was measured. */
    since: z.number(),
    at: z.number(),
    shown: Shown,
    was: Shown.exactOptional(),
    /** The name of the expected quality definition: outside text. */
    expected: z.string().exactOptional(),
    /** Site, Wi-Fi and the like, ready to be shown after `since`: outside text. */
    circumstances: z.array(z.string()).readonly(),
    diagnosis: Likely.exactOptional(),
  })
  .readonly();
export type AlertDetail = z.infer<typeof AlertDetail>;

/** Whether its problem goes on, as far as people were told. */
export const isOpen = ({ state }: AlertDetail): boolean => state === 'open' || state === 'unsteady';
