import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { splitTables, tableOf } from './budget.ts';

// Every bench in a process of its own, one after the other; their budgets end in one table.

const benches: readonly (readonly [name: string, ...args: readonly string[]])[] = [
  ['turn'],
  ['start'],
  ['cards'],
  ['filter'],
  ['sweep', '10000', '50000'],
  ['engines'],
  ['during-poll'],
  ['storm'],
  ['people'],
  ['delivery'],
  ['bulk'],
  ['digest', 'both', '10000:15'],
  ['parsers'],
];

const run = async (name: string, args: readonly string[]): Promise<string> => {
  const script = fileURLToPath(new URL(`${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
};

const startedAt = performance.now();
const found: { readonly name: string; readonly printed: string }[] = [];
for (const [name, ...args] of benches) {
  const begunAt = performance.now();
  found.push({ name, printed: await run(name, args) });
  const seconds = Math.round((performance.now() - begunAt) / 1000);
  process.stderr.write(`${[name, ...args].join(' ')}: ${seconds} s\n`);
}

const split = found.map(({ name, printed }) => ({ name, ...splitTables(printed) }));
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
process.stdout.write(
  [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${minutes} min`,
    '',
    tableOf(split.flatMap(({ rows }) => rows)),
    ...split.flatMap(({ name, rest }) => (rest === '' ? [] : [`${name}\n\n${rest}\n`])),
  ].join('\n'),
);
