import { plain } from './escape.ts';

/** Somebody as Teams can mention them. */
export interface Mentioned {
  /** Entra object id, or Teams' own. */
  readonly id: string;
  /** Comes from outside. */
  readonly name: string;
}

/** An entity of a card: Teams shows a mention only where its text stands in a text block, sign by sign. */
export interface MentionEntity {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: Mentioned;
}

const longestName = 60;

/** What a text block would take for markup, or Teams for the end of the mention. */
const markup = /[<>‹›&*_~`[\]{}\\#|$]+/gu;

/** A mention for a text block: its text is markup already, and must not be escaped again. */
export const mention = ({ id, name }: Mentioned): MentionEntity => {
  const called = plain(plain(name, longestName).replace(markup, ' '), longestName) || 'somebody';
  return { type: 'mention', text: `<at>${called}</at>`, mentioned: { id, name: called } };
};
