import { freshForMs } from '../../src/features/fleet/domain/list.ts';
import { budgetTable } from './budget.ts';
import type { Gauge } from './gauge.ts';
import { type Driven, drive, type Load } from './load.ts';
import { median } from './median.ts';
import type { Peer } from './peer.ts';
import { startScene } from './scene.ts';

// Turns of the bot beside the same number of turns of botbuilder's echo bot and of a bare server, in
// turn, so that whatever else the machine does falls on all alike. What is printed are ratios of medians.

/** Short ones: what else the machine does for a while falls on few of them. */
const rounds = 5;
const turns = 300;
/**
 * Not counted, before the first load of a round: who has rested during the others' rounds has to find its way back into
 * the processor.
 */
const leadIn = 100;
const loads = [
  { connections: 1, turns },
  { connections: 16, turns },
] as const;
const warmUp = { connections: 16, turns: 2000 };
/** What memory is compared after, which warms up as well. */
const early = 5000;
/** How many turns the bot's memory is watched for; an argument takes its place. */
const late = Number(process.argv[2] ?? 15_000);

const scene = await startScene(200);
const { connector, pingPlotter, authorization } = scene;

interface Subject {
  readonly name: string;
  readonly peer: Peer;
  readonly load: Pick<Load, 'text' | 'authorization'>;
  readonly before?: () => Promise<void>;
  readonly after?: () => void;
  readonly driven: Map<number, Driven[]>;
}

const subject = (
  name: string,
  peer: Peer,
  load: Subject['load'],
  around: Pick<Subject, 'before' | 'after'> = {},
): Subject => ({ name, peer, load, ...around, driven: new Map() });

const [bare, unguardedEcho, open, guardedEchoPeer, guardedBot] = await Promise.all([
  scene.floor(),
  scene.echo(),
  scene.bot(),
  scene.echo('checks tokens'),
  scene.bot('checks tokens'),
]);
const help = { text: 'help' };
const guarded = { ...help, authorization };
const agents = { text: 'agents' };

let callsBefore = 0;
let callsMade = 0;
/**
 * The list is shown for ten seconds without asking again: a round fits into what is left of them. Until
 * it is asked for again nobody rests: a sleep of seconds would fall on this figure alone.
 */
const withFreshFleet = async (): Promise<void> => {
  const age = () => performance.now() - pingPlotter.lastCallAt();
  if (age() > freshForMs / 2) {
    while (age() <= freshForMs)
      await drive(open, connector, { ...help, turns: leadIn, connections: 1 });
    await drive(open, connector, { ...agents, turns: 1, connections: 1 });
  }
  callsBefore = pingPlotter.calls();
};
const countCalls = (): void => {
  callsMade += pingPlotter.calls() - callsBefore;
};

const floor = subject('bare `node:http`', bare, help);
const echo = subject('echo', unguardedEcho, help);
const ours = subject('`help`', open, help);
const list = subject('`agents`', open, agents, { before: withFreshFleet, after: countCalls });
const guardedEcho = subject('echo, tokens checked', guardedEchoPeer, guarded);
const guardedOurs = subject('`help`, tokens checked', guardedBot, guarded);
const subjects = [floor, echo, ours, list, guardedEcho, guardedOurs];

type Amount = Pick<Load, 'turns' | 'connections'>;

const measure = async (it: Subject, load: Amount): Promise<Driven> => {
  await it.before?.();
  const driven = await drive(it.peer, connector, { ...it.load, ...load });
  it.after?.();
  return driven;
};

const memoryAfter = async (peer: Peer, turns: number): Promise<Gauge> => {
  await drive(peer, connector, { ...help, ...warmUp, turns });
  return peer.gauge('after collection');
};

// One after the other: when garbage is collected depends on how busy the machine is.
const echoEarly = await memoryAfter(unguardedEcho, early);
const oursEarly = await memoryAfter(open, early);
// Nothing that depends on time is measured here. Afterwards every program has had enough turns of its kind.
const [oursLate] = await Promise.all([
  memoryAfter(open, late - early),
  ...[floor, guardedEcho, guardedOurs].map(({ peer, load }) =>
    drive(peer, connector, { ...load, ...warmUp }),
  ),
]);
await drive(open, connector, { ...agents, ...warmUp });
callsMade = 0;
for (let round = 0; round < rounds; round += 1) {
  for (const one of subjects) {
    await drive(one.peer, connector, { ...one.load, turns: leadIn, connections: 1 });
    for (const load of loads) {
      const { connections } = load;
      one.driven.set(connections, [
        ...(one.driven.get(connections) ?? []),
        await measure(one, load),
      ]);
    }
  }
}

const of = (it: Subject, connections: number, figure: keyof Driven): number =>
  median((it.driven.get(connections) ?? []).map((driven) => driven[figure]));
const ratio = (it: Subject, to: Subject, connections: number, figure: keyof Driven): number =>
  of(it, connections, figure) / of(to, connections, figure);

const figures = ['turnsPerSecond', 'p50', 'p95', 'p99', 'cpu'] as const;
const beside = [
  [floor, echo],
  [ours, echo],
  [list, echo],
  [guardedEcho, echo],
  [guardedOurs, guardedEcho],
] as const;
const details = [
  '| beside | connections | turns a second | p50 | p95 | p99 | CPU a turn |',
  '|---|---|---|---|---|---|---|',
  ...beside.flatMap(([it, to]) =>
    loads.map(({ connections }) => {
      const cells = figures.map((figure) => ratio(it, to, connections, figure).toFixed(2));
      return `| ${it.name} / ${to.name} | ${connections} | ${cells.join(' | ')} |`;
    }),
  ),
];

await scene.close();

const cpu = { must: 0.6 } as const;
const cpuOfList = { must: 0.95 } as const;
process.stdout.write(
  [
    budgetTable([
      { what: '`help`, CPU / echo, 1 connection', measured: ratio(ours, echo, 1, 'cpu'), ...cpu },
      {
        what: '`help`, CPU / echo, 16 connections',
        measured: ratio(ours, echo, 16, 'cpu'),
        ...cpu,
      },
      {
        what: '`help`, tokens checked, CPU / echo, 1 connection',
        measured: ratio(guardedOurs, guardedEcho, 1, 'cpu'),
        ...cpu,
      },
      {
        what: '`help`, tokens checked, CPU / echo, 16 connections',
        measured: ratio(guardedOurs, guardedEcho, 16, 'cpu'),
        ...cpu,
      },
      {
        what: '`help`, turns a second / echo, 16 connections',
        measured: ratio(ours, echo, 16, 'turnsPerSecond'),
        must: 1.25,
        moreIsBetter: true,
      },
      {
        what: '`agents` of 200, CPU / echo, 1 connection',
        measured: ratio(list, echo, 1, 'cpu'),
        ...cpuOfList,
      },
      {
        what: '`agents` of 200, CPU / echo, 16 connections',
        measured: ratio(list, echo, 16, 'cpu'),
        ...cpuOfList,
      },
      { what: '`agents` of 200, calls of PingPlotter', measured: callsMade, must: 0 },
      {
        what: `memory after ${early} turns / echo`,
        measured: oursEarly.rssMb / echoEarly.rssMb,
        must: 1,
      },
      {
        what: `heap after ${late} turns / after ${early}`,
        measured: oursLate.heapMb / oursEarly.heapMb,
        must: 1.05,
      },
    ]),
    ...details,
    '',
  ].join('\n'),
);
if (callsMade > 0) process.exitCode = 1;
