import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendInBulk } from '../delivery/bulk.ts';
import { violations } from '../delivery/violations.ts';

/** What Teams' limits allow at best: the tenant's 50 a second, or one conversation's 60 in 30 s and 1,800 in an hour. */
const loads = [
  { notifications: 10_000, conversations: 500, bestMs: 199_000 },
  { notifications: 800, conversations: 40, bestMs: 15_000 },
  { notifications: 2000, conversations: 1, bestMs: 3_694_000 },
];

const folder = mkdtempSync(join(tmpdir(), 'bot-bench-'));
const lines: string[] = [
  '| notifications | conversations | time / best possible | violations |',
  '|---|---|---|---|',
];
let kept = true;
for (const { bestMs, ...load } of loads) {
  const url = `file:${join(folder, `${load.notifications}.db`)}`;
  const { sent, tookMs } = await sendInBulk(url, load);
  const wrong = violations(sent).length;
  kept &&= wrong === 0 && tookMs <= 1.1 * bestMs;
  lines.push(
    `| ${load.notifications} | ${load.conversations} | ${(tookMs / bestMs).toFixed(3)} | ${wrong} |`,
  );
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${lines.join('\n')}\n`);
if (!kept) process.exitCode = 1;
