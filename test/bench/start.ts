import { budgetTable } from './budget.ts';
import { drive } from './load.ts';
import { median } from './median.ts';
import type { Peer } from './peer.ts';
import { startScene } from './scene.ts';

// From the start of the process to its first answered turn, and what it holds in memory then.

const rounds = 5;
const scene = await startScene(200);

interface Started {
  readonly ms: number;
  readonly rssMb: number;
}

const once = async (start: () => Promise<Peer>): Promise<Started> => {
  const startedAt = performance.now();
  const peer = await start();
  await drive(peer, scene.connector, { text: 'help', turns: 1, connections: 1 });
  const ms = performance.now() - startedAt;
  const { rssMb } = await peer.gauge();
  await peer.end();
  return { ms, rssMb };
};

const [ours, theirs]: [Started[], Started[]] = [[], []];
for (let round = 0; round < rounds; round += 1) {
  theirs.push(await once(() => scene.echo()));
  ours.push(await once(() => scene.bot()));
}
await scene.close();

const ratio = (figure: keyof Started): number =>
  median(ours.map((one) => one[figure])) / median(theirs.map((one) => one[figure]));

process.stdout.write(
  [
    budgetTable([
      { what: 'start to the first answered turn / echo', measured: ratio('ms'), must: 1 },
    ]),
    `Resident memory after the first turn / echo: ${ratio('rssMb').toFixed(2)}`,
    '',
  ].join('\n'),
);
