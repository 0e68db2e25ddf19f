import { describe, expect, it } from 'vitest';
import { grammarOf, readingsOf, slashReadingsOf } from '../../../src/features/changes/parse.ts';

const timing = { kind: 'for', text: '2h' };

describe('what stands after “pause”', () => {
  it.each([
    ['lax', { agent: 'lax' }],
    ['lax / crm', { agent: 'lax', target: 'crm' }],
    ['lax / "crm / eu" for 2h', { agent: 'lax', target: 'crm / eu', timing }],
    ['"lax / 12" / crm', { agent: '"lax / 12"', target: 'crm' }],
    ['lax/crm for 2h', { agent: 'lax/crm', timing }],
    ['lax /', { agent: 'lax', target: '' }],
    ['/ crm', { agent: '', target: 'crm' }],
    ['', { agent: '' }],
  ])('%j is read', (typed, expected) => {
    expect(grammarOf(typed)).toEqual(expected);
  });

  it('may be read in other ways, where a name holds a slash or a time', () => {
    expect(readingsOf('Hall / 12 for 2h')).toEqual([
      { agent: 'Hall / 12', timing },
      { agent: 'Hall', target: '12', timing },
      { agent: 'Hall / 12 for 2h' },
      { agent: 'Hall', target: '12 for 2h' },
    ]);
    expect(readingsOf('"Hall / 12"')).toEqual([{ agent: '"Hall / 12"' }]);
  });

  it('has few readings, however many slashes were pasted', () => {
    expect(readingsOf('a/'.repeat(10_000)).length).toBeLessThan(20);
    expect(slashReadingsOf(grammarOf('a/'.repeat(10_000))).length).toBeLessThan(20);
  });

  it.each([
    ['lax/crm for 2h', [{ agent: 'lax', target: 'crm', timing }]],
    [
      'lax/12/crm',
      [
        { agent: 'lax', target: '12/crm' },
        { agent: 'lax/12', target: 'crm' },
      ],
    ],
    ['"lax/12"', []],
    ['lax/12 / crm', []],
    ['/crm', []],
  ])('%j may mean a target without spaces', (typed, expected) => {
    expect(slashReadingsOf(grammarOf(typed))).toEqual(expected);
  });
});
