import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Budget, budgetTable } from './budget.ts';
import type { Found } from './noise-child.ts';

// Fourteen days of 240 agents, watched by a channel that hears of all of them and by one for each site. The
// seeds are played at the same time, each by a process of its own.

/** One that rules may be looked at with, and the one that counts. */
const usual = { 'tuned on': 1, 'not tuned on': 20_261_127 } as const;

const isFound = (answer: unknown): answer is Found =>
  typeof answer === 'object' && answer !== null && 'toldShare' in answer;

const playApart = async (seed: number): Promise<Found> => {
  const child = fork(fileURLToPath(new URL('noise-child.js', import.meta.url)), [String(seed)]);
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (!isFound(answer)) throw new Error(`the days of seed ${seed} were not played to their end`);
  return answer;
};

const budgetsOf = (name: string, found: Found): readonly Budget[] => [
  {
    what: `incidents told in time, ${name}`,
    measured: found.toldShare,
    must: 0.98,
    moreIsBetter: true,
  },
  { what: `messages an incident, ${name}`, measured: found.messagesPerIncident, must: 2.2 },
  {
    what: `false messages a day after the first week, ${name}`,
    measured: found.falseMessages,
    must: 0.5,
  },
  { what: `median delay, ${name}`, measured: found.delayPolls, must: 2, unit: 'polls' },
];

const header = [
  '| channel | incidents | told in time | messages each | false a day, first week | second week | median delay, polls | blips told | about who is away, a day | about newcomers, a day | late or never |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
];

/** As `7 8 list`: other seeds, and what was told of each incident. */
const args = process.argv.slice(2);
const seeds = args.map(Number).filter(Number.isInteger);
const named: readonly (readonly [name: string, seed: number])[] =
  seeds.length > 0 ? seeds.map((seed) => [`seed ${seed}`, seed]) : Object.entries(usual);
const played = await Promise.all(
  named.map(async ([name, seed]) => ({ name, found: await playApart(seed) })),
);
process.stdout.write(
  [
    budgetTable(played.flatMap(({ name, found }) => budgetsOf(name, found))),
    ...played.flatMap(({ name, found }) => [
      `${name}\n`,
      ...header,
      ...found.rows,
      '',
      ...(args.includes('list') ? [...found.listed, ''] : []),
    ]),
  ].join('\n'),
);
