import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freePort } from '../../src/cli/playground.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { startConnector } from '../fakes/connector.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { budgetTable } from './budget.ts';
import { median } from './median.ts';
import type { Asked } from './slow-pingplotter.ts';

// Many agents at once, and many accounts at once, with a PingPlotter that takes 50 ms for each answer.

const agents = Number(process.argv[2] ?? 2000);
/** A kill needs no more to meet calls under way. */
const killedAgents = Math.ceil(agents / 4);
const latencyMs = 50;
/** What `BULK_CONCURRENCY` is if nobody sets it. */
const atOnce = 8;
const accounts = 30;
const agentsOfAccount = 500;
const pollRounds = 3;
/** The first polls compile what the later ones run: they are not measured, so both poll at once. */
const warmRounds = 3;
const restMs = 600;

const children: ChildProcess[] = [];

const start = async (
  args: readonly (string | number)[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly [ChildProcess, unknown]> => {
  const script = fileURLToPath(new URL('bulk-child.js', import.meta.url));
  const child = fork(script, args.map(String), { env: { PATH: process.env['PATH'], ...env } });
  children.push(child);
  const [answer] = await once(child, 'message');
  return [child, answer];
};

const ask = async <T>(child: ChildProcess, schema: z.ZodType<T>, what = 'now'): Promise<T> => {
  child.send(what);
  const [answer] = await once(child, 'message');
  return schema.parse(answer);
};

const AskedSchema: z.ZodType<Asked> = z.object({
  changes: z.record(z.string(), z.number()),
  firstChangeAt: z.number(),
  lastChangeAt: z.number(),
  atOnce: z.number(),
  lists: z.record(z.string(), z.array(z.number())),
});

const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
const connector = await startConnector();

const botWith = async (environment: Readonly<Record<string, string>>) => {
  const port = await freePort(0);
  const [child] = await start(['bot'], {
    PORT: `${port}`,
    HOST: '127.0.0.1',
    BOT_AUTH: 'disabled',
    BOT_ADMINS: 'alex-object-id',
    POLL_SECONDS: '3600',
    ...environment,
  });
  return { child, alex: createTeamsUser({ botUrl: `http://127.0.0.1:${port}`, connector }) };
};

const until = async (holds: () => Promise<boolean>, withinMs = 120_000): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come');
    await sleep(50);
  }
};

const hasReport = (before: number, agents: number): boolean =>
  connector.updates
    .slice(before)
    .some(({ activity }) =>
      wordsOf(activity.attachments?.[0]?.content ?? {}).includes(`Paused ${agents} agents`),
    );

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** One job over all agents; with a kill in its middle. */
const pauseAll = async (name: string, agents: number, isKilled = false) => {
  const [server, url] = await start(['serve', latencyMs]);
  const environment = {
    PINGPLOTTER_BASE_URL: `${url}/${agents}`,
    PINGPLOTTER_API_KEY: 'key',
    DATABASE_URL: `file:${join(folder, `${name}.db`)}`,
  };
  const before = connector.updates.length;
  const first = await botWith(environment);
  const { card, messageId } = await first.alex.say('pause all');
  await ask(first.child, z.number());
  await first.alex.press(card, 'bulk.start', {}, { messageId });
  const asked = () => ask(server, AskedSchema);
  let child = first.child;
  if (isKilled) {
    await until(async () => Object.keys((await asked()).changes).length > agents / 2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const second = await botWith(environment);
    child = second.child;
    // The conversation is where it was: the stub listens at the same address.
    await second.alex.say('whoami');
  }
  await until(async () => hasReport(before, agents));
  const blockedMs = await ask(child, z.number());
  const found = await asked();
  const at = connector.updates.slice(before).map((update) => update.at);
  const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  server.kill();
  await ended;
  return { ...found, blockedMs, updates: at.length, shortestGapMs: Math.min(...gaps) };
};

/** CPU of the polls of so many accounts of such a size each, for each of these, in turn. */
const cpuOf = async (
  url: string,
  sizes: readonly (readonly [many: number, size: number])[],
): Promise<readonly (readonly number[])[]> => {
  const polling = await Promise.all(
    sizes.map(async ([many, size]) => (await start(['polls', url, many, size]))[0]),
  );
  const poll = (child: ChildProcess) => ask(child, z.number(), 'go');
  for (let round = 0; round < warmRounds; round += 1) {
    await Promise.all(polling.map(poll));
    // At least half of the interval has to lie between two polls; later each rests while the other one polls.
    await sleep(restMs);
  }
  const found = polling.map((): number[] => []);
  for (let round = 0; round < pollRounds; round += 1)
    for (const [index, child] of polling.entries()) {
      found[index]?.push(await poll(child));
      await sleep(restMs / 2);
    }
  for (const child of polling) child.send('end');
  return found;
};

/** The longest time between two polls of an account beside one that never answers, of their interval. */
const besideHanging = async (url: string, server: ChildProcess): Promise<number> => {
  const seconds = 5;
  const names = Array.from({ length: accounts }, (_, index) => `${agentsOfAccount}-b${index}`);
  const file = join(folder, 'accounts.yaml');
  const entries = ['hanging', ...names].map((name) => ({
    name,
    baseUrl: `${url}/${name}`,
    apiKeyEnv: 'A_KEY',
    tenants: ['tenant-1'],
  }));
  writeFileSync(file, JSON.stringify({ accounts: entries }));
  const { child } = await botWith({
    ACCOUNTS_FILE: file,
    A_KEY: 'key',
    DATABASE_URL: `file:${join(folder, 'accounts.db')}`,
    POLL_SECONDS: `${seconds}`,
  });
  const polls = 4;
  let lists: Asked['lists'] = {};
  await until(async () => {
    lists = (await ask(server, AskedSchema)).lists;
    return names.every((name) => (lists[name]?.length ?? 0) >= polls);
  });
  child.kill('SIGKILL');
  // The first ones are spread, and met while the process warms up.
  const gaps = names.flatMap((name) =>
    (lists[name] ?? []).slice(1, polls).flatMap((at, index, all) => at - (all[index - 1] ?? at)),
  );
  return Math.max(...gaps) / (seconds * 1000);
};

const whole = await pauseAll('whole', agents);
const [server, url] = await start(['serve', 0]);
const [one = [], all = []] = await cpuOf(String(url), [
  [1, accounts * agentsOfAccount],
  [accounts, agentsOfAccount],
]);
// Of the job that is killed no time is measured, and the other's bot has little to do.
const [killed, beside] = await Promise.all([
  pauseAll('killed', killedAgents, true),
  besideHanging(String(url), server),
]);
for (const child of children) child.kill('SIGKILL');
await connector.close();
rmSync(folder, { recursive: true, force: true });

const floorMs = (agents / atOnce) * latencyMs;
const repeated = (changes: Asked['changes']): number =>
  sum(Object.values(changes)) - Object.keys(changes).length;
const job = `${agents.toLocaleString('en')} agents at ${latencyMs} ms`;
process.stdout.write(
  [
    budgetTable([
      {
        what: `${job}, first to last call / ${floorMs / 1000} s`,
        measured: (whole.lastChangeAt - whole.firstChangeAt) / floorMs,
        must: 1.15,
      },
      { what: `${job}, calls at once`, measured: whole.atOnce, must: atOnce },
      { what: `${job}, calls made twice`, measured: repeated(whole.changes), must: 0 },
      {
        what: `${killedAgents.toLocaleString('en')} agents, killed in the middle, calls made twice`,
        measured: repeated(killed.changes),
        must: 0,
      },
      {
        what: `${job}, shortest time between two updates of the card`,
        measured: whole.shortestGapMs,
        must: 2000,
        moreIsBetter: true,
        unit: 'ms',
      },
      {
        what: `${job}, longest block of the event loop`,
        measured: whole.blockedMs,
        must: 50,
        unit: 'ms',
      },
      {
        what: `poll of ${accounts} accounts of ${agentsOfAccount} agents / one of ${(accounts * agentsOfAccount).toLocaleString('en')}, CPU`,
        measured: median(all) / median(one),
        must: 1.2,
      },
      {
        what: `${accounts} accounts beside one that hangs, longest time between two polls / POLL_SECONDS`,
        measured: beside,
        must: 1.2,
      },
    ]),
    `Updates of the card: ${whole.updates}. Polls, CPU: ${Math.round(median(one))} ms for one account, ${Math.round(median(all))} ms for ${accounts}.`,
    '',
  ].join('\n'),
);
process.exit();
