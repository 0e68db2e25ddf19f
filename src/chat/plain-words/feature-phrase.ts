import { readClock } from '../../shared/moment.ts';
import type { NamedAgent } from '../resolve-agent.ts';
import { agentsIn } from './act-phrase.ts';
import { commandOffer, type Meaning, offers, read, type World } from './meaning.ts';
import { namedBy, type Sentence } from './sentence.ts';

/** How far back a history goes, and what people call it. */
const spans: readonly (readonly [RegExp, string])[] = [
  [/\b(?:since |of |from )?(?:yesterday|last night|(?:the )?last day|24 ?h(?:ours)?)\b/u, '24h'],
  [/\b(?:(?:the |of )*(?:last|past|this) week|(?:the )?(?:last )?7 ?d(?:ays)?)\b/u, '7d'],
  [/\b(?:(?:the |of )*(?:last|past|this) month|(?:the )?(?:last )?30 ?d(?:ays)?)\b/u, '30d'],
];

interface Spanned {
  readonly text: string;
  /** Empty without one. */
  readonly span: string;
}

const withoutSpan = (text: string): Spanned => {
  const [pattern, span = ''] = spans.find(([each]) => each.test(text)) ?? [];
  const left = pattern === undefined ? text : text.replace(pattern, ' ');
  return { text: left.replace(/ +/gu, ' ').trim(), span };
};

/** What one feature answers: the time behind us, one's own connection, schedules and jobs. Acts on nothing. */
export const readFeature = (sentence: Sentence, text: string, world: World): Meaning | undefined =>
  readConnection(text) ??
  readHouse(text) ??
  readCompared(sentence, text, world) ??
  readTop(withoutSpan(text)) ??
  readPast(sentence, withoutSpan(text), world);

const own =
  '(?:my|our own|my own) (?:own )?(?:internet|wi-?fi|network|line|connection|computers?|laptops?|pcs?)';
const aboutOwn = new RegExp(
  `^(?:(?:is|is it|was it|could it be|how is|how|what is|what about|why is|check|test|show|what is wrong with|something wrong with) )?${own}\\b(?: \\S+){0,4}$`,
  'u',
);
const call = '(?:an? |my |the )?(?:video |voice |teams |phone )?(?:calls?|meetings?)';
const fitFor = new RegExp(
  `^(?:(?:is|am|are|will) (?:${own}|i|it|we)(?: be)? )?(?:fit |ok |okay |good |good enough |ready )?(?:for )?(?:take |make |have |do |join |hold |start )?${call}(?: (?:at|around|by) (\\S+(?: [ap]m)?))?$`,
  'u',
);
const notifyOwn = new RegExp(
  `^(?:tell|notify|warn|alert|let) me (?:know )?(?:when|if|whenever|once|about) ${own}\\b`,
  'u',
);

const readConnection = (text: string): Meaning | undefined => {
  if (notifyOwn.test(text))
    return offers([
      commandOffer('notify', 'me', 'Notify me when my own connection is not fit for calls'),
    ]);
  const fit = fitFor.exec(text);
  if (
    fit !== null &&
    /\b(?:fit|ok|okay|good|ready|take|make|have|do|join|hold|start)\b/u.test(text)
  ) {
    // `10` alone is ten o'clock.
    const at = fit[1]?.replace(/^\d{1,2}$/u, '$&:00');
    if (at === undefined) return read('my', 'connection');
    return readClock(at) === undefined ? undefined : read('fit', `for calls at ${at}`);
  }
  return aboutOwn.test(text) ? read('my', 'connection') : undefined;
};

/** What one command answers as it stands. */
const house: readonly (readonly [RegExp, string, string?])[] = [
  [/^(?:(?:show|list|what|which|any|are|is)\b.*)?\b(?:schedules|scheduled)$/u, 'schedules'],
  [
    /^(?:(?:show|list|what|which|any|are|is)\b.*)?\bjobs?(?: (?:are|is))?(?: running)?(?: here)?$/u,
    'jobs',
  ],
  [
    /^(?:retry|repeat|cancel|stop|abort|show) (?:the |all )*(?:jobs?|failed(?: ones| agents)?|that failed)$/u,
    'jobs',
  ],
  [
    /^(?:(?:show|find|list|any|which)(?: me)?(?: the| all)* )?(?:duplicates?|duplicate agents)$|^(?:show|list)(?: me)?(?: the)? inventory$/u,
    'inventory',
  ],
  [
    /\b(?:waiting|wait|waits) for (?:an? )?approval\b|\bneeds? (?:an? )?approval\b|\bto (?:be )?approved?\b/u,
    'agents',
    'is:waiting',
  ],
  [/\bnever (?:been )?(?:connected|came|online|seen|there)\b/u, 'agents', 'is:never'],
  [/^(?:(?:what|which|show|list|switch|change|other)\b.*)\baccounts?\b(?: \S+){0,3}$/u, 'accounts'],
  [
    /^what (?:did you|have you|was|is|has been|were) (?:hold|held|hide|hidden|suppress|suppressed)(?: back)?(?: \S+){0,2}$/u,
    'watches',
  ],
  [
    /^what (?:happened|went wrong|was going on|did i miss)(?: here)?(?: (?:yesterday|last night|today|tonight|this morning|overnight|over night))?$/u,
    'alerts',
    'since 24h',
  ],
  [/^(?:status|overview)$/u, 'agents', 'is:poor OR is:offline'],
];

const readHouse = (text: string): Meaning | undefined => {
  const ended = /^(?:end|stop|remove|delete|cancel) (?:the )?schedules? #?(\d{1,9})$/u.exec(
    text,
  )?.[1];
  if (ended !== undefined)
    return offers([commandOffer('unschedule', ended, `End schedule #${ended}`)]);
  const found = house.find(([pattern]) => pattern.test(text));
  return found && read(found[1], found[2]);
};

const compared = /^(?:compare|difference between|what is the difference between) (.+)$/u;

const readCompared = (sentence: Sentence, text: string, world: World): Meaning | undefined => {
  const both = compared.exec(text)?.[1];
  if (both === undefined) return undefined;
  const parted = both
    .replace(/ (?:vs|vs\.|versus|with|against|to|and)(?= )/gu, ' and')
    .replace(/(\uE000\d+) (?=\uE000)/gu, '$1 and ');
  const [one, other, ...more] = agentsIn(sentence, parted, world) ?? [];
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  return read('compare', `${calledBy(one)} with ${calledBy(other)}`);
};

const calledBy = ({ id, name, distinction }: NamedAgent): string =>
  distinction === undefined ? name : id;

const topWords = new Set(
  `which who what agents agent ones machines are is was were has have had been top worst bad poor slow
  flapping flappy flap flaps offline down by time most often longest the list show me of in offenders over mostly`.split(
    /\s+/u,
  ),
);

/** The worst over time, where nothing else is asked: `top` takes no filter. */
const readTop = ({ text, span }: Spanned): Meaning | undefined => {
  const words = text.split(' ');
  const asks =
    /\b(?:top|worst|most|longest|often|mostly)\b|^(?:who|what|which agents?) (?:is |are )?flap/u.test(
      text,
    );
  if (!asks || !words.every((word) => topWords.has(word) || /^\d{1,3}$/u.test(word)))
    return undefined;
  const what = /\bflap/u.test(text)
    ? 'flapping'
    : /\b(?:offline|down)\b/u.test(text)
      ? 'offline'
      : 'poor';
  return read('top', span === '' ? what : `${what} ${span}`);
};

const ofPast = new Set(
  `history of for from the show me give us get see what how was were like doing been did has it about over on
  to a an need send make evidence proof provider isp carrier internet agent chart trend by`.split(
    /\s+/u,
  ),
);
const usual =
  /^when (?:is|was|does|should|will) (\uE000\d+) (?:usually |normally |mostly |be |start |to )*(?:online|on|there|work|working|expected|begin|come|start)(?: online)?$|^(?:usual |working |office )?hours (?:of|for) (\uE000\d+)$/u;

/** A history, or the evidence, of one agent that stands there by its whole name, and perhaps one target. */
const readPast = (
  sentence: Sentence,
  { text, span }: Spanned,
  { fleet }: World,
): Meaning | undefined => {
  const hours = usual.exec(text);
  const sign = hours?.[1] ?? hours?.[2];
  if (sign !== undefined) return named(sentence, sign, (typed) => read('hours', typed));
  const [, whose = '', target] = /(\uE000\d+)(?: (?:\/|→|->|>) (\S+))?/u.exec(text) ?? [];
  const [whole] = new RegExp(`${whose}(?: (?:/|→|->|>) \\S+)?`, 'u').exec(text) ?? [];
  if (whose === '' || whole === undefined) return undefined;
  const others = text
    .replace(whole, ' ')
    .split(' ')
    .filter((word) => word !== '');
  const asksProof = others.some((word) => word === 'evidence' || word === 'proof');
  const asksPast =
    others.some((word) => word === 'history' || word === 'trend' || word === 'chart') ||
    (span !== '' && /^(?:what|how) (?:was|were|did|has)\b/u.test(text)) ||
    (others.length === 0 && (target !== undefined || span !== ''));
  if (!(asksProof || asksPast) || !others.every((word) => ofPast.has(word))) return undefined;
  if (
    target !== undefined &&
    namedBy(sentence, target) === undefined &&
    fleet.called(target).length > 0
  )
    return undefined;
  return named(sentence, whose, (typed) => {
    const about = target === undefined ? typed : `${typed} / ${target}`;
    return read(asksProof ? 'evidence' : 'history', span === '' ? about : `${about} ${span}`);
  });
};

const named = (
  sentence: Sentence,
  sign: string,
  means: (typed: string) => Meaning,
): Meaning | undefined => {
  const name = namedBy(sentence, sign);
  return name === undefined || name.agents.length === 0 ? undefined : means(name.typed);
};
