import type { Card } from '../platform/messenger.ts';
import { adaptiveCard } from './invoke.ts';

/** A message with a card, as the connector takes it. */
export type MessageBody = (message: object, card: Card) => object | Buffer;

/**
 * A card that is drawn once and sent to many, as the help is, is made bytes once: that is a tenth of its turn. Which
 * cards these are shows when one is sent again.
 */
export const createMessageBody = (): MessageBody => {
  const sent = new WeakMap<Card['content'], Buffer | 'once'>();

  const bytesOf = (content: Card['content']): Buffer | undefined => {
    const known = sent.get(content);
    if (known instanceof Buffer) return known;
    const bytes = known === 'once' ? Buffer.from(JSON.stringify(content)) : undefined;
    sent.set(content, bytes ?? 'once');
    return bytes;
  };

  return (message, { content }) => {
    const bytes = bytesOf(content);
    if (bytes === undefined)
      return { ...message, attachments: [{ contentType: adaptiveCard, content }] };
    const before = JSON.stringify({ ...message, attachments: '' }).replace(/""\}$/u, '');
    return Buffer.concat([
      Buffer.from(`${before}[{"contentType":"${adaptiveCard}","content":`),
      bytes,
      Buffer.from('}]}'),
    ]);
  };
};
