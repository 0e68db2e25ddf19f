import { expect, it } from 'vitest';
import { machineKey, machinesTwice } from '../../../../src/features/fleet/domain/same-machine.ts';
import { aView } from '../an-agent.ts';

const view = (id: string, name: string, machineId: string) =>
  aView({ agent: { id, name, machineId } });

it('finds each machine that several agents run on, by name, and lets others come in between', async () => {
  const alone = Array.from({ length: 1200 }, (_, index) =>
    view(`alone-${index}`, `LAX-${index}`, `machine-${index}`),
  );
  const fleet = [
    ...[view('2', 'Tokyo', 'T-1'), view('4', 'Boise', 'B-1'), view('6', 'Zero', '0000-0000')],
    ...alone,
    ...[view('1', 'tokyo', 't-1'), view('3', 'Akron', 'b-1'), view('5', 'Zero', '0000-0000')],
  ];
  let turns = 0;
  const tick = (): void => {
    turns += 1;
    timer = setImmediate(tick);
  };
  let timer = setImmediate(tick);
  const found = await machinesTwice(fleet);
  clearImmediate(timer);
  expect(found.map((machine) => machine.map(({ agent }) => agent.id))).toEqual([
    ['3', '4'],
    ['1', '2'],
  ]);
  expect(turns).toBeGreaterThanOrEqual(2);
});

it.each([
  [undefined, undefined],
  ['', undefined],
  ['00000000-0000-0000', undefined],
  ['----', undefined],
  ['FF:FF', undefined],
  ['  4C4C-4544 ', '4c4c-4544'],
  ['𝟎𝟎-𝟎𝟏', '00-01'],
])('%s is the machine %s', (machineId, key) => {
  expect(machineKey({ machineId })).toBe(key);
});
