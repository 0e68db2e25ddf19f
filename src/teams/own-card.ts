import { z } from 'zod';
import type { Activity } from './activity.ts';
import { adaptiveCard } from './invoke.ts';

const Press = z.object({
  verb: z.literal('agent.show'),
  data: z.object({ agent: z.string().min(1).max(200) }),
});

/** Of a card that the message extension made, what says whom it is about. */
const Card = z.object({ refresh: z.object({ action: Press }) });

/** Some clients send the content as a text. */
const parsed = (content: unknown): unknown => {
  if (typeof content !== 'string' || content.length > 100_000) return content;
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
};

/**
 * The agent of a card of the message extension that was sent to the bot: the text beside it is markup that
 * nobody typed. It comes from the client, like a press: everything is looked up again.
 */
export const ownCardIn = ({
  attachments = [],
}: Activity): { readonly agent: string } | undefined => {
  for (const { contentType, content } of attachments) {
    if (contentType !== adaptiveCard) continue;
    const { data } = Card.safeParse(parsed(content));
    if (data !== undefined) return { agent: data.refresh.action.data.agent };
  }
  return undefined;
};
