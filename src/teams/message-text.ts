import type { Activity, Entity } from './activity.ts';

/** Longer than anything that a command can mean. */
const longest = 4000;

const entityNames: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const codePoint = (code: number): string =>
  code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';

/** Once only: what an entity stands for is not read again. */
const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return codePoint(Number(decimal));
      if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
      return entityNames[name?.toLowerCase() ?? ''] ?? whole;
    },
  );

const plainName = (markup: string): string => decodeEntities(markup).trim().toLowerCase();

const names = ({ mentioned, text }: Entity): readonly string[] =>
  [mentioned?.name, text?.replace(/<\/?at[^>]*>/gi, '')].filter((name) => name !== undefined);

/** How the bot is called in this message: by its mentions' entities, or by its own name without one. */
const namesOfBot = ({ recipient, entities = [] }: Activity): ReadonlySet<string> => {
  const isBot = (id: string | undefined) => id !== undefined && id === recipient?.id;
  return new Set(
    [
      recipient?.name ?? '',
      ...entities
        .filter(({ type, mentioned }) => type === 'mention' && isBot(mentioned?.id))
        .flatMap(names),
    ].map(plainName),
  );
};

/**
 * The message as it was meant: without the mentions of the bot, with other people's mentions as their
 * names, without HTML entities and invisible characters.
 */
export const messageText = (activity: Activity): string => {
  const ofBot = namesOfBot(activity);
  const withoutMentions = (activity.text ?? '')
    .slice(0, 4 * longest)
    .replace(/<at\b[^>]*>([^<]*)<\/at>/gi, (_, name: string) =>
      ofBot.has(plainName(name)) ? ' ' : name,
    );
  return decodeEntities(withoutMentions)
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .trim()
    .slice(0, longest);
};
