import { describe, expect, it } from 'vitest';
import { matches, parseFilter, stablePart } from '../../../../src/features/fleet/domain/filter.ts';
import { aView } from '../an-agent.ts';

const offlineInBoise = aView({
  agent: { name: 'BOI-1', online: false, customFields: [{ name: 'Site', value: 'Boise' }] },
  statusWord: 'offline',
  score: 40,
});

describe('the part of a filter that names agents', () => {
  it.each([
    ['', true],
    ['is:online', true],
    ['-is:offline', true],
    ['score>90', true],
    ['boi', true],
    ['lax', false],
    ['field.Site:Boise is:online', true],
    ['field.Site:Reno is:offline', false],
    ['lax OR is:online', true],
    ['lax OR reno', false],
    ['-boi is:offline', false],
  ])('%j', (filter, stays) => {
    expect(matches(stablePart(parseFilter(filter)))(offlineInBoise)).toBe(stays);
  });
});
