import { tokenize } from '../../shared/tokens.ts';
import type { NamedAgent } from '../resolve-agent.ts';
import { actIn, offersFor, readAct } from './act-phrase.ts';
import { readCommand } from './command-phrase.ts';
import { readFeature } from './feature-phrase.ts';
import { commandOffer, type Meaning, type Offer, offers, type World } from './meaning.ts';
import { isOtherLanguage } from './other-languages.ts';
import { readOther } from './other-phrases.ts';
import { withoutPoliteness } from './politeness.ts';
import type { FleetWords } from './ports.ts';
import { listOffer, readAsked } from './read-phrase.ts';
import { readRecurring } from './schedule-phrase.ts';
import { readSentence, type Sentence } from './sentence.ts';
import { isSilenceWish, silenceWishAbout } from './silence-phrase.ts';
import { readSuspicion } from './suspicion-phrase.ts';
import { readWatch } from './watch-phrase.ts';

/** More words are a pasted text and no request. */
const mostWords = 60;
/** A longer one is no word, unless it stands in quotes: then it is a name. */
const longestWord = 200;

/** What somebody means by a sentence in plain words; nothing when the rules do not understand it. */
export const understand = (typed: string, world: World): Meaning | undefined => {
  const bounded = { ...world, fleet: boundedWords(world.fleet) };
  const meaning = isPasted(typed) ? undefined : meaningOf(typed, bounded);
  return meaning ?? (isOtherLanguage(typed) ? { kind: 'other-language' } : undefined);
};

/** Nobody names more in one sentence. */
const mostParts = 10;

/** To look for a part of a name goes through the whole fleet: each is looked for once, and not too many. */
const boundedWords = (fleet: FleetWords): FleetWords => {
  const found = new Map<string, readonly NamedAgent[]>();
  const matching = (part: string): readonly NamedAgent[] => {
    const known = found.get(part);
    if (known !== undefined || found.size >= mostParts) return known ?? [];
    const agents = fleet.matching(part);
    found.set(part, agents);
    return agents;
  };
  return { ...fleet, matching };
};

const isPasted = (typed: string): boolean => {
  const words = tokenize(typed);
  return words.length > mostWords || words.some(({ raw }) => raw.length > longestWord);
};

const meaningOf = (typed: string, world: World): Meaning | undefined => {
  const sentence = readSentence(typed, world.fleet);
  const requests = requestsIn(sentence);
  return requests.length > 1
    ? readSeveral(sentence, requests, typed, world)
    : readOne(sentence, sentence.text, typed, world);
};

const readOne = (
  sentence: Sentence,
  text: string,
  typed: string,
  world: World,
): Meaning | undefined => {
  const asked = withoutPoliteness(
    text.replace(/ [,;](?= |$)/gu, ' ,').replace(/ please(?= (?:for|until) )/u, ''),
  );
  if (isSilenceWish(asked)) return { kind: 'silence' };
  // A time of day that nobody reads would make an act longer than was asked.
  if (actIn(asked) !== undefined && /\b(?:today|tonight)$/u.test(text)) return undefined;
  const about = silenceWishAbout(asked);
  if (about !== undefined) return muteInstead(sentence, about, world);
  return (
    readOther(sentence, asked, typed, world) ??
    readFeature(sentence, asked, world) ??
    readSuspicion(sentence, asked, world) ??
    readWatch(sentence, asked, world) ??
    (actIn(asked) === undefined
      ? (readCommand(sentence, asked, world) ?? readAsked(sentence, asked, world))
      : (readRecurring(sentence, asked, world) ?? readAct(sentence, asked, world)))
  );
};

const muteInstead = (sentence: Sentence, about: string, world: World): Meaning | undefined => {
  const meaning = readAct(sentence, `mute ${about}`, world);
  return meaning ?? { kind: 'silence' };
};

/** What begins another request behind "and". */
const begins =
  /^(?:also |then |please |now )*(?:pause|resume|unpause|stop|start|restart|reboot|reconnect|rename|delete|remove|mute|unmute|snooze|silence|ack|acknowledge|undo|show|list|tell|notify|watch|who|which|what|why|how|is|are|create|add|note|assign|unwatch|unack|digest|help|grant|revoke)\b/u;

/** The requests of a sentence that has several, each with a verb of its own. */
export const requestsIn = ({ text }: Sentence): readonly string[] => {
  const parts = text.split(/ (?:[,;&]|and|then|also|plus)(?= )/u).map((part) => part.trim());
  const requests: string[] = [];
  for (const part of parts) {
    const clean = withoutPoliteness(part.replace(/^(?:and|then|also) /u, ''));
    const last = requests.at(-1);
    if (last === undefined || begins.test(clean)) requests.push(part);
    else requests[requests.length - 1] = `${last} and ${part}`;
  }
  const each = requests.map((part) => withoutPoliteness(part)).filter((part) => part !== '');
  return each.length > 1 && each.every((part) => begins.test(part)) ? each : [text];
};

/** A message has room for so many. */
const mostRequests = 5;

/** None of several requests is done; each gets its button, or the sentence is not understood. */
const readSeveral = (
  sentence: Sentence,
  requests: readonly string[],
  typed: string,
  world: World,
): Meaning | undefined => {
  const each = requests.slice(0, mostRequests).map((text) => {
    const meaning = readOne(sentence, text, '', world);
    return meaning === undefined ? [] : offersOf(meaning, world);
  });
  return each.some((found) => found.length > 0)
    ? offers(each.flat().slice(0, mostRequests))
    : readOne(sentence, sentence.text, typed, world);
};

/** What a meaning would do at once, as buttons. */
const offersOf = (meaning: Meaning, { fleet, when }: World): readonly Offer[] => {
  switch (meaning.kind) {
    case 'offers':
      return meaning.offers;
    case 'read':
      return readOffers(meaning.command.name, meaning.command.rest, fleet);
    case 'pause-or-mute':
      return offersFor('stop', meaning.agent, '', when);
    case 'many':
      return [listOffer(meaning.filter)];
    case 'watch':
      return [
        { ...commandOffer('watch', '', 'New watch…'), press: { verb: 'watch.create', data: {} } },
      ];
    case 'silence':
      return [commandOffer('watches', '', 'Show what is watched here')];
    case 'other-language':
      return [];
    default:
      return meaning satisfies never;
  }
};

const readOffers = (name: string, rest: string, fleet: World['fleet']): readonly Offer[] => {
  if (name === 'agents') return [listOffer(rest)];
  if (name !== 'agent' && name !== 'why') return [commandOffer(name, '', `Show ${name}`)];
  const named = fleet.called(rest);
  return (named.length > 0 ? named : fleet.matching(rest)).map(({ id, name: agent }) => ({
    command: { name: 'agent', rest: agent },
    title: `Show ${agent}`,
    press: { verb: 'agent.show', data: { agent: id } },
  }));
};
