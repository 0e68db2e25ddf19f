import { filterText, readFilter } from './filter-phrase.ts';
import { type Meaning, read, type World } from './meaning.ts';
import { namedBy, type Sentence } from './sentence.ts';

type Rule = readonly [pattern: RegExp, command: string];

/** Questions that one command answers as it stands. */
const rules: readonly Rule[] = [
  [
    /^help\b|^what (?:can|do|else can) (?:you|i|one) (?:do|ask|say|type)\b|^how (?:does|do|should) (?:this|it|you|i|the bot)(?: \S+)? (?:work|use|start)\b|^(?:what|which|list|show).*\bcommands\b|^what are you$|^(?:instructions|manual|usage)$/u,
    'help',
  ],
  [
    /^who am i\b|^(?:what|which) (?:is|are) my (?:role|id|name|rights|permissions|user|tenant)\b|^what am i (?:allowed|permitted)\b|^am i (?:an? )?(?:admin|operator|viewer)\b|^(?:my|show my) (?:role|rights|permissions)$/u,
    'whoami',
  ],
  [
    /^(?:are|is) (?:you|the bot|pingplotter|monitoring|bot)(?: still)? (?:there|working|alive|ok|okay|up|awake|online|running|down|broken|dead|fine|listening)$|^(?:bot|system|your|service) (?:status|health)$|^how are you$/u,
    'health',
  ],
  [
    /^(?:what|which|who) (?:is|are|am|do) .*\b(?:watching|watched|watch|subscribed|muted|silenced)\b|^(?:my|show|list|our|all)(?: me)?(?: my| our| the| all)* (?:watches|subscriptions|mutes)$/u,
    'watches',
  ],
  [
    /^(?:who|whom) (?:is|are)(?: the| an?| our| my)? (?:admins?|operators?|administrators?|viewers?)\b|^who (?:has|have|got|can) (?:access|a role|rights|do what)\b|^(?:list|show)(?: me)?(?: the| all)* (?:roles|admins|operators|permissions)$|^roles?$/u,
    'roles',
  ],
  [/\btemplates\b/u, 'templates'],
  [
    /\b(?:agents|ones|machines|devices) .*\b(?:deleted|removed)\b|\b(?:deleted|removed) (?:agents|ones|machines|devices)\b|^what (?:was|were|has been|got) (?:deleted|removed)\b/u,
    'deleted',
  ],
  [/\b(?:custom )?fields\b/u, 'fields'],
];

const helpAbout =
  /^(?:how (?:do|can|to)(?: i| we| you)?|help me) (pause|resume|rename|reconnect|create|delete|undo|watch|unwatch|mute|unmute|ack|acknowledge|grant|revoke|filter|digest)\b/u;
const alerts = /\balerts?\b|\b(?:unacknowledged|acknowledged|unacked|acked)\b|\bassigned to me\b/u;
const whose = /\b(?:mine|assigned to me|my|i have|i took)\b/u;
const nobodys =
  /\b(?:unacknowledged|unacked|nobody|no one|not acknowledged|not acked|unassigned|not taken)\b/u;
const alertWords =
  /\b(?:alerts?|un|acknowledged|unacknowledged|unacked|acked|open|assigned to me|mine|taking care|nobody|no one|taken|not)\b/gu;
/** The list has no filter for a number; its cards have it in their first line. */
const alertNumber = /(?<=\balerts?) #?\d{1,9}\b/gu;
const changed =
  /^(?:who|what)(?: was| has been| has| were| else)? (?:paused|resumed|renamed|reconnected|restarted|muted|unmuted|changed|done|did|deleted|created|stopped|acknowledged|acked|modified)\b(.*)$/u;
const exported =
  /^(?:export|download)\b|\b(?:as|to|in|into) (?:an? )?(?:csv|excel|spreadsheet|table)\b|\bcsv\b/u;

/** What other commands than those about agents answer. */
export const readCommand = (
  sentence: Sentence,
  text: string,
  world: World,
): Meaning | undefined => {
  const topic = helpAbout.exec(text)?.[1];
  if (topic !== undefined) return read('help', topic === 'filter' ? 'agents' : topic);
  const rule = rules.find(([pattern]) => pattern.test(text));
  if (rule !== undefined) return read(rule[1]);
  if (exported.test(text)) return readExport(text);
  const about = changed.exec(text)?.[1];
  if (about !== undefined) return readAudit(sentence, about, world);
  return alerts.test(text) ? readAlerts(sentence, text, world) : undefined;
};

const readExport = (text: string): Meaning => {
  const what = /\b(audit|log)\b/u.test(text)
    ? 'audit'
    : /\balerts?\b/u.test(text)
      ? 'alerts'
      : 'agents';
  return read(what, 'csv');
};

const readAudit = (sentence: Sentence, about: string, world: World): Meaning | undefined => {
  const { agents, places, unknown } = readFilter(sentence, about, world.fleet);
  if (unknown.length > 0 || places.length > 0 || agents.length > 1) return undefined;
  return read('audit', agents[0]?.typed ?? '');
};

const readAlerts = (sentence: Sentence, text: string, world: World): Meaning | undefined => {
  const which = whose.test(text) ? 'mine' : nobodys.test(text) ? 'unacked' : '';
  const found = readFilter(
    sentence,
    text.replace(alertNumber, ' ').replace(alertWords, ' ').trim(),
    world.fleet,
  );
  if (found.unknown.length > 0) return undefined;
  const filter = filterText({ ...found, either: found.states.has('bad') ? [] : found.either });
  return read('alerts', [filter, which].filter((part) => part !== '').join(' '));
};

/** Whether there is a name in it at all. */
export const hasNames = (sentence: Sentence): boolean =>
  sentence.text.split(' ').some((word) => namedBy(sentence, word) !== undefined);
