import { type Budget, budgetTable } from './budget.ts';
import { median } from './median.ts';
import type { Measured } from './sweep-child.ts';
import { inChild } from './sweep-process.ts';

// One process serves the bytes, one only fetches and parses them, one is the bot: measured apart,
// in turn, in one run. What is printed are ratios of medians.

/** V8 settles on another size of heap in each process, which moves the peer's CPU by a third: hence several. */
interface Plan {
  readonly processes: number;
  /** As many as the flap window is long: then the fleet is as it is on most days, settled. */
  readonly settling: number;
  /** A whole collection of garbage falls into every third sweep: fewer rounds would count it by chance. */
  readonly measured: number;
}

const usualPlan: Plan = { processes: 2, settling: 12, measured: 6 };
/** A fleet beyond all others, whose polls take seconds: before it settles. */
const hugePlan: Plan = { processes: 1, settling: 2, measured: 3 };
const hugeFrom = 50_000;
/** The last of them, which are all that the peer needs: it has nothing to settle but its heap. */
const heapSettling = 5;

interface Compared {
  readonly agents: number;
  /** Both to the peer's. */
  readonly cpu: number;
  readonly monitorState: number;
  readonly blockedMs: number;
  readonly peakMb: number;
  readonly calls: number;
}

const compare = async (agents: number): Promise<Compared> => {
  const { processes, settling, measured } = isHuge(agents) ? hugePlan : usualPlan;
  const server = await inChild<{ port: number }>('serve', String(agents));
  const url = `http://127.0.0.1:${server.answer.port}`;
  const pairs = await Promise.all(
    Array.from({ length: processes }, async () => ({
      bare: await inChild<string>('peer', url, String(agents)),
      own: await inChild<string>('bot', url),
    })),
  );
  const [theirs, ours]: [Measured[], Measured[]] = [[], []];
  // Nothing is measured yet: the fleet settles at once for all, and only the heap needs the pace of what is measured.
  for (let round = settling; round > heapSettling; round -= 1)
    await Promise.all(pairs.map(({ own }) => own.round()));
  // In turn, so that whatever else the machine does falls on both, and each rests while the others work.
  for (let round = -Math.min(settling, heapSettling); round <= measured; round += 1) {
    for (const { bare, own } of pairs) {
      const [their, our] = [await bare.round(), await own.round()];
      // Each tells of the round before.
      if (round < 1) continue;
      theirs.push(their);
      ours.push(our);
    }
  }
  for (const { end } of [...pairs.flatMap(({ bare, own }) => [bare, own]), server]) end();
  const ratio = (of: keyof Measured): number =>
    median(ours.map((one) => one[of])) / median(theirs.map((one) => one[of]));
  return {
    agents,
    cpu: ratio('cpuMs'),
    monitorState: ratio('aboveIdleMb'),
    blockedMs: median(ours.map(({ blockedMs }) => blockedMs)),
    peakMb: Math.round(Math.max(...ours.map(({ peakMb }) => peakMb))),
    calls: Math.max(...ours.map(({ calls }) => calls)),
  };
};

const isHuge = (agents: number): boolean => agents >= hugeFrom;

/** All that has a budget. */
const budgetsOf = ({
  agents,
  cpu,
  monitorState,
  blockedMs,
  peakMb,
  calls,
}: Compared): readonly Budget[] => {
  if (agents < 10_000) return [];
  const fleet = `poll of ${agents.toLocaleString('en')} agents`;
  const must = isHuge(agents) ? { cpu: 1.6, memory: 1.5 } : { cpu: 1.3, memory: 1.2 };
  return [
    { what: `${fleet}, CPU / fetch + JSON.parse`, measured: cpu, must: must.cpu },
    { what: `${fleet}, calls of PingPlotter`, measured: calls, must: 1 + agents / 500 },
    {
      what: `${fleet}, peak memory above idle / theirs`,
      measured: monitorState,
      must: must.memory,
    },
    {
      what: `${fleet}, longest block of the event loop`,
      measured: blockedMs,
      must: 60,
      unit: 'ms',
    },
    ...(isHuge(agents)
      ? []
      : [{ what: `${fleet}, peak memory`, measured: peakMb, must: 400, unit: 'MB' }]),
  ];
};

const rowOf = ({ agents, cpu, monitorState, blockedMs, peakMb }: Compared): string =>
  `| ${agents.toLocaleString('en')} | ${cpu.toFixed(2)} | ${monitorState.toFixed(2)} | ${peakMb} MB | ${Math.round(blockedMs)} ms |`;

const sizes =
  process.argv.slice(2).length > 0 ? process.argv.slice(2).map(Number) : [1000, 10_000, 50_000];
const compared: Compared[] = [];
for (const size of sizes) compared.push(await compare(size));
process.stdout.write(
  [
    budgetTable(compared.flatMap(budgetsOf)),
    '| agents | CPU / fetch + JSON.parse | peak memory above idle / theirs | peak memory | longest block |',
    '|---|---|---|---|---|',
    ...compared.map(rowOf),
    '',
  ].join('\n'),
);
