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

// A digest, or the preview of a watch on everybody, over stored samples. Each is measured in a process of its
// own, beside one that reads the same samples as polls write them, JSON, and parses them. Between the two they are
// packed, as the bot packs them each quarter of an hour.

const minuteMs = 60_000;
/** Whoever takes longer is ended, and counts as cut off. */
const patienceMs = 5 * minuteMs;
type Role = 'floor' | 'digest' | 'preview';

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
const measured = async (
  role: Role,
  url: string,
  agents: number,
  days: number,
  rounds = 3,
): Promise<readonly Measured[]> => {
  const found: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const answer = await inChild(role, url, String(agents), '', String(days));
    if (!isMeasured(answer)) return [];
    found.push(answer);
  }
  return found;
};

interface Size {
  readonly engine: string;
  readonly agents: number;
  readonly everyMinutes: number;
  readonly days: number;
}

interface Compared extends Size {
  /** Of the pages, once they are packed. */
  readonly bytesPerSample: number;

  readonly of: readonly { readonly role: Role; readonly some: readonly Measured[] }[];
}

const middle = (some: readonly Measured[], of: Exclude<keyof Measured, 'told'>): number =>
  median(some.map((one) => one[of]));

const named = ({ engine, agents, days }: Size, role: Role): string =>
  `${role} of ${agents.toLocaleString('en')} agents, ${days === 1 ? 'a day' : `${days} days`}, ${engine}`;

const cpuBudgetMs: Readonly<Record<Role, number>> = { floor: 0, digest: 2000, preview: 1000 };

const budgetsOf = (compared: Compared): readonly Budget[] => [
  {
    what: `samples of ${compared.agents.toLocaleString('en')} agents, each ${compared.everyMinutes} min, ${compared.engine}, bytes a reading`,
    measured: compared.bytesPerSample,
    must: 8,
    unit: 'B',
  },
  ...compared.of
    .filter(({ role }) => role !== 'floor')
    .flatMap(({ role, some }) => [
      {
        what: `${named(compared, role)}, CPU`,
        measured: middle(some, 'cpuMs'),
        must: cpuBudgetMs[role],
        unit: 'ms',
      },
      {
        what: `${named(compared, role)}, longest block of the event loop`,
        measured: middle(some, 'blockedMs'),
        must: 50,
        unit: 'ms',
      },
    ]),
];

const rowsOf = (compared: Compared): readonly string[] => {
  const floor = compared.of.find(({ role }) => role === 'floor')?.some ?? [];
  return compared.of.map(({ role, some }) => {
    const what = `| ${named(compared, role)} | ${compared.everyMinutes} min |`;
    if (some.length === 0) return `${what} cut off after 5 min | | | | |`;
    const cpuMs = middle(some, 'cpuMs');
    const ratio = floor.length === 0 ? '' : (cpuMs / middle(floor, 'cpuMs')).toFixed(2);
    const told = some.every((one) => one.told) ? 'yes' : 'no';
    const blocked = Math.round(middle(some, 'blockedMs'));
    const peak = Math.round(Math.max(...some.map(({ peakMb }) => peakMb)));
    return `${what} ${(cpuMs / 1000).toFixed(2)} s | ${ratio} | ${blocked} ms | ${peak} MB | ${told} |`;
  });
};

/**
 * `digest`, `preview` or `both`; then `postgres`, or `1000` and `10000:15:7`: agents, the minutes between two samples of a session, and the days
 * that there are samples of.
 */
const [bench = 'digest', ...args] = process.argv.slice(2);
const roles = (['digest', 'preview'] as const).filter((role) => [role, 'both'].includes(bench));
/** Only the digest has a budget for a week. */
const usualSizes = bench === 'digest' ? ['10000:15', '10000:15:7'] : ['10000:15'];
const sizes = args.filter((arg) => /^\d/u.test(arg));
const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
const postgres = args.includes('postgres') ? await startPostgres() : undefined;
const compared: Compared[] = [];
for (const asked of sizes.length > 0 ? sizes : usualSizes) {
  const [agents = 0, everyMinutes = 1, days = 1] = asked.split(':').map(Number);
  const url = (await postgres?.newDatabase()) ?? `file:${join(folder, `${compared.length}.db`)}`;
  const size = {
    engine: postgres === undefined ? 'SQLite' : 'PostgreSQL',
    agents,
    everyMinutes,
    days,
  };
  const every = String(everyMinutes * minuteMs);
  if ((await inChild('prepare', url, String(agents), every, String(days))) !== 'prepared')
    throw new Error('the samples were not stored in time');
  const sized = [String(agents), '', String(days)] as const;
  const floor = await measured('floor', url, agents, days, 1);
  if (!isMeasured(await inChild('pack', url, ...sized)))
    throw new Error('the samples were not packed in time');
  const of: { readonly role: Role; readonly some: readonly Measured[] }[] = [
    { role: 'floor', some: floor },
  ];
  for (const role of roles) of.push({ role, some: await measured(role, url, agents, days) });
  const samples = (agents * 2 * days * 24 * 60) / everyMinutes;
  const bytesPerSample = Number(await inChild('size', url, ...sized)) / samples;
  compared.push({ ...size, of, bytesPerSample });
}
await postgres?.stop();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  [
    budgetTable(compared.flatMap(budgetsOf)),
    '| what | a sample each | CPU | CPU / reading and parsing the pages | longest block | peak memory | told |',
    '|---|---|---|---|---|---|---|',
    ...compared.flatMap(rowsOf),
    '',
  ].join('\n'),
);
