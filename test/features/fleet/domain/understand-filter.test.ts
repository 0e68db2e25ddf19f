import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, parseFilter } from '../../../../src/features/fleet/domain/filter.ts';
import { understandFilter } from '../../../../src/features/fleet/domain/understand-filter.ts';
import { longestFilter } from '../../../../src/shared/text.ts';
import { plain } from '../../../../src/ui/escape.ts';
import { refusalOf } from '../../../fakes/refusals.ts';
import { aView } from '../an-agent.ts';

const called = (name: string, site?: string) =>
  aView({
    agent: {
      id: name,
      name,
      customFields: site === undefined ? [] : [{ name: 'Site', value: site }],
    },
  });

const fleet = [called('LAX-12', 'Los Angeles'), called('BOI-3', 'Boise'), called('Lab: North')];

describe('C2: a filter in its fleet', () => {
  it.each([
    ['poor', 'is:poor'],
    ['Offline', 'is:offline'],
    ['boise poor', 'boise is:poor'],
    ['poor OR -offline', 'is:poor OR -is:offline'],
    ['poor poor', 'is:poor is:poor'],
    ['"poor"', '"poor"'],
    ['name:poor', 'name:poor'],
    ['lax', 'lax'],
    ['', ''],
  ])('%j means %j', (typed, meant) => {
    expect(understandFilter(typed, fleet)).toBe(meant);
  });

  it.each([
    [called('Poor House'), 'poor'],
    [called('LAX', 'Offline Street'), 'offline street'],
  ])('a state word that an agent is called stays text', (view, typed) => {
    expect(understandFilter(typed, [...fleet, view])).toBe(typed);
  });

  it.each([
    ['field.Foo:bar', 'No agent has the field'],
    ['field.Foo:bar', 'Site'],
    ['field.Sit:boise', 'Did you mean “field.Site:boise”?'],
    ['-lax field."Cost Center":x', 'Cost Center'],
    ['site:boise', 'Did you mean “field.Site:boise”?'],
    ['SITE:"los angeles"', 'Did you mean “field.Site:"los angeles"”?'],
    ['sort:name', 'I do not know “sort:name”'],
  ])('%j is refused: %j', (typed, sentence) => {
    const refusal = refusalOf(() => understandFilter(typed, fleet));
    expect(refusal?.code).toBe('bad-input');
    expect(refusal?.sentence).toContain(sentence);
  });

  it('asks nothing of a fleet without agents', () => {
    expect(understandFilter('field.Foo:bar', [])).toBe('field.Foo:bar');
  });

  it.each([
    ['lab: north', 'name:"Lab: North"'],
    ['"Lab: North"', '"Lab: North"'],
    ['BOI-3', 'BOI-3'],
  ])('a whole name wins over the grammar: %j is %j', (typed, meant) => {
    expect(understandFilter(typed, fleet)).toBe(meant);
  });

  it('C4: every name, typed as a card shows it, finds its agent', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom(...'aIıß’"“-–\u200b :：<OR*.＝'),
        minLength: 1,
        maxLength: 14,
      }),
    );
    fc.assert(
      fc.property(
        name.filter((text) => plain(text, 80) !== '' && /[\p{L}\p{N}]/u.test(text)),
        (text) => {
          const meant = understandFilter(plain(text, 80), [...fleet, called(text)]);
          expect(meant.length).toBeLessThanOrEqual(longestFilter);
          expect(matches(parseFilter(meant))(called(text))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
