import { fold } from '../../shared/fold.ts';
import { isSlipOf } from '../../shared/nearest.ts';
import { tokenize } from '../../shared/tokens.ts';
import type { NamedAgent } from '../resolve-agent.ts';
import type { FleetWords } from './ports.ts';
import { contractions, vocabulary } from './vocabulary.ts';

/** Something that the sentence names: an agent by its whole name, or what stood in quotes. */
export interface NamedThing {
  readonly typed: string;
  /** Nobody, for a text in quotes that no agent is called. */
  readonly agents: readonly NamedAgent[];
}

/** A sentence as the rules read it. */
export interface Sentence {
  /** Folded words with single spaces between; a sign for each name, see `signOf`; `,` and `;` stand alone. */
  readonly text: string;
  readonly names: readonly NamedThing[];
}

/** Stands for a name. No font and no keyboard has it, and what is typed loses it. */
const mark = '\uE000';
export const signs = /\uE000\d+/gu;
const signOf = (place: number): string => `${mark}${place}`;

/** What a word of a sentence names, if it is such a sign. */
export const namedBy = ({ names }: Sentence, word: string): NamedThing | undefined =>
  word.startsWith(mark) ? names[Number(word.slice(1))] : undefined;

/** Longer names are not looked for in the middle of a sentence. */
const longestName = 8;

const outerSigns = /^[(¿¡]+|[?!.,;:…)。！？]+$/gu;

interface Typed {
  readonly raw: string;
  readonly value: string;
  readonly quoted: boolean;
  /** Another line or a semicolon begins another request; a comma may. */
  readonly breakAfter: '' | ',' | ';';
}

const typedWords = (text: string): readonly Typed[] => {
  const tokens = tokenize(text.replaceAll(mark, ''));
  return tokens.map(({ raw, value, quoted, end }, place) => {
    const between = text.slice(end, tokens[place + 1]?.begin ?? end);
    const ends = /[\r\n\u2028\u2029]/u.test(between) || /[;.!]$/u.test(raw);
    return { raw, value, quoted, breakAfter: ends ? ';' : raw.endsWith(',') ? ',' : '' };
  });
};

/** Finds the names of agents, spells out short forms, and corrects slips of one letter. */
export const readSentence = (text: string, fleet: FleetWords): Sentence => {
  const typed = typedWords(text);
  const words: string[] = [];
  const names: NamedThing[] = [];
  for (let at = 0; at < typed.length; ) {
    const found = nameAt(typed, at, fleet);
    if (found === undefined) words.push(...plainWords(typed[at]?.raw ?? '', fleet));
    else {
      words.push(signOf(names.length));
      names.push(found.thing);
    }
    at += found?.length ?? 1;
    const breakAfter = typed[at - 1]?.breakAfter ?? '';
    if (breakAfter !== '' && at < typed.length) words.push(breakAfter);
  }
  return { text: words.filter((word) => word !== '').join(' '), names };
};

const nameAt = (
  typed: readonly Typed[],
  at: number,
  fleet: FleetWords,
): { readonly thing: NamedThing; readonly length: number } | undefined => {
  const first = typed[at];
  if (first?.quoted === true) {
    const agents = fleet.called(first.value);
    return { thing: { typed: first.value, agents }, length: 1 };
  }
  for (let length = Math.min(longestName, typed.length - at); length > 0; length -= 1) {
    const raw = typed
      .slice(at, at + length)
      .map((word) => word.raw)
      .join(' ');
    for (const name of new Set([raw, raw.replace(outerSigns, '')])) {
      // Whoever is called like a word of the language is meant in quotes only.
      const agents = vocabulary.has(fold(name)) ? [] : fleet.called(name);
      if (agents.length > 0) return { thing: { typed: name, agents }, length };
    }
  }
  return undefined;
};

const plainWords = (raw: string, fleet: FleetWords): readonly string[] => {
  const word = fold(raw.replace(outerSigns, ''));
  const long = contractions.get(word);
  if (long !== undefined && !fleet.knows(word)) return long.split(' ');
  return [corrected(word, fleet)];
};

/** A shorter word has too many neighbours. */
const shortestCorrected = 4;

const corrected = (word: string, fleet: FleetWords): string => {
  if (word.length < shortestCorrected || word.length > 15 || !/^\p{L}+$/u.test(word)) return word;
  if (vocabulary.has(word) || fleet.knows(word)) return word;
  const all = [...vocabulary];
  if (all.some((known) => isFormOf(word, known))) return word;
  return all.find((known) => isSlipOf(word, known)) ?? word;
};

/** `changed` is no slip of "change". */
const isFormOf = (word: string, known: string): boolean =>
  word.startsWith(known) && /^(?:s|d|r|ed|es|er|ing)$/u.test(word.slice(known.length));
