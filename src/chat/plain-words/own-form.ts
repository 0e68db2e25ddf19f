import type { CommandFacts } from '../define-command.ts';

const many =
  '(?:everything|everyone|everybody|anything|all (?!for\\b|until\\b|to\\b|where\\b)\\S+)\\b';
/** On one line; a second line without a verb of its own is refused as what nobody can read. */
const severalAgents = /^[^\r\n\u2028\u2029]*(?:\s(?:and|then)\s|[,&])[^\r\n\u2028\u2029]*$/iu;
const anotherRequest =
  /;\s*(?:then |please )?(?:pause|resume|reconnect|delete|mute|unmute|ack|undo|show|rename|stop|restart|watch|agents)\b/iu;
const acts = new Set(['pause', 'resume', 'reconnect', 'delete', 'mute', 'unmute']);

/** Times that people say and no command takes: it would refuse them. */
const looseTimes =
  /\s(?:(?:(?:every|each)\s(?:night|day|weekday|weekend|\p{L}{3,6}day)|nightly|(?:on|at)\s(?:nights?|weekdays|weekends))(?:\s(?:from\s|between\s)?\d[^\s].{0,20})?|till\s.+)[\s.!?]*$/iu;
const timed = new Set(['pause', 'mute']);

/** What is a sentence, although it begins like a command. */
const sentences: ReadonlyMap<string, RegExp> = new Map(
  [
    ['why', '(?:is|are|was|were|does|do|did|has|have|on earth|the)\\b'],
    ['watch', '(?:when|whenever|if|out|over|whether|for)\\b'],
    ['agents', '(?:that|which|who|with|in|at|from|are|please)\\b'],
    ['alerts', '(?:in|for|of|from|at|that|which|about|please)\\b'],
    ['ack', '#?\\d[#\\d\\s,]*(?:and\\b|(?!for\\b|please\\b)[^#\\d\\s,:.!?])'],
    ['help', '(?:me|us|please|with|how|needed)\\b'],
    ['my', '(?!connection[\\s.!?]*$)\\S'],
    ['notify', '(?!me(?: +off)?[\\s.!?]*$)\\S'],
    ['history', '(?:of|for|from)\\b'],
    ['evidence', '(?:of|for|about|against)\\b'],
    ['compare', '(?!.*\\swith\\s).*\\s'],
    ['top', '(?!(?:poor|flapping|offline)\\b)\\S'],
    ['agent', '$'],
    ['digest', '(?:every|each|at|on|please|me)\\b'],
    ...[...acts].map((name) => [name, many] as const),
  ].map(([name = '', pattern = '']) => [name, new RegExp(`^${pattern}`, 'iu')]),
);

/**
 * Whether what follows a command's own name is none of its form but a sentence: then nothing is done at once. Who is
 * named by the whole of it is meant before.
 */
export const isSentence = ({ name, freeText }: CommandFacts, rest: string): boolean =>
  sentences.get(name)?.test(rest) === true ||
  (timed.has(name) && looseTimes.test(rest)) ||
  (freeText !== true &&
    acts.has(name) &&
    (severalAgents.test(rest.trim()) || anotherRequest.test(rest)));
