import type { Card } from '../platform/messenger.ts';
import { boxed } from './rich-text.ts';

/** A card with a sentence above all else. */
export const noted = ({ content }: Card, sentence: string): Card => {
  const { body } = content;
  const notes = boxed(sentence).map(({ inlines }) => ({
    type: 'Container',
    style: 'emphasis',
    items: [{ type: 'RichTextBlock', inlines }],
  }));
  return {
    content: { ...content, body: [...notes, ...(Array.isArray(body) ? body : [])] },
    summary: sentence,
  };
};
