import { startPostgres } from '../store/postgres.ts';
import { budgetTable } from './budget.ts';
import { median } from './median.ts';
import type { Measured } from './sweep-child.ts';
import { inChild } from './sweep-process.ts';

// The same polls of two bots, one on PostgreSQL and one on SQLite, in turn: what the database itself takes, in its
// own process, is not counted.

const agents = Number(process.argv[2] ?? 10_000);
const settling = 4;
/** The last of them are made in turn like those that count; the others at once. */
const settlingInTurn = 2;
const rounds = 6;

const postgres = await startPostgres();
const server = await inChild<{ port: number }>('serve', String(agents));
const url = `http://127.0.0.1:${server.answer.port}`;
const [sqlite, other] = await Promise.all([
  inChild<string>('bot', url),
  inChild<string>('bot', url, await postgres.newDatabase()),
]);
const [onSqlite, onPostgres]: [Measured[], Measured[]] = [[], []];
for (let round = settling; round > settlingInTurn; round -= 1)
  await Promise.all([sqlite.round(), other.round()]);
for (let round = -settlingInTurn; round <= rounds; round += 1) {
  const [one, two] = [await sqlite.round(), await other.round()];
  // Each tells of the round before.
  if (round < 1) continue;
  onSqlite.push(one);
  onPostgres.push(two);
}
for (const { end } of [sqlite, other, server]) end();
await postgres.stop();
const ratio = (of: keyof Measured): number =>
  median(onPostgres.map((one) => one[of])) / median(onSqlite.map((one) => one[of]));
process.stdout.write(
  budgetTable([
    {
      what: `poll of ${agents.toLocaleString('en')} agents, on PostgreSQL / on SQLite, CPU of the bot`,
      measured: ratio('cpuMs'),
      must: 1.3,
    },
  ]),
);
