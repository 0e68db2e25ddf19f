import { expect, it } from 'vitest';
import { aProject } from './programs.ts';

it.each([
  ['demo', 'demo'],
  ['doctor', 'doctor'],
  ['icons', 'draw-icons'],
  ['package', 'package-app'],
  ['simulator', 'simulator'],
])('D: npm run %s -- --help says how it is called, and does nothing', async (name, program) => {
  expect(await aProject().run(`cli/${program}.js`, { PORT: '0' }, '--help')).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.stringContaining(`npm run ${name}`),
  });
});
