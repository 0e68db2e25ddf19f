import type { Card } from '../platform/messenger.ts';
import { plainName } from './escape.ts';
import { small } from './rich-text.ts';

/** Of what a card is drawn. */
export interface ShownAccount {
  readonly name: string;
  /** Whether the bot has others too, so that the card says which one it is of. */
  readonly oneOfSeveral: boolean;
}

/** Under this key each button says which account its card was drawn of. */
export const accountKey = 'acc';

/** Short and of no name; FNV-1a. */
export const accountMark = (name: string): string => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
};

/**
 * A card with the name of its account above all else and before its summary, and with buttons that say which account
 * they are of. Where there is no other account it is as it was.
 */
export const ofAccount = (card: Card, { name, oneOfSeveral }: ShownAccount): Card => {
  if (!oneOfSeveral || name === '') return card;
  const { body, ...content } = marked(card.content, accountMark(name)) as Card['content'];
  return {
    content: { ...content, body: [accountLine(name), ...(Array.isArray(body) ? body : [])] },
    summary: `${plainName(name)} · ${card.summary}`,
  };
};

const accountLine = (name: string) => ({
  type: 'RichTextBlock',
  inlines: [small(plainName(name))],
});

/** What presses, with or without a request of its own. */
const pressing: ReadonlySet<unknown> = new Set(['Action.Execute', 'Action.Submit']);

const marked = (value: unknown, mark: string): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => marked(item, mark));
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) copy[key] = marked(item, mark);
  if (!pressing.has(copy['type'])) return copy;
  const data = copy['data'];
  copy['data'] = { ...(typeof data === 'object' ? data : {}), [accountKey]: mark };
  return copy;
};
