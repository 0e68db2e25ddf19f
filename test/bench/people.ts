import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { aMessage } from '../teams/activities.ts';
import { type Budget, budgetTable } from './budget.ts';
import { mostInASecond } from './in-a-second.ts';
import { post } from './load.ts';
import { startScene } from './scene.ts';

// A whole company asks at once, and PingPlotter is slow; then all agents turn bad, and conversations that watch
// them are to hear of it before those who ask are answered.

const agents = 200;
const people = 500;
const watching = 20;
const pollSeconds = 5;
const askForMs = 25_000;
/** The line of those who wait grows first. */
const settleMs = 8000;
/** Two polls later, and a third of what is measured before the end, the alerts are raised. */
const spoilAfterMs = 9000;
const tenantId = 'tenant-0';

const arrivals: number[] = [];
const answers: number[] = [];
/** Answers and alerts: Teams' bound is for both. */
const messages: number[] = [];
const alertedAt = new Map<string, number>();
let spoiltAt = Number.POSITIVE_INFINITY;
/** The ends of polls that saw the agents bad; the second one raises. */
const badPolls: number[] = [];
const waiting = new Map<string, () => void>();

const reply = /\/activities\/([^/]+)$/u;
const chat = /\/conversations\/([^/]+)\//u;
const scene = await startScene(agents, {
  delayMs: 300,
  onRequest: ({ path, body }) => {
    const now = performance.now();
    arrivals.push(now);
    const [, activityId = ''] = reply.exec(path) ?? [];
    if (body.includes('"type":"typing"')) return;
    messages.push(now);
    if (activityId !== '') {
      answers.push(now);
      waiting.get(decodeURIComponent(activityId))?.();
      return;
    }
    const [, conversation = ''] = chat.exec(path) ?? [];
    if (now > spoiltAt && !alertedAt.has(conversation)) alertedAt.set(conversation, now);
  },
  // People ask about one agent each.
  onStatuses: (asked) => {
    if (asked > 1 && performance.now() > spoiltAt) badPolls.push(performance.now());
  },
});
const bot = await scene.bot('open', { POLL_SECONDS: String(pollSeconds), LOG_LEVEL: 'warn' });
const connections = new Agent({ keepAlive: true });

let asked = 0;
const ask = async (person: string, text: string): Promise<void> => {
  asked += 1;
  const id = `activity-${asked}`;
  const answered = new Promise<void>((resolve) => waiting.set(id, resolve));
  const message = aMessage(scene.connector.url, text, {
    id,
    from: { id: `29:${person}`, name: person, aadObjectId: `object-${person}` },
    conversation: { id: `a:${person}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
  await post(bot.url, connections, JSON.stringify(message));
  await answered;
  waiting.delete(id);
};

await Promise.all(
  Array.from({ length: watching }, (_, index) => ask(`watcher-${index}`, 'watch name:LOS-1')),
);
const gaugeBefore = await bot.gauge();
const begunAt = performance.now();
const endsAt = begunAt + askForMs;
const sites = ['BOI', 'LOS', 'NEW', 'DEN', 'SEA', 'BER', 'TOK'];
const person = async (index: number): Promise<void> => {
  while (performance.now() < endsAt)
    await ask(
      `person-${index}`,
      `agent ${sites[(index % agents) % sites.length]}-${index % agents}`,
    );
};
const everybody = Promise.all(
  Array.from({ length: people }, async (_, index) =>
    person(index).catch((error: unknown) => {
      // Who still waits when all is over is cut off.
      if (performance.now() < endsAt) throw error;
    }),
  ),
);
await sleep(spoilAfterMs);
spoiltAt = performance.now();
scene.pingPlotter.spoil();
await Promise.race([everybody, sleep(endsAt - performance.now())]);
const { cpuMs } = await bot.gauge();
const busy = (cpuMs - gaugeBefore.cpuMs) / askForMs;
const within = (times: readonly number[]): readonly number[] =>
  times.filter((at) => at >= begunAt + settleMs && at < endsAt);
const seconds = (askForMs - settleMs) / 1000;
const perSecond = (times: readonly number[]): number => within(times).length / seconds;
const raisedAt = badPolls[1] ?? Number.NaN;
const late = [...alertedAt.values()].map((at) => (at - raisedAt) / 1000);
await scene.close();
connections.destroy();

const budgets: readonly Budget[] = [
  {
    what: `${people} people at once, PingPlotter at 300 ms, answers a second`,
    measured: perSecond(answers),
    must: 49,
    moreIsBetter: true,
  },
  {
    what: 'the same, answers and alerts a second',
    measured: perSecond(messages),
    must: 49,
    moreIsBetter: true,
  },
  {
    what: 'the same, alerts meanwhile, the last after the poll that raises',
    measured: alertedAt.size < watching ? Number.NaN : Math.max(...late),
    must: 5,
    unit: 's',
  },
  {
    what: 'the same, requests in any second, at the connector',
    measured: mostInASecond(arrivals),
    must: 50,
  },
];
process.stdout.write(
  [
    budgetTable(budgets),
    `Requests a second, typing and alerts among them: ${perSecond(arrivals).toFixed(1)}; the first alert ${Math.min(...late).toFixed(1)} s after that poll; the bot took ${busy.toFixed(2)} of a core.`,
    '',
  ].join('\n'),
);
