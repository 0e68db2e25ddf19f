import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/store/sql/connect.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { aMonitor, said } from './a-monitor.ts';

const alerted = async () => {
  const url = await aDatabase();
  const bed = await aMonitor({}, url);
  bed.fleet.add('lax-12');
  const watch = await bed.watch('');
  for (let polls = 0; polls < 2; polls += 1) {
    bed.fleet.measure('lax-12', 'poor');
    await bed.poll();
  }
  expect(said(await bed.messages())).toEqual(['post alert']);
  const raw = await connect(url, silentLog);
  onTestFinished(() => raw.close());
  const spoil = (column: 'rule' | 'madeBy', text: string) =>
    raw.db.updateTable('watches').set(column, text).where('id', '=', watch.id).execute();
  return { bed, watch, spoil };
};

it.each([
  ['rule', '{', 'at once'],
  ['rule', '{"of":"later"}', 'at once'],
  ['rule', '{', 'after a restart'],
] as const)('G2: a watch whose %s is %s keeps its open alert, %s', async (column, text, when) => {
  const { bed, watch, spoil } = await alerted();
  await spoil(column, text);
  if (when === 'after a restart') await bed.restart();
  bed.fleet.measure('lax-12', 'good');
  for (let polls = 0; polls < 3; polls += 1) await bed.poll();
  expect(await bed.messages()).toEqual([]);
  expect(await bed.store().alerts.current('default')).toHaveLength(1);
  await spoil(column, JSON.stringify(watch.rule));
  if (when === 'after a restart') await bed.restart();
  for (let polls = 0; polls < 2; polls += 1) {
    bed.fleet.measure('lax-12', 'good');
    await bed.poll();
  }
  expect(said(await bed.messages()).toSorted()).toEqual(['post alert end', 'update alert']);
});

it('G2: a watch whose maker cannot be read goes on', async () => {
  const { bed, spoil } = await alerted();
  await spoil('madeBy', '{');
  for (let polls = 0; polls < 2; polls += 1) {
    bed.fleet.measure('lax-12', 'good');
    await bed.poll();
  }
  expect(said(await bed.messages()).toSorted()).toEqual(['post alert end', 'update alert']);
});
