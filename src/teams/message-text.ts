import { decodeHTMLStrict } from 'entities';
import type { Mention } from '../chat/turn.ts';
import { optional } from '../shared/optional.ts';
import type { Activity, Entity } from './activity.ts';

/** Teams' own limit of a message is near it (28 KB); a new name in it must not be cut. */
const longest = 28_000;

/** A no-break space counts as a space; some of them come as entities. */
const hardSpaces = /[\u00a0\u2007\u202f]/gu;

/** Decodes once: an entity in the result is text. */
const decodeEntities = (text: string): string => decodeHTMLStrict(text).replace(hardSpaces, ' ');

const plainName = (markup: string): string => decodeEntities(markup).trim().toLowerCase();

const names = ({ mentioned, text }: Entity): readonly string[] =>
  [mentioned?.name, text?.replace(/<\/?at[^<>]*>/gi, '')].filter((name) => name !== undefined);

interface MentionedNames {
  readonly bot: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
}

/** Who is mentioned; the bot also by its own name without an entity. All other markup of a mention is text. */
const mentionedNames = ({ recipient, entities = [] }: Activity): MentionedNames => {
  const mentions = entities.filter(({ type }) => type === 'mention');
  const isBot = ({ mentioned }: Entity) =>
    mentioned?.id !== undefined && mentioned.id === recipient?.id;
  const named = (found: readonly Entity[]) => found.flatMap(names).map(plainName);
  return {
    bot: new Set([plainName(recipient?.name ?? ''), ...named(mentions.filter(isBot))]),
    people: new Set(named(mentions.filter((mention) => !isBot(mention)))),
  };
};

/** The people that are mentioned, each once. */
export const mentionsIn = ({ recipient, entities = [] }: Activity): readonly Mention[] => {
  const people = new Map<string, Mention>();
  for (const { type, mentioned } of entities) {
    const id = mentioned?.id ?? '';
    if (type !== 'mention' || id === '' || id === recipient?.id || people.has(id)) continue;
    const name = decodeEntities(mentioned?.name ?? '').trim();
    people.set(id, { id, ...optional('objectId', mentioned?.aadObjectId || undefined), name });
  }
  return [...people.values()];
};

/** What a reply quotes, in either spelling of Teams; a quotation that is never closed is text. */
const quotations = [
  /<quoted\b[^<>]{0,300}\/>/giu,
  /<quoted\b[^<>]{0,300}>[^<]*<\/quoted>/giu,
  /<blockquote\b[^<>]{0,300}>(?:(?!<\/?blockquote\b)[\s\S])*<\/blockquote>/giu,
];

const withoutQuotations = (text: string): string =>
  quotations.reduce((left, quotation) => left.replace(quotation, ' '), text);

/** Lines that quote by a sign in front of them, before the first one that does not. */
const withoutQuotedLines = (text: string): string => text.replace(/^(?:\s*>[^\n]*(?:\n|$))+/u, '');

/**
 * An older reply has the quoted words in its text too, where nothing tells them from what was typed: only its HTML
 * does.
 */
const replyMarkup = ({ attachments = [] }: Activity): string | undefined => {
  const html = attachments.find(({ contentType }) => contentType === 'text/html')?.content;
  const markup = typeof html === 'string' ? html.slice(0, 4 * longest) : '';
  const unquoted = withoutQuotations(markup);
  return unquoted === markup || !/<blockquote\b/iu.test(markup) ? undefined : unquoted;
};

/** The HTML of a message as its text: mentions are spans there, and blocks are lines. */
const textOfMarkup = (markup: string, bot: ReadonlySet<string>): string =>
  markup
    .replace(
      /<span\b[^<>]{0,300}schema\.skype\.com\/Mention[^<>]{0,300}>([^<]*)<\/span>/giu,
      (_whole, name: string) => (bot.has(plainName(name)) ? ' ' : name),
    )
    .replace(/<(?:br|\/p|\/div)\b[^<>]{0,300}>/giu, '\n')
    .replace(/<\/?[a-z][^<>]{0,300}>/giu, '');

/** The words of a message that somebody else wrote, as an action on it carries them; it may be of any length. */
export const textOfPayload = (
  subject: string,
  { contentType, content }: { readonly contentType: string; readonly content: string },
): { readonly text: string; readonly isCut: boolean } => {
  const read = content.slice(0, 4 * longest);
  const isMarkup = contentType.toLowerCase().includes('html');
  const words = isMarkup ? decodeEntities(textOfMarkup(read, nobody)) : read;
  const whole = `${subject.slice(0, longest)}\n${words}`.trim();
  return {
    text: whole.slice(0, longest),
    isCut: whole.length > longest || read.length < content.length,
  };
};

const nobody: ReadonlySet<string> = new Set();

/**
 * The message as its author typed it: without what it quotes and the mentions of the bot, with other people's mentions
 * as their names, without HTML entities and zero-width spaces.
 */
export const messageText = (activity: Activity): string => {
  const { bot, people } = mentionedNames(activity);
  const markup = replyMarkup(activity);
  const written =
    markup === undefined
      ? withoutQuotations((activity.text ?? '').slice(0, 4 * longest))
      : textOfMarkup(markup, bot);
  const withoutMentions = written.replace(
    /<at\b[^<>]{0,200}>([^<]*)<\/at>/gi,
    (whole, name: string) => {
      const wanted = plainName(name);
      if (bot.has(wanted)) return ' ';
      return people.has(wanted) ? name : whole;
    },
  );
  return withoutQuotedLines(decodeEntities(withoutMentions))
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .trim()
    .slice(0, longest);
};
