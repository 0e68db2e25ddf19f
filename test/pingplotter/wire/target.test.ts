import { expect, it } from 'vitest';
import { targetWords } from '../../../src/pingplotter/wire/fields.ts';

it.each([
  ['192.168.0.1 Router', undefined, { name: 'Router', address: '192.168.0.1' }],
  ['192.168.0.1 Router', '192.168.0.1', { name: 'Router', address: '192.168.0.1' }],
  ['192.168.0.1 Router in the hall', '', { name: 'Router in the hall', address: '192.168.0.1' }],
  ['pingplotter.cloud PPC', '216.92.151.75', { name: 'PPC', address: '216.92.151.75' }],
  ['pingplotter.cloud PPC', null, { name: 'PPC', address: 'pingplotter.cloud' }],
  ['https://example.com/x Shop', null, { name: 'Shop', address: 'https://example.com/x' }],
  ['fe80::1 Gateway', null, { name: 'Gateway', address: 'fe80::1' }],
  ['printer Print room', 'printer', { name: 'Print room', address: 'printer' }],
  ['printer Print room', '10.0.0.9', { name: 'printer Print room', address: '10.0.0.9' }],
  ['Front desk', undefined, { name: 'Front desk' }],
  ['St. Mary', undefined, { name: 'St. Mary' }],
  ['pingplotter.com', '216.92.151.75', { name: 'pingplotter.com', address: '216.92.151.75' }],
  ['192.168.0.1', undefined, { name: '192.168.0.1' }],
  ['192.168.0.1 ', undefined, { name: '192.168.0.1' }],
  ['  ', '10.0.0.1', { name: '10.0.0.1', address: '10.0.0.1' }],
  [undefined, undefined, { name: '' }],
])('reads the target %j at %j', (description, ipAddress, words) => {
  expect(targetWords(description, ipAddress)).toEqual(words);
});
