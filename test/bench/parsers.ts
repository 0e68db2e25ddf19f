import {
  parseCommand,
  requireFilterAlone,
  slashSplits,
  splitRename,
  splitTarget,
  wordsBeside,
} from '../../src/chat/command-line.ts';
import { understand } from '../../src/chat/plain-words/understand.ts';
import { splitSpan, splitTiming } from '../../src/chat/typed-time.ts';
import { grammarOf, readingsOf } from '../../src/features/changes/parse.ts';
import { parseDigest } from '../../src/features/digest/domain/schedule.ts';
import { matches, parseFilter } from '../../src/features/fleet/domain/filter.ts';
import { termGroups } from '../../src/features/fleet/domain/filter-grammar.ts';
import { understandFilter } from '../../src/features/fleet/domain/understand-filter.ts';
import { parseMaintenance, parseMute } from '../../src/features/silence/parse.ts';
import { parseWatch } from '../../src/features/watches/parse.ts';
import { fold } from '../../src/shared/fold.ts';
import { readsAsTime } from '../../src/shared/moment.ts';
import { nameIndex, nearestCommands } from '../../src/shared/names.ts';
import { asTyped, textTest, unquoted, words } from '../../src/shared/text.ts';
import { parseDuration } from '../../src/shared/time.ts';
import { messageText } from '../../src/teams/message-text.ts';
import { markdown, plain } from '../../src/ui/escape.ts';
import { aView } from '../features/fleet/an-agent.ts';
import { type Budget, budgetTable } from './budget.ts';

// Every parser of typed text with 28 kB, which is all that Teams lets through, of the worst that was found: the
// time at a quarter, a half and the whole of it. A linear parser doubles from each to the next.

const longest = 28_000;
const lengths = [longest / 4, longest / 2, longest];
const rounds = 5;

/** Each is repeated up to the length, and ended by a sign that fits nothing. */
const pieces = [
  ...['a', ' ', '!', '"', '“', '-', '*', '/', 'to ', 'from to ', 'for ', 'e ', 'OR ', '-- ', 'a:'],
  ...['a >', 'field.', 'field."', 'is:', 'score <', '<at>', '<', '&amp;', '&', '{', '${', '\u200b'],
  ...['İ', 'ß', '’', '\u0301', '\ud800', 'after 1 hour ', '1h ', '08:00 ', '\n', '\t \t', '…', '_'],
  ...['a/', ' / ', '" ', 'a"', '“a” ', 'all ', 'poor ', '🤷', '[', '\\', '1', '1.', '#1 '],
];
const inputs = pieces.map(
  (piece) => (length: number) =>
    `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length - 1)}~`,
);

const fleet = Array.from({ length: 10_000 }, (_, index) => ({
  id: `agent-${index}`,
  name: `LAX-${index} Reception ${index % 7}`,
  alsoKnownAs: [`DESKTOP-${index}`],
}));
const index = nameIndex(fleet);
const views = fleet.map(({ id, name }) => aView({ agent: { id, name } }));
const at = { now: Date.parse('2026-11-24T12:00:00Z'), timeZone: 'America/Los_Angeles' };
const bot = { id: '28:bot', name: 'PingPlotter' };

const activity = (text: string) => ({ type: 'message', text, recipient: bot });
const filter = (text: string): string => text.slice(0, 500);

const called = new Map(fleet.map((agent) => [fold(agent.name), [agent]]));
/** Plain words, over the same agents. */
const world = {
  fleet: {
    called: (name: string) => called.get(fold(name)) ?? [],
    matching: (part: string) => index.matches(part),
    knows: (word: string) => word === 'e' || word === 'a',
  },
  commands: [],
  when: at,
};

type Parser = readonly [name: string, parse: (text: string) => unknown];

const parsers: readonly Parser[] = [
  ['messageText', (text) => messageText(activity(text))],
  ['parseCommand', parseCommand],
  ['words', words],
  ['unquoted', unquoted],
  ['fold', fold],
  ['asTyped', asTyped],
  ['plain, markdown', (text) => plain(text, 80) + markdown(text, 80)],
  ['splitTarget, slashSplits', (text) => [splitTarget(text), slashSplits(text)]],
  ['splitRename', splitRename],
  ['readingsOf', (text) => [grammarOf(text), readingsOf(text)]],
  ['wordsBeside', (text) => wordsBeside(bot, text)],
  ['splitTiming', splitTiming],
  ['splitSpan', splitSpan],
  ['parseDuration, readsAsTime', (text) => [parseDuration(text), readsAsTime(text)]],
  ['parseMute', (text) => parseMute(text, at)],
  ['parseMaintenance', (text) => parseMaintenance(text, at)],
  ['parseDigest', (text) => parseDigest(text, at.timeZone)],
  ['parseWatch', parseWatch],
  ['requireFilterAlone', requireFilterAlone],
  ['termGroups, 500 characters', (text) => termGroups(filter(text))],
  ['parseFilter', parseFilter],
  ['textTest', (text) => textTest(text)(text)],
  ['understand, 1,000 characters', (text) => understand(text.slice(-1000), world)],
  ['nearestCommands', (text) => nearestCommands(text, ['agents', 'pause', 'reconnect'])],
];

/** What also looks at 10,000 agents; the filter has 500 characters at most. */
const overFleet: readonly Parser[] = [
  ['a name among 10,000', (text) => index.find(text)],
  [
    'the guess at a name among 10,000',
    (text) => {
      const found = index.find(text);
      return found.kind === 'none' ? found.nearest : found;
    },
  ],
  ['the beginning that is a name among 10,000', (text) => index.begun(text)],
  ['a filter understood among 10,000', (text) => understandFilter(filter(text), views)],
  [
    'a filter over 500 of them, one slice',
    (text) => views.slice(0, 500).filter(matches(parseFilter(filter(text)))),
  ],
];

/** The shortest of some rounds, in ms: no more of them once it is no longer than `known`, for it only gets shorter. */
const tried = (parse: Parser[1], text: string, known = 0): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && best > known; round += 1) {
    const startedAt = performance.now();
    try {
      parse(text);
    } catch {
      // A refusal takes its time too.
    }
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
};

interface Worst {
  readonly name: string;
  readonly piece: string;
  readonly took: readonly number[];
}

const worstOf = ([name, parse]: Parser): Worst => {
  let worst: Worst = { name, piece: '', took: [0, 0, 0] };
  for (const [place, input] of inputs.entries()) {
    const [, , most = 0] = worst.took;
    const whole = tried(parse, input(longest), most);
    if (whole <= most) continue;
    const took = [...lengths.slice(0, -1).map((length) => tried(parse, input(length))), whole];
    worst = { name, piece: pieces[place] ?? '', took };
  }
  return worst;
};

const found = [...parsers, ...overFleet].map(worstOf);
const budgets: readonly Budget[] = found.map(({ name, took }) => ({
  what: `${name}, 28 kB of the worst`,
  measured: took[2] ?? Number.NaN,
  must: 50,
  unit: 'ms',
}));
process.stdout.write(
  [
    budgetTable(budgets),
    '| parser | worst input, repeated | 7 kB | 14 kB | 28 kB |',
    '|---|---|---|---|---|',
    ...found.map(
      ({ name, piece, took }) =>
        `| ${name} | \`${JSON.stringify(piece)}\` | ${took.map((ms) => `${ms.toFixed(2)} ms`).join(' | ')} |`,
    ),
    '',
  ].join('\n'),
);
