import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { checkNode, oldestNode } from '../../../src/cli/doctor/machine.ts';

it.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.0.0', true],
  ['26.1.0', true],
])('Node.js %s is new enough: %s', (version, ok) => {
  const [finding] = checkNode(version);
  expect(finding).toMatchObject({ ok, reason: expect.stringContaining(version) });
  expect(finding?.mend).toBe(ok ? undefined : 'Install Node.js 20.19 or newer.');
});

it('is asked for as package.json does', () => {
  const { engines } = z
    .object({ engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));
  expect(engines.node).toBe(`>=${oldestNode}`);
});
