import { type FilterPhrase, filterText, readFilter } from './filter-phrase.ts';
import { type Meaning, type Offer, offers, read, spelledText, type World } from './meaning.ts';
import type { Sentence } from './sentence.ts';
import type { StateName } from './vocabulary.ts';

const whyWords =
  /\b(?:(?:explain )?why|how come|diagnose|troubleshoot|investigate|debug|fix|repair|cause|causes|causing)\b|\b(?:what|whats) (?:is|was|has been) (?:wrong|the matter|up|the problem|the issue|happening|going on|the cause|causing)\b|\bwhat (?:happened|went wrong)\b/gu;

const asksWhy = (text: string): boolean => text.search(whyWords) >= 0;

/** Words that say that agents are asked for, in a sentence that names no state. */
const asksForAgents =
  /^(?:list|show|give|get|see|find|display|count|view|how many|which|who|what about)\b|\b(?:agents?|machines?|devices?|computers?|pcs|laptops|sites|endpoints|users|fleet|everything|ones|people)\b/u;

/** Nobody is named, and all is asked after: who is bad. */
const anyTrouble =
  /^(?:is |are |was |has )?(?:anything|something|anyone|anybody|any|everything|everybody|everyone|all|things|we)(?: (?:is|are|all|doing|looking|has|having|there|of them))*(?: (?:wrong|ok|okay|good|fine|alright|right|well|bad|broken|green|healthy|up|to worry about|i should know|new))+$|^how (?:are|is) (?:we|things|everything|everybody|everyone|it|all)(?: (?:doing|going|looking))?$|^(?:any|is there any|are there any|are there|what|which)(?: \S+)? (?:problems?|issues?|trouble|troubles|news|outages?)$|^(?:what|where) (?:is|are) (?:the )?(?:wrong|trouble|problem|problems|issues)$/u;

const badList = 'is:poor OR is:offline';
/** In a question about a place they ask for all of it, not for those that are. */
const hopeful: ReadonlySet<StateName> = new Set(['good', 'online', 'bad']);

const isQuestion = /^(?:is|are|was|how|has|did|does|why|what)\b/u;

/** Agents, one or several, or a list of those that a filter finds. */
export const readAsked = (sentence: Sentence, text: string, world: World): Meaning | undefined => {
  if (anyTrouble.test(text)) return read('agents', badList);
  const why = asksWhy(text);
  const found = readFilter(
    sentence,
    text.replace(whyWords, ' ').replace(/ +/gu, ' ').trim(),
    world.fleet,
  );
  if (found.unknown.length > 0) return !why && asksForAgents.test(text) ? partly(found) : undefined;
  if (found.agents.length > 0 && !isListOf(found, text)) return aboutAgents(found, text, why);
  // “Ok” alone answers something, and asks for nobody.
  if (/^(?:good|fine|ok|okay|great|well|alright|all good)$/u.test(text)) return undefined;
  const named = found.places.length > 0 || found.agents.length > 0;
  const states = found.either.length + found.also.length > 0;
  if (!named && !states && !asksForAgents.test(text)) return undefined;
  if (!named && why) return read('agents', badList);
  return read('agents', filterText(named && isQuestion.test(text) ? asked(found, text) : found));
};

/** "Is boise ok?" asks for all of Boise, "is boise down?" for those that are. */
const asked = (found: FilterPhrase, text: string): FilterPhrase => {
  const about = /^(?:is|how is|how are|what is|has|did|does|why)\b/u.test(text);
  const states = [...found.states];
  return about && !/\b(?:any|anyone|anybody|anything|who|which|ones)\b/u.test(text)
    ? states.every((state) => hopeful.has(state))
      ? { ...found, either: [] }
      : found
    : found;
};

/** "Offline agents of lax": the name says which, not whom. */
const isListOf = ({ states, agents }: FilterPhrase, text: string): boolean =>
  states.size > 0 &&
  agents.every(({ agents: all }) => all.length > 1) &&
  /^(?:which|who|list|show|how many)\b|\b(?:agents|ones|machines|devices|users|laptops)\b/u.test(
    text,
  );

const mostOffers = 5;

const aboutAgents = (found: FilterPhrase, text: string, why: boolean): Meaning | undefined => {
  const [only, ...others] = found.agents;
  if (only === undefined) return undefined;
  if (others.length === 0) {
    const complains =
      !isQuestion.test(text) &&
      [...found.states].some((state) => !hopeful.has(state) || state === 'bad');
    const asksAgain = /^(?:show|list|check|status|view|open)\b/u.test(text);
    return read(
      why || (complains && !asksAgain && !text.endsWith('?')) ? 'why' : 'agent',
      only.typed,
    );
  }
  const all = found.agents.flatMap(({ agents }) => agents);
  return offers(
    all.slice(0, mostOffers).map(({ id, name, distinction }) => ({
      command: { name: 'agent', rest: distinction === undefined ? name : id },
      title: `Show ${distinction === undefined ? name : `${name} (${distinction})`}`,
      press: { verb: 'agent.show', data: { agent: id } },
    })),
  );
};

/** A state is understood, other words are not: a button, and no list that looks like an answer. */
const partly = (found: FilterPhrase): Meaning | undefined => {
  if (found.states.size === 0 || found.unknown.length > 2) return undefined;
  const filter = filterText(found);
  return offers([listOffer(filter)]);
};

export const listOffer = (filter: string): Offer => {
  const command = { name: 'agents', rest: filter };
  return {
    command,
    title: `Show ${spelledText(command)}`,
    press: { verb: 'agents.page', data: { filter } },
  };
};
