import { parseDuration } from '../../shared/time.ts';
import { filterText, readFilter } from './filter-phrase.ts';
import type { Meaning, World } from './meaning.ts';
import { spanIn } from './phrases.ts';
import type { WatchValues } from './ports.ts';
import type { Sentence } from './sentence.ts';

const when = '(?:when|whenever|if|once|as soon as|in case|should)';
const whom = '(?:me|us|everyone|everybody|the team|this channel|this chat|here)';
const asked = [
  `(?:tell|message|text|ping|mail|email|remind|shout at) ${whom} ${when}\\b(.*)`,
  `(?:notify|alert|warn|inform|update) ${whom} (?:${when}|about|of|on)\\b(.*)`,
  `let ${whom} know (?:${when}|about|of)\\b(.*)`,
  `(?:know|hear|be (?:told|notified|alerted|warned|informed)|get (?:told|notified|an alert|alerts)) (?:${when}|about|of|for)\\b(.*)`,
  '(?:subscribe|sign up|sign (?:me|us) up)(?: (?:me|us))?(?: (?:to|for))?\\b(.*)',
  'keep (?:an eye|watch|tabs|track) (?:on|of|over)\\b(.*)',
  '(?:watch|monitor|follow|observe|look after|track)(?: (?:out|over|for|when|if))*\\b(.*)',
  `(?:send|give) ${whom} (?:an? |the )?(?:alerts?|notifications?|messages?|warnings?) (?:${when}|for|about|of|on)\\b(.*)`,
].map((pattern) => new RegExp(`^${pattern}$`, 'u'));

/** Words that say that an agent stops to answer, or that it is back: what offline is about. */
const away =
  /\b(?:(?:goes|go|gets|is|are|went|going|being)? ?(?:down|offline|away|dead|missing|unreachable|disconnected)|dies|disconnects?|drops? (?:off|out)|drops|loses (?:connection|contact)|(?:comes?|is|are|goes|gets)(?: back)? (?:back|up|online|available)(?: again| online| up)?|recovers?|returns?)\b/gu;
const slow =
  /\b(?:(?:gets?|goes|is|are|becomes?|turns?|being)? ?(?:poor|slow|slower|laggy|sluggish|terrible)|degrades?|lags?|slows down)\b/gu;
const wrong =
  /\b(?:(?:goes|gets?|is|are|has|have|having|becomes?|turns?) )?(?:bad|worse|wrong|broken|breaks?|fails?|failing|problems?|issues?|trouble|changes)\b/gu;

const below = /\b(?:drops? |falls? |goes |is |gets )?(?:below|under|less than) (\d{1,3})%?(?= |$)/u;
const worse = /\b(?:(?:gets?|is|are|goes|becomes?|does) )?worse than (?:usual|normal)\b/gu;
const lasting =
  /\b(?:for|after) (?:more than |at least |over |longer than |about )?(\d[^,;]*|an hour|half an hour|a minute)$/u;

/** What becomes of agents, and not how they are. */
const ofAgents =
  /^(?:(?:tell|notify|alert|warn|inform|watch)(?: me| us| here)? ?(?:about|of|when|if|for)?|let (?:me|us) know (?:about|of|when)) ?(?:the |any |there are )*(?:new|renamed|deleted|removed|added)(?: (?:agents?|ones?|machines?|devices?|appears?|comes?|shows? up|turns? up))+$/u;
const fleetChanges: WatchValues = {
  filter: '',
  bound: 'changes',
  below: '',
  offline: 'false',
  after: '',
};

/** The form of a watch, filled in, when that is what a sentence asks for. */
export const readWatch = (sentence: Sentence, text: string, world: World): Meaning | undefined => {
  if (ofAgents.test(text)) return { kind: 'watch', values: fleetChanges };
  const about = asked.reduce<string | undefined>(
    (found, pattern) => found ?? pattern.exec(text)?.[1],
    undefined,
  );
  if (about === undefined) return undefined;
  const after = lasting.exec(about);
  const span = spanIn(after?.[1] ?? '');
  const untimed = span === undefined ? about : about.slice(0, after?.index);
  const score = below.exec(untimed)?.[1] ?? '';
  const isWorse = score === '' && untimed.search(worse) >= 0;
  const left = untimed.replace(below, ' ').replace(worse, ' ');
  const [isAway, isSlow] = [score === '' && left.search(away) >= 0, left.search(slow) >= 0];
  const who = left
    .replace(slow, ' ')
    .replace(away, ' ')
    .replace(wrong, ' ')
    .replace(/ +/gu, ' ')
    .trim();
  const filter = readFilter(sentence, who, world.fleet);
  if (filter.unknown.length > 0) return undefined;
  const plainBound = isAway && !isSlow ? 'none' : 'poor';
  const bound = score !== '' ? 'below' : isWorse ? 'usual' : plainBound;
  const values: WatchValues = {
    filter: filterText({ ...filter, either: filter.states.has('bad') ? [] : filter.either }),
    bound,
    below: score,
    offline: score === '' && (isAway || !(isSlow || isWorse)) ? 'true' : 'false',
    after: span !== undefined && parseDuration(span) !== undefined ? span : '',
  };
  return { kind: 'watch', values };
};

/** The form's content as the command that makes the same watch. */
export const watchText = ({ filter, bound, below: score, offline, after }: WatchValues): string =>
  [
    'watch',
    bound === 'changes' ? 'changes' : '',
    filter,
    bound === 'below' ? `below ${score}` : bound === 'poor' && offline === 'false' ? 'poor' : '',
    bound === 'usual' ? 'worse than usual' : '',
    bound === 'none' && offline === 'true' ? 'offline' : '',
    after === '' ? '' : `after ${after}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
