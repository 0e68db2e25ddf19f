import { filterText, readFilter } from './filter-phrase.ts';
import { type Meaning, read, type World } from './meaning.ts';
import { namedBy, type Sentence } from './sentence.ts';
import { placeWords, stateNamed } from './vocabulary.ts';

/** Who traces a target, and whether something or somebody named is to blame. Both only read. */
export const readSuspicion = (
  sentence: Sentence,
  text: string,
  world: World,
): Meaning | undefined => readUsers(sentence, text, world) ?? readBlame(sentence, text, world);

const users =
  /^(?:(?:who|what|list|show|find|how many|which|everyone|everybody)(?: me)?(?: everyone| everybody| all)?(?: else)?(?: (?:agents?|ones?|machines?|devices?|computers?|people|users?|sites?))?|agents|people)(?: (?:who|that|which|is|are|do|does|all|currently))* (?:uses?|using|traces?|tracing|measures?|measuring|pings?|pinging|tests?|testing|monitors?|monitoring|connects? to|connecting to|talks? to|talking to|depends? on) (?:the )?(.+)$/u;

/** "Who uses crm in boise?" asks for those that trace it. */
const readUsers = (sentence: Sentence, text: string, { fleet }: World): Meaning | undefined => {
  const [what = '', ...rest] = users.exec(text)?.[1]?.split(' ') ?? [];
  if (what === '') return undefined;
  const name = namedBy(sentence, what);
  if (name !== undefined && name.agents.length > 0)
    return rest.length === 0 ? read('agent', name.typed) : undefined;
  const [next] = rest;
  if (next !== undefined && !placeWords.has(next)) return undefined;
  const isState = stateNamed.has(what);
  const found = readFilter(sentence, [...(isState ? [what] : []), ...rest].join(' '), fleet);
  if (found.unknown.length > 0 || /^(?:what|it|this|that|them)$/u.test(what)) return undefined;
  const target = name?.typed ?? what;
  const term = isState ? '' : `target:${/\s/u.test(target) ? `"${target}"` : target}`;
  return read('agents', [term, filterText(found)].filter((part) => part !== '').join(' '));
};

const suspect =
  '(?:provider|isp|carrier|wi-?fi|wireless|router|gateway|line|internet|network|vpn|firewall|proxy|laptop|pc|computer|machine|device|server|service|site|office|side|end|cable|lan|wan|app)s?';
const blamed = new RegExp(
  `^(?:is|was|could|can|might|maybe|perhaps) ?(?:it|this|that|the (?:problem|issue|trouble|fault|cause))(?: be)?(?: (?:at|on|in|with|because of|due to|caused by))?(?: (?:just|only|the|our|their|its|an?|local|own))* ${suspect}(?: (?:problem|issue|fault))?(?: (?:at|of|in|for|with|on) (.+))?$`,
  'u',
);
const whose =
  /^(?:whose (?:fault|problem) is (?:it|this|that)|who is (?:to blame|at fault|responsible)|is (?:it|this|that) (?:us|them|me|you)(?: or (?:us|them|me|you))?|where is (?:it|this) (?:broken|stuck|failing))(?: (?:at|of|in|for|with) (.+))?$/u;

/** "Is it the provider?" asks for a cause: of the agent that is named, else of all that are bad. */
const readBlame = (sentence: Sentence, text: string, { fleet }: World): Meaning | undefined => {
  const found = blamed.exec(text) ?? whose.exec(text);
  if (found === null) return undefined;
  const object = found[1] ?? '';
  if (object === '') return read('agents', 'is:poor OR is:offline');
  const name = namedBy(sentence, object);
  if (name !== undefined && name.agents.length > 0) return read('why', name.typed);
  const place = readFilter(sentence, `in ${object}`, fleet);
  const { places, unknown } = place;
  if (places.length === 0 || unknown.length > 0) return undefined;
  return read('agents', filterText({ ...place, either: ['is:poor', 'is:offline'] }));
};
