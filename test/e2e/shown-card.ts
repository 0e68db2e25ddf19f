import type { Page } from 'playwright-core';
import { z } from 'zod';

const Card = z.looseObject({ type: z.literal('AdaptiveCard') });

/** What the bot posts or updates, as the Playground hands it to its page. */
const Posted = z.object({
  message: z.object({ attachments: z.tuple([z.object({ content: Card })]) }),
});

/** What the press of a button is answered with. */
const Answered = z.object({ value: Card });

type Content = z.infer<typeof Card> | undefined;

/** Listens from here on, and gives the JSON of the card that the page was told to show last. */
export const watchShownCard = (page: Page): (() => Promise<Content>) => {
  let shown: Promise<Content> = Promise.resolve(undefined);
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const posted = Posted.safeParse(JSON.parse(String(payload)));
      if (posted.success) shown = Promise.resolve(posted.data.message.attachments[0].content);
    }),
  );
  page.on('response', (response) => {
    if (!new URL(response.url()).pathname.endsWith('/invoke')) return;
    const before = shown;
    shown = response.json().then((body) => Answered.safeParse(body).data?.value ?? before);
  });
  return () => shown;
};
