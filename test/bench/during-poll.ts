import { Agent } from 'node:http';
import { aMessage } from '../teams/activities.ts';
import { budgetTable } from './budget.ts';
import { post } from './load.ts';
import { quantile } from './median.ts';
import { startScene } from './scene.ts';
import { inChild } from './sweep-process.ts';

// Turns that show the list while a large fleet is polled, beside the same turns between two polls.

const agents = Number(process.argv[2] ?? 10_000);
/**
 * A list is read anew when it is 10 s old. So that all turns are of one kind, each poll is over before the one before
 * is that old; and so that there is rest between two, a fleet is no larger than that allows.
 */
const pollSeconds = 5;
const settling = 2;
const polls = 4;
/** After its last answer a poll still judges and stores. */
const afterwardsMs = 2000;

interface Turn {
  readonly at: number;
  readonly ms: number;
}

const turns: Turn[] = [];
/** When each answer about statuses left: a poll asks for 500 agents each. */
const answered: number[] = [];
let waiting: (() => void) | undefined;
const scene = await startScene(1, {
  onRequest: () => waiting?.(),
});
// In a process of its own: making the list would hold up who measures.
const fleet = await inChild<{ port: number }>('serve', String(agents));
fleet.listen((message) => {
  if (message === 'statuses') answered.push(performance.now());
});
const bot = await scene.bot('open', {
  POLL_SECONDS: String(pollSeconds),
  PINGPLOTTER_BASE_URL: `http://127.0.0.1:${fleet.answer.port}`,
  PINGPLOTTER_TIMEOUT_MS: '60000',
});
const connections = new Agent({ keepAlive: true });

/** Of all turns: a message with an id that was there already is not answered. */
let asked = 0;

const turn = async (): Promise<void> => {
  const index = asked;
  asked += 1;
  const tenantId = `tenant-${index % 80}`;
  const message = aMessage(scene.connector.url, 'agents', {
    id: `activity-${index}`,
    from: { id: `29:${index % 2000}`, name: 'Alex', aadObjectId: `object-${index % 2000}` },
    conversation: { id: `a:${index % 2000}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
  const at = performance.now();
  const isAnswered = new Promise<void>((resolve) => {
    waiting = resolve;
  });
  await Promise.all([post(bot.url, connections, JSON.stringify(message)), isAnswered]);
  turns.push({ at, ms: performance.now() - at });
};

const batches = Math.ceil(agents / 500);
// The first poll begins with the bot, and knows nothing yet: until it is stored turns read the fleet themselves.
while (answered.length < settling * batches) await turn();
turns.length = 0;
const begunAt = performance.now();
while (answered.length < (settling + polls) * batches) await turn();
const readEach = (performance.now() - begunAt) / 1000 / polls;
await scene.close();
fleet.end();
connections.destroy();

const isDuringPoll = ({ at, ms }: Turn): boolean =>
  answered.some((answer) => answer > at - afterwardsMs && answer < at + ms);
const during = turns.filter(isDuringPoll).map(({ ms }) => ms);
const atRest = turns.filter((one) => !isDuringPoll(one)).map(({ ms }) => ms);
process.stdout.write(
  `A fleet was read each ${readEach.toFixed(1)} s, ${atRest.length} turns at rest\n`,
);
if (readEach < pollSeconds * 0.8 || atRest.length < 100)
  throw new Error('turns read the fleet themselves, or there was no rest: take a smaller fleet');
const p99 = (of: readonly number[]): number => quantile(of, 0.99);
process.stdout.write(
  [
    budgetTable([
      {
        what: `\`agents\` turn during a poll of ${agents.toLocaleString('en')}, p99 / the same at rest`,
        measured: p99(during) / p99(atRest),
        must: 3,
      },
    ]),
    '| | turns | p50 | p99 | longest |',
    '|---|---|---|---|---|',
    ...[['during polls', during] as const, ['at rest', atRest] as const].map(
      ([when, of]) =>
        `| ${when} | ${of.length} | ${quantile(of, 0.5).toFixed(1)} ms | ${p99(of).toFixed(1)} ms | ${Math.max(...of).toFixed(0)} ms |`,
    ),
    '',
  ].join('\n'),
);
