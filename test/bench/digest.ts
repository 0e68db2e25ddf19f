import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../store/postgres.ts';
import { type Budget, budgetTable } from './budget.ts';
import type { Measured } from './digest-child.ts';
import { median } from './median.ts';

// A digest, and the preview of a watch on everybody, over a day of samples. Each is measured in a process of
// its own, beside one that reads the same pages and parses them.

const minuteMs = 60_000;
const rounds = 3;
/** Whoever takes longer is ended, and counts as cut off. */
const patienceMs = 5 * minuteMs;
const roles = ['floor', 'digest', 'preview'] as const;
type Role = (typeof roles)[number];

const inChild = async (...args: readonly string[]): Promise<unknown> => {
  const child = fork(fileURLToPath(new URL('digest-child.js', import.meta.url)), args, {
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return answer;
};

const isMeasured = (answer: unknown): answer is Measured =>
  typeof answer === 'object' && answer !== null && 'cpuMs' in answer;

/** Nothing for who was cut off. */
const measured = async (role: Role, url: string, agents: number): Promise<readonly Measured[]> => {
  const found: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const answer = await inChild(role, url, String(agents));
    if (!isMeasured(answer)) return [];
    found.push(answer);
  }
  return found;
};

interface Compared {
  readonly engine: string;
  readonly agents: number;
  readonly everyMinutes: number;
  readonly of: Readonly<Record<Role, readonly Measured[]>>;
}

const middle = (some: readonly Measured[], of: Exclude<keyof Measured, 'told'>): number =>
  median(some.map((one) => one[of]));

const compare = async (
  engine: string,
  url: string,
  agents: number,
  everyMinutes: number,
): Promise<Compared> => {
  const answer = await inChild('prepare', url, String(agents), String(everyMinutes * minuteMs));
  if (answer !== 'prepared') throw new Error('the samples were not stored in time');
  const [floor, digest, preview] = [
    await measured('floor', url, agents),
    await measured('digest', url, agents),
    await measured('preview', url, agents),
  ];
  return { engine, agents, everyMinutes, of: { floor, digest, preview } };
};

const named = ({ engine, agents }: Compared, role: Role): string =>
  `${role} of ${agents.toLocaleString('en')} agents, ${engine}`;

const budgetsOf = (compared: Compared): readonly Budget[] =>
  (['digest', 'preview'] as const).map((role) => ({
    what: `${named(compared, role)}, longest block of the event loop`,
    measured: middle(compared.of[role], 'blockedMs'),
    must: 50,
    unit: 'ms',
  }));

const rowOf = (compared: Compared, role: Role): string => {
  const { of, everyMinutes } = compared;
  const some = of[role];
  const what = `| ${named(compared, role)} | ${everyMinutes} min |`;
  if (some.length === 0) return `${what} cut off after 5 min | | | | |`;
  const cpuMs = middle(some, 'cpuMs');
  const ratio = of.floor.length === 0 ? '' : (cpuMs / middle(of.floor, 'cpuMs')).toFixed(2);
  const told = some.every((one) => one.told) ? 'yes' : 'no';
  const blocked = Math.round(middle(some, 'blockedMs'));
  const peak = Math.round(Math.max(...some.map(({ peakMb }) => peakMb)));
  return `${what} ${(cpuMs / 1000).toFixed(2)} s | ${ratio} | ${blocked} ms | ${peak} MB | ${told} |`;
};

/** As `postgres`, or `1000` and `10000:5`: agents, and the minutes between two samples of a session. */
const args = process.argv.slice(2);
const sizes = args.filter((arg) => /^\d/u.test(arg));
const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
const postgres = args.includes('postgres') ? await startPostgres() : undefined;
const compared: Compared[] = [];
for (const size of sizes.length > 0 ? sizes : ['1000', '10000']) {
  const [agents = 0, everyMinutes = 1] = size.split(':').map(Number);
  const url = (await postgres?.newDatabase()) ?? `file:${join(folder, `${size}.db`)}`;
  const engine = postgres === undefined ? 'SQLite' : 'PostgreSQL';
  compared.push(await compare(engine, url, agents, everyMinutes));
}
await postgres?.stop();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  [
    budgetTable(compared.flatMap(budgetsOf)),
    '| what | a sample each | CPU | CPU / reading and parsing the pages | longest block | peak memory | told |',
    '|---|---|---|---|---|---|---|',
    ...compared.flatMap((one) => roles.map((role) => rowOf(one, role))),
    '',
  ].join('\n'),
);
