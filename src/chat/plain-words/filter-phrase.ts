import type { NamedAgent } from '../resolve-agent.ts';
import { spanIn } from './phrases.ts';
import type { FleetWords } from './ports.ts';
import { namedBy, type Sentence } from './sentence.ts';
import { fillers, negations, nouns, placeWords, type StateName, stateNamed } from './vocabulary.ts';

/** What a phrase says about agents. */
export interface FilterPhrase {
  /** Terms of a filter of which one has to hold, like `is:poor`. */
  readonly either: readonly string[];
  /** Terms that have to hold as well. */
  readonly also: readonly string[];
  /** Words to look for, those of one place together. */
  readonly places: readonly (readonly string[])[];
  /** Agents that are named, each as it was typed. */
  readonly agents: readonly { readonly typed: string; readonly agents: readonly NamedAgent[] }[];
  readonly states: ReadonlySet<StateName>;
  /** What means nothing here. */
  readonly unknown: readonly string[];
}

/** Longer phrases are no question about agents, and each word is looked for in the fleet. */
const mostUnknown = 8;

/** States of which an agent has one at a time. */
const qualities: ReadonlySet<StateName> = new Set([
  'offline',
  'online',
  'poor',
  'fair',
  'good',
  'unknown',
  'bad',
]);

const rewritten: readonly (readonly [RegExp, string])[] = [
  [/\bnot (?:online|connected|reachable|up|available)\b/gu, 'offline'],
  [/\bnot (?:ok|okay|good|fine|healthy|well|working|right|happy)\b/gu, 'bad'],
  [/\b(?:no|without) data\b/gu, 'unknown'],
  [/\bon hold\b/gu, 'paused'],
  [/\b(?:in|having|has|with) (?:trouble|difficulties)\b/gu, 'bad'],
  [/\bbad quality\b/gu, 'bad'],
  [/\bhome office\b/gu, 'vpn'],
  [/\b(?:score )?(?:below|under|less than|lower than|worse than) (\d{1,3})%?(?= |$)/gu, 'score<$1'],
  [/\b(?:score )?(?:above|over|more than|better than) (\d{1,3})%?(?= |$)/gu, 'score>$1'],
  [/\b(?:new|created|added)(.*?) (?:this|in the last|since) week\b/gu, '$1 created<7d'],
  [/\b(?:new|created|added)(.*?) today\b/gu, '$1 created<1d'],
];

/** Not seen for a time, or seen within it. */
const seen =
  /\b(not (?:been |have been |were )?|un)?seen (?:for|since|in|within|during)?(?: the last| more than)? ?(\d+ ?\p{L}+)/u;

const withTerms = (text: string): string => {
  const timed = text.replace(seen, (whole, not: string | undefined, typed: string) => {
    const span = spanIn(typed);
    return span === undefined ? whole : `seen${not === undefined ? '<' : '>'}${span}`;
  });
  return rewritten.reduce((left, [pattern, by]) => left.replace(pattern, by), timed);
};

/** Reads state words, names and places, wherever they stand; whatever else is left over is unknown. */
export const readFilter = (sentence: Sentence, text: string, fleet: FleetWords): FilterPhrase => {
  const found = collect(sentence, withTerms(text).split(' '), fleet);
  const { loose, ...rest } = found;
  const phrase = loose.join(' ');
  // A part of a name may take several words; only then each stands for itself.
  const named = phrase === '' || loose.length > mostUnknown ? [] : fleet.matching(phrase);
  if (named.length > 0)
    return { ...rest, agents: [...rest.agents, { typed: phrase, agents: named }], unknown: [] };
  const known = loose.length <= mostUnknown && loose.every((word) => fleet.knows(word));
  return known && loose.length > 0
    ? { ...rest, places: [...rest.places, loose], unknown: [] }
    : { ...rest, unknown: loose };
};

const collect = (sentence: Sentence, words: readonly string[], fleet: FleetWords) => {
  const states = new Set<StateName>();
  const [either, also, loose]: string[][] = [[], [], []];
  const places: string[][] = [];
  const agents: { typed: string; agents: readonly NamedAgent[] }[] = [];
  let [not, place, fresh] = [false, false, true];
  for (const word of words) {
    const state = stateNamed.get(word);
    const name = namedBy(sentence, word);
    if (negations.has(word)) not = true;
    else if (placeWords.has(word)) [place, fresh] = [true, true];
    else if (word === 'and' || word === 'or' || word === ',') fresh = true;
    else if (state !== undefined) {
      if (not) also?.push(...termsOf(state).map((term) => `-${term}`));
      else if (qualities.has(state)) either?.push(...termsOf(state));
      else also?.push(...termsOf(state));
      if (!not) states.add(state);
      [not, place] = [false, false];
    } else if (/[:<>=]/u.test(word)) also?.push(word);
    else if (name !== undefined && name.agents.length > 0 && !place) agents.push(name);
    else if (name !== undefined) places.push([quoted(name.typed)]);
    else if (place && isOfPlace(word, fresh ? undefined : places.at(-1), fleet)) {
      if (fresh || places.length === 0) places.push([word]);
      else places.at(-1)?.push(word);
      fresh = false;
    } else if (!fillers.has(word) && !nouns.has(word) && /[\p{L}\p{N}]/u.test(word))
      loose?.push(word);
    else if (word !== '' && !/[\p{L}\p{N},;]/u.test(word)) loose?.push(word);
  }
  return {
    either: [...new Set(either)],
    also: [...new Set(also)],
    loose: loose ?? [],
    places,
    agents,
    states,
  };
};

/** A place may have several words, all known to the fleet or none. */
const isOfPlace = (
  word: string,
  place: readonly string[] | undefined,
  { knows }: FleetWords,
): boolean =>
  !fillers.has(word) &&
  !nouns.has(word) &&
  (place === undefined || place.every((known) => knows(known)) === knows(word));

const termsOf = (state: StateName): readonly string[] =>
  state === 'bad' ? ['is:poor', 'is:offline'] : [`is:${state}`];

const quoted = (text: string): string => (/\s/u.test(text) ? `"${text}"` : text);

/** The filter that a command takes, like `is:poor boise OR is:offline boise`. */
export const filterText = ({ either, also, places, agents }: FilterPhrase): string => {
  // A whole name alone is meant as it stands.
  const [only] = agents;
  if (
    only !== undefined &&
    agents.length === 1 &&
    places.length + either.length + also.length === 0
  )
    return only.typed;
  const whose = [
    ...places.map((words) => words.join(' ')),
    ...agents.map(({ typed }) => quoted(typed)),
  ];
  const groups = (whose.length === 0 ? [''] : whose).flatMap((who) =>
    (either.length === 0 ? [''] : either).map((term) =>
      [term, ...also, who].filter((part) => part !== '').join(' '),
    ),
  );
  return groups.filter((group) => group !== '').join(' OR ');
};
