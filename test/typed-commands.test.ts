import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseCommand } from '../src/chat/command-line.ts';
import { commandCalled } from '../src/chat/define-command.ts';
import { parseFilter } from '../src/features/fleet/domain/filter.ts';
import { commands } from '../src/registry.ts';
import { readsAsTime } from '../src/shared/moment.ts';
import { parseDuration } from '../src/shared/time.ts';
import { buildFleet } from '../src/simulator/fleet/build-fleet.ts';
import { createRandom } from '../src/simulator/random.ts';
import { type StartedBot, startBot } from './fakes/bot.ts';
import { wordsOf } from './fakes/card-actions.ts';
import { sharedBot } from './fakes/shared-bot.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const userPage = read('docs/user.md');
const pages = [userPage, read('docs/admin.md'), read('README.md')];

const spansIn = (text: string): readonly string[] =>
  [...text.replaceAll(/^ *```[\s\S]*?^ *```/gmu, '').matchAll(/`([^`\n]+)`/gu)].map(
    ([, span = '']) => span,
  );

const isCommand = (text: string): boolean =>
  commandCalled(commands, parseCommand(text).name) !== undefined;

/** A command with what follows it; its bare name only names it, and some have a gap to fill. */
const isWhole = (span: string): boolean =>
  isCommand(span) && span.includes(' ') && !/[<[|]|@person/u.test(span.replace('score<', ''));

/** Blocks of what people type, and what stands in a sentence. */
const typed = pages.flatMap((page) => [
  ...[...page.matchAll(/^ *```chat\n([\s\S]*?)^ *```/gmu)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  ),
  ...spansIn(page).filter(isWhole),
]);

/** There is one account, no watch 2, no alert 12 and nothing to take back yet: what is typed is understood all the same. */
const laterOn =
  /^(?:unwatch|unschedule|ack|unack|note|assign|undo|unmute|revoke|use |maintenance off|audit lax)/u;

/** Refused where there is one account: there is nothing to choose. */
const needsAccounts = /^use /u;

/** What is said with the name of a filter, which somebody has saved before. */
const callsSaved = /@boise\b|^forget filter boise$/u;

const Failure = z.object({ message: z.literal('turn.failed'), code: z.string() });

const megan = { id: '29:megan', name: 'Megan Bowen' };

const texts = [...new Set(typed)];
const agents = () => buildFleet(createRandom(1), Date.now());
/** What only reads is not answered by a bot that others have told to change something. */
const reader = sharedBot({ agents: agents() });
const actor = sharedBot({ agents: agents() });

const botFor = (text: string): Promise<StartedBot> => {
  const command = commandCalled(commands, parseCommand(text).name);
  if (command?.reads === true) return reader();
  // What it names is called otherwise after it.
  return command?.name === 'rename' ? startBot({ agents: agents() }) : actor();
};

it.each(texts)('the bot understands “%s”', async (text) => {
  const bot = await botFor(text);
  const { alex } = bot;
  bot.connector.member(megan.id, { aadObjectId: 'megan-id', name: megan.name });
  const before = bot.logged.length;
  const mention = { type: 'mention', text: '<at>Megan</at>', mentioned: megan };
  expect(isCommand(text)).toBe(true);
  if (callsSaved.test(text)) await alex.say('save filter boise = field.Site:Boise');
  const { card } = await alex.say(text.replace('@Megan', mention.text), {
    entities: text.includes('@Megan') ? [mention] : [],
  });
  expect(wordsOf(card)).not.toBe('');
  const failures = bot.logged
    .slice(before)
    .flatMap((line) => Failure.safeParse(JSON.parse(line)).data?.code ?? []);
  const excused = [
    ...(laterOn.test(text) ? ['not-found', 'changed'] : []),
    ...(needsAccounts.test(text) ? ['bad-input'] : []),
  ];
  expect(failures.filter((code) => !excused.includes(code))).toEqual([]);
});

/** The table below a heading of the page for users, by the first column's spans. */
const shownUnder = (heading: string): readonly string[] => {
  const [, after = ''] = userPage.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return spansIn(section).filter((span) => !isCommand(span));
};

it('every filter shown is read as more than a word to look for', () => {
  const [word, ...filters] = shownUnder('Filters').filter((span) => span !== '*' && span !== 'OR');
  const plain = (filter: string): boolean =>
    parseFilter(filter).anyOf.some((terms) =>
      terms.some(({ condition }) => condition.by === 'text' && condition.in === 'text'),
    );
  expect(word).toBe('lax');
  expect(filters.length).toBeGreaterThan(15);
  expect(filters.filter(plain)).toEqual([]);
});

it('every duration and time shown is one', () => {
  const shown = shownUnder('Durations and times');
  expect(shown.length).toBeGreaterThan(6);
  expect(shown.filter((span) => parseDuration(span) === undefined && !readsAsTime(span))).toEqual(
    [],
  );
});
