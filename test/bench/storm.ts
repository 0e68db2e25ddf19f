import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Budget, budgetTable } from './budget.ts';
import { median } from './median.ts';
import type { Measured } from './storm-child.ts';

// All agents of a fleet turn Poor between two polls. The second poll that sees it raises all alerts.

const agents = Number(process.argv[2] ?? 10_000);
const settling = 3;
const calmPolls = 5;
/** Calm again and bad again, so that one collection of garbage is not all that is measured. */
const storms = 3;
/** At least half of the bot's poll interval has to lie between two polls. */
const betweenMs = 600;

const start = async (...args: readonly string[]): Promise<readonly [ChildProcess, unknown]> => {
  const child = fork(fileURLToPath(new URL('storm-child.js', import.meta.url)), args);
  const [answer] = await once(child, 'message');
  return [child, answer];
};

const ask = async (child: ChildProcess, what: string): Promise<unknown> => {
  child.send(what);
  const [answer] = await once(child, 'message');
  return answer;
};

const isMeasured = (answer: unknown): answer is Measured =>
  typeof answer === 'object' && answer !== null && 'cpuMs' in answer;

const [server, listening] = await start('serve', String(agents));
const port =
  typeof listening === 'object' && listening !== null && 'port' in listening ? listening.port : 0;
const [bot] = await start('bot', `http://127.0.0.1:${port}`);

const polled = async (): Promise<Measured> => {
  await setTimeout(betweenMs);
  const answer = await ask(bot, 'go');
  if (!isMeasured(answer)) throw new Error('the poll was not measured');
  return answer;
};

const several = async (polls: number): Promise<readonly Measured[]> => {
  const found: Measured[] = [];
  for (let done = 0; done < polls; done += 1) found.push(await polled());
  return found;
};

await several(settling);
const calm = await several(calmPolls);
const first: Measured[] = [];
const raising: Measured[] = [];
const after: Measured[] = [];
for (let storm = 0; storm < storms; storm += 1) {
  if (storm > 0) {
    await ask(server, 'calm');
    await several(settling);
  }
  await ask(server, 'storm');
  first.push(await polled());
  raising.push(await polled());
  after.push(await polled());
}
server.send('end');
bot.send('end');

const middle = (some: readonly Measured[], of: keyof Measured): number =>
  median(some.map((one) => one[of]));
const times = (some: readonly Measured[]): number => middle(some, 'cpuMs') / middle(calm, 'cpuMs');
const perConversation = Math.max(...raising.map(({ rows, conversations }) => rows / conversations));
const fleet = `storm of ${agents.toLocaleString('en')} agents`;
const budgets: readonly Budget[] = [
  {
    what: `${fleet}, the poll that raises all / a calm one, CPU`,
    measured: times(raising),
    must: 3,
  },
  { what: `${fleet}, outbox rows a conversation`, measured: perConversation, must: 2 },
];
const row = (what: string, some: readonly Measured[]): string =>
  `| ${what} | ${Math.round(middle(some, 'cpuMs'))} ms | ${times(some).toFixed(2)} | ${Math.round(middle(some, 'blockedMs'))} ms | ${middle(some, 'rows')} in ${middle(some, 'conversations')} |`;
process.stdout.write(
  [
    budgetTable(budgets),
    '| poll | CPU | / a calm one | longest block | outbox rows, conversations |',
    '|---|---|---|---|---|',
    row('calm', calm),
    row('the first that sees all of them Poor', first),
    row('the one that raises', raising),
    row('the one after it', after),
    '',
  ].join('\n'),
);
