import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { started } from './started.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
const script = join(folder, 'simulator.mjs');

beforeAll(() =>
  build({
    entryPoints: ['src/cli/simulator.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'error',
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

const run = (environment: Readonly<Record<string, string>>): ChildProcess => {
  const child = spawn(process.execPath, [script], { env: environment });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
};

/** What it prints, up to the line with the key. */
const greeting = async ({ stdout }: ChildProcess): Promise<string> => {
  let printed = '';
  for await (const chunk of stdout ?? []) {
    printed += String(chunk);
    if (/X-API-KEY: .+\n/.test(printed)) break;
  }
  return printed;
};

const failure = async (child: ChildProcess): Promise<readonly [number | null, string]> => {
  const ended = once(child, 'exit');
  const said = child.stderr === null ? '' : await text(child.stderr);
  await ended;
  return [child.exitCode, said];
};

describe('the simulator by itself', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('answers to its key and ends at %s', async (signal) => {
    const child = run({ PORT: '0', PINGPLOTTER_API_KEY: 'a-key' });
    const printed = await greeting(child);
    const [url = ''] = /http:\S+/.exec(printed) ?? [];
    expect(printed).toContain('X-API-KEY: a-key');
    const { status } = await fetch(`${url}/agents`, { headers: { 'X-API-KEY': 'a-key' } });
    expect(status).toBe(200);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('names the variable to change where the port is taken', async () => {
    const { simulator } = await started({ agents: [] });
    const { port } = new URL(simulator.url);
    expect(await failure(run({ PORT: port }))).toEqual([
      1,
      `Port ${port} is in use already: set PORT to a free one.\n`,
    ]);
  });

  it('names every variable that is wrong', async () => {
    expect(await failure(run({ PORT: 'many', PINGPLOTTER_API_KEY: '' }))).toEqual([
      1,
      'PORT must be a port, 0 to 65535\nPINGPLOTTER_API_KEY must not be empty\n',
    ]);
  });
});
