import { expect, it } from 'vitest';
import { createPlaces } from '../../src/pingplotter/places.ts';

it('lets so many in at once, and the others in the order they came', async () => {
  const places = createPlaces(2);
  const entered: string[] = [];
  const enter = async (name: string, signal?: AbortSignal): Promise<void> => {
    await places.enter(signal);
    entered.push(name);
  };
  await Promise.all([enter('a'), enter('b')]);
  const [third, fourth] = [enter('c'), enter('d')];
  await Promise.resolve();
  expect(entered).toEqual(['a', 'b']);
  places.leave();
  await third;
  places.leave();
  await fourth;
  expect(entered).toEqual(['a', 'b', 'c', 'd']);
});

it('gives no place to who gave up, and keeps none for them', async () => {
  const places = createPlaces(1);
  await places.enter(undefined);
  const giving = new AbortController();
  const waiting = places.enter(giving.signal);
  giving.abort(new Error('gave up'));
  await expect(waiting).rejects.toThrow('gave up');
  await expect(places.enter(giving.signal)).rejects.toThrow('gave up');
  places.leave();
  await places.enter(undefined);
  const next = places.enter(undefined);
  places.leave();
  await next;
});
