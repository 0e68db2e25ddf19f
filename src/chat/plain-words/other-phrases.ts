import { readClock } from '../../shared/moment.ts';
import { unquoted } from '../../shared/text.ts';
import { isWord, type Token, tokenize } from '../../shared/tokens.ts';
import { agentsIn } from './act-phrase.ts';
import { commandOffer, type Meaning, type Offer, offers, type World } from './meaning.ts';
import { clockPart } from './phrases.ts';
import type { Sentence } from './sentence.ts';

/** What is not about pausing and the like: alerts, undo, rename, create, digests. `typed` is the whole text. */
export const readOther = (
  sentence: Sentence,
  text: string,
  typed: string,
  world: World,
): Meaning | undefined =>
  readAck(text, typed) ??
  readUndo(text) ??
  readRename(sentence, text, typed, world) ??
  readCreate(text) ??
  readDigest(text);

const mine =
  /^(?:(?:i am |we are |i )?(?:on (?:it|that|this)|got (?:it|this|that))|(?:take|taking) (?:it|this|care)(?: of it)?|mine|that is mine)$/u;
const taken =
  /^(?:i am on|i got|i have|got|i |me )?(?:ack|acknowledge|acked|take|taking|claim|own|on|got)\b(?: care of)?(?: (?:number|alert|alerts|no|nr))*((?:(?: |^)(?:#?\d{1,9}|,|and|&)(?= |$|:))+)/u;
const given =
  /^(?:give back|unack|unacknowledge|un-ack|release|drop|return)(?: (?:number|alert|alerts))*((?: (?:#?\d{1,9}|,|and|&))+)$/u;

const numbersOf = (text: string): readonly string[] =>
  [...new Set(text.match(/\d+/gu) ?? [])].slice(0, 20);

/** Longer notes are refused by the command too. */
const longestNote = 500;

const readAck = (text: string, typed: string): Meaning | undefined => {
  if (mine.test(text)) return offers([commandOffer('ack', '', 'Acknowledge the open alert')]);
  const back = given.exec(text);
  if (back !== null) {
    const numbers = numbersOf(back[1] ?? '');
    return offers([commandOffer('unack', numbers.join(' '), `Give back ${hashed(numbers)}`)]);
  }
  const found = taken.exec(text);
  const numbers = numbersOf(found?.[1] ?? '');
  if (found === null || numbers.length === 0) return undefined;
  const note = text.length > found[0].length ? noteBehind(typed) : '';
  if (note.length > longestNote) return undefined;
  const title = `Acknowledge ${hashed(numbers)}`;
  return offers([
    commandOffer('ack', numbers.join(' '), note === '' ? title : `${title}: ${note}`, note),
  ]);
};

const hashed = (numbers: readonly string[]): string =>
  numbers.map((number) => `#${number}`).join(' ');

const isNumber = ({ raw }: Token): boolean => /^#?\d{1,9}[,:]?$/u.test(raw);

/** What stands behind the first numbers, as it was typed. */
const noteBehind = (typed: string): string => {
  const tokens = tokenize(typed);
  const first = tokens.findIndex(isNumber);
  const end = tokens.findIndex(
    (token, place) => place > first && !isNumber(token) && !isWord(token, 'and', ',', '&'),
  );
  const note = end < 0 || first < 0 ? '' : typed.slice(tokens[end]?.begin);
  return unquoted(note.replace(/^[\s:,.–-]+/u, ''))
    .replace(/\s+/gu, ' ')
    .trim();
};

const undone =
  /^(?:undo|revert|take back|reverse|cancel)(?: (?:it|that|this|the|my|our|last|latest|change|one|thing|what|i|did|back))*$|^take (?:it|that|this) back$/u;

const readUndo = (text: string): Meaning | undefined =>
  undone.test(text)
    ? offers([commandOffer('undo', '', 'Take back my last change here')])
    : undefined;

const renamed = /^(?:rename|(?:change|set) the name of) (.+?) (?:to|into|as) /u;

const readRename = (
  sentence: Sentence,
  text: string,
  typed: string,
  world: World,
): Meaning | undefined => {
  const object = renamed.exec(text)?.[1];
  const [agent, ...others] = object === undefined ? [] : (agentsIn(sentence, object, world) ?? []);
  if (agent === undefined || others.length > 0) return undefined;
  // The agent's own name may hold the word.
  const words = typed.split(/\s(?:to|into|as)\s/iu);
  const to = unquoted((words.at(-1) ?? '').replace(/[\s,]+please[.!]*$/iu, ''));
  if (to === '') return undefined;
  return offers([
    {
      command: { name: 'rename', rest: `${agent.name} to ${to}` },
      title: `Rename ${agent.name}`,
      press: { verb: 'agent.rename', data: { agent: agent.id } },
      input: { id: 'name', label: 'New name', value: to },
    },
  ]);
};

const created = /^(?:add|create|make|set up|new|install)(?: (?:an?|a new|new|another))* agent$/u;

const readCreate = (text: string): Meaning | undefined =>
  created.test(text) ? offers([commandOffer('create', '', 'Create an agent…')]) : undefined;

const report = '(?:digest|report|summary|overview|briefing)';
const noReport = new RegExp(
  `^(?:stop|end|cancel|turn off|switch off|no more|no|disable)(?: the| my| our| all| sending)* (?:daily |weekly )?${report}s?$`,
  'u',
);
const anyReport = new RegExp(
  `^(?:send|give|post|get|make|show)?(?: me| us)?(?: the| an?)?(?: quick| short)?(?:(?:^| )(?:daily|weekly))? ?${report}s?\\b(.*)$`,
  'u',
);
const daily = new RegExp(
  `(?:daily|every (?:day|morning|evening)|each day).*?(?:at )?${clockPart}$`,
  'u',
);
const weekly = new RegExp(
  `(?:weekly|every|each|on) (?:on )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*\\b(?:.*?(?:at )?${clockPart})?$`,
  'u',
);

/** `8` alone is eight o'clock. */
const onTheHour = (typed: string): string => (/^\d{1,2}$/u.test(typed) ? `${typed}:00` : typed);

const digestOffer = (when: string): Offer =>
  commandOffer('digest', when, `Send a digest here ${when}`);

const readDigest = (text: string): Meaning | undefined => {
  if (noReport.test(text))
    return offers([commandOffer('digest', 'off', 'Turn the digest here off')]);
  const found = anyReport.exec(text);
  if (found === null) return undefined;
  const [, day, typedAt] = weekly.exec(text) ?? [];
  const at = onTheHour(typedAt ?? '8');
  if (day !== undefined && readClock(at) !== undefined)
    return offers([digestOffer(`weekly ${day} at ${at}`)]);
  const each = onTheHour(daily.exec(text)?.[1] ?? '');
  if (readClock(each) !== undefined) return offers([digestOffer(`daily at ${each}`)]);
  const rest = (found[1] ?? '').trim();
  return rest === '' || /^(?:of|for|about) (?:the )?(?:fleet|agents|everything|today)$/u.test(rest)
    ? offers([commandOffer('digest', 'now', 'Send a digest here now')])
    : undefined;
};
