import { expect, it } from 'vitest';
import { wholeAddress } from '../../src/shared/address.ts';

it.each([
  ['10.0.0.12', '10.0.0.12'],
  [' 10.0.0.12 ', '10.0.0.12'],
  ['010.000.000.012', '10.0.0.12'],
  ['10.0.0.12/24', '10.0.0.12'],
  ['2001:DB8::1', '[2001:db8::1]'],
  ['2001:db8:0:0:0:0:0:1', '[2001:db8::1]'],
  ['fe80::1%eth0', '[fe80::1]'],
  ['::ffff:10.0.0.12', '10.0.0.12'],
  ['::1', '[::1]'],
  ['10.0.0', undefined],
  ['10.0.0.', undefined],
  ['10.0.0.256', undefined],
  ['10.0.0.12.1', undefined],
  ['1e1.0.0.1', undefined],
  ['10.0.0.*', undefined],
  ['2001:db8', undefined],
  ['12:30', undefined],
  [':', undefined],
  ['', undefined],
  ['lax-12', undefined],
  [':'.repeat(10_000), undefined],
])('%j is the address %s', (text, address) => {
  expect(wholeAddress(text)).toBe(address);
});
