import { expect, it } from 'vitest';
import { auditHeadJob } from '../../../src/features/audit/jobs.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';

it('F: logs where the chain ends, at the start and once each day', async () => {
  const clock = fakeClock();
  const logged: unknown[] = [];
  const log = {
    ...silentLog,
    info: (event: string, fields: unknown) => logged.push([event, fields]),
  };
  let seq = 1;
  const { run } = auditHeadJob({
    audit: { head: async () => ({ seq, hash: `h${seq}` }) },
    clock,
    log,
  });
  const never = new AbortController().signal;
  await run(never);
  await run(never);
  seq = 2;
  await clock.jump(24 * 60 * 60_000);
  await run(never);
  expect(logged).toEqual([
    ['audit.head', { entry: 1, hash: 'h1' }],
    ['audit.head', { entry: 2, hash: 'h2' }],
  ]);
});

it('F: tries again when the store did not answer', async () => {
  let down = true;
  const logged: string[] = [];
  const head = async () => {
    if (down) throw new Error('down');
    return { seq: 1, hash: 'h' };
  };
  const log = { ...silentLog, info: (event: string) => logged.push(event) };
  const { run } = auditHeadJob({ audit: { head }, clock: fakeClock(), log });
  const never = new AbortController().signal;
  await expect(run(never)).rejects.toThrow('down');
  down = false;
  await run(never);
  expect(logged).toEqual(['audit.head']);
});
