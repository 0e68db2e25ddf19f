import { expect, it } from 'vitest';
import { aMonitor, minute } from './a-monitor.ts';

const day = 24 * 60 * minute;

const known = async () => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  bed.fleet.add('lax-13');
  for (const agent of ['lax-12', 'lax-13']) bed.fleet.measure(agent, 'good');
  await bed.poll();
  const remembered = async () => [...(await bed.store().sessions.all('default')).keys()].sort();
  expect(await remembered()).toEqual(['lax-12', 'lax-13']);
  return { ...bed, remembered };
};

it('E: forgets the sessions of an agent a week after it has left, over a restart', async () => {
  const bed = await known();
  bed.fleet.remove('lax-13');
  for (let polls = 0; polls < 3; polls += 1) await bed.poll();
  await bed.clock.jump(6 * day);
  await bed.restart();
  await bed.poll();
  expect(await bed.remembered()).toEqual(['lax-12', 'lax-13']);
  await bed.clock.jump(day);
  await bed.poll();
  expect(await bed.remembered()).toEqual(['lax-12']);
  await bed.poll();
  expect(await bed.remembered()).toEqual(['lax-12']);
});

it('E: counts again when the agent was back meanwhile', async () => {
  const bed = await known();
  bed.fleet.remove('lax-13');
  for (let polls = 0; polls < 3; polls += 1) await bed.poll();
  await bed.clock.jump(6 * day);
  bed.fleet.add('lax-13');
  await bed.poll();
  bed.fleet.remove('lax-13');
  await bed.clock.jump(2 * day);
  for (let polls = 0; polls < 3; polls += 1) await bed.poll();
  expect(await bed.remembered()).toEqual(['lax-12', 'lax-13']);
});
