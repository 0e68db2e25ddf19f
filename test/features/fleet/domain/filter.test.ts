import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentView } from '../../../../src/features/fleet/domain/agent-view.ts';
import { matches, parseFilter, stateWords } from '../../../../src/features/fleet/domain/filter.ts';
import { refusalOf as readRefusal } from '../../../fakes/refusals.ts';
import { anyCharacter } from '../../../shared/any-character.ts';
import { aSession, aView } from '../an-agent.ts';

const filtered = (text: string, views: readonly AgentView[]): readonly string[] =>
  views.filter(matches(parseFilter(text))).map(({ agent }) => agent.name);

const fleet: readonly AgentView[] = [
  aView({
    agent: {
      name: 'LAX-12 Reception',
      machineName: 'PC-0815',
      platform: 'Windows 11',
      address: '203.0.113.7',
      network: { gateway: '10.1.0.1', address: '10.1.0.12' },
      wifi: true,
      customFields: [
        { name: 'Site', value: 'Los Angeles' },
        { name: 'Cost Center', value: 'x-42' },
      ],
    },
    statusWord: 'poor',
    score: 38,
    sessions: [aSession({ name: 'crm', address: 'crm.example.com' })],
  }),
  aView({
    agent: {
      name: 'BOI-3 Warehouse',
      machineName: 'MAC-7',
      platform: 'macOS',
      address: '198.51.100.4',
      vpn: true,
      customFields: [{ name: 'site', value: 'Boise' }],
    },
    statusWord: 'good',
    score: 96,
    sessions: [aSession({ name: 'VoIP', address: '192.0.2.55', state: 'paused' })],
  }),
  aView({
    agent: { name: 'RELAX Lounge', online: false, wifi: false },
    statusWord: 'offline',
    sessions: [aSession({ stale: true, state: 'unknown' })],
  }),
  aView({ agent: { name: 'New or used', online: false, lastSeen: 'never' }, statusWord: 'never' }),
  aView({
    agent: { name: 'Fairbanks', wifi: true, customFields: [{ name: 'Site', value: 'Old Boise' }] },
    statusWord: 'fair',
    score: 70,
    sessions: [aSession(), aSession({ id: 's2', stale: true })],
  }),
  aView({ agent: { name: 'Quiet' }, statusWord: 'unknown', sessions: [] }),
];

const [lax, boise, relax, unused, fairbanks, quiet] = fleet.map(({ agent }) => agent.name);
const all = fleet.map(({ agent }) => agent.name);

describe('a filter', () => {
  it.each<[string, readonly (string | undefined)[]]>([
    // free words
    ['', all],
    ['   ', all],
    ['lax', [lax, relax]],
    ['LAX reception', [lax]],
    ['pc-08', [lax]],
    ['boise', [boise, fairbanks]],
    ['"los angeles"', [lax]],
    ['“Los Angeles”', [lax]],
    ['"angeles los"', []],
    ['"los ang', [lax]],
    ['lax*', [lax]],
    ['*boise', [boise, fairbanks]],
    ['l*x*n', [lax]],
    ['"l* angeles"', [lax]],
    ['windows', []],
    ['x-42', [lax]],
    // states
    ['is:online', [lax, boise, fairbanks, quiet]],
    ['is:offline', [relax, unused]],
    ['is:good', [boise]],
    ['is:fair', [fairbanks]],
    ['is:poor', [lax]],
    ['is:unknown', [quiet]],
    ['is:wifi', [lax, fairbanks]],
    ['is:vpn', [boise]],
    ['is:paused', [boise]],
    ['is:stale', []],
    ['IS:Poor', [lax]],
    ['is:"poor"', [lax]],
    // scores
    ['score<70', [lax]],
    ['score<=70', [lax, fairbanks]],
    ['score>70', [boise]],
    ['score>=70', [boise, fairbanks]],
    ['score=70', [fairbanks]],
    ['score < 70', [lax]],
    ['Score >= 70.5', [boise]],
    ['-score<70', [boise, relax, unused, fairbanks, quiet]],
    // keys
    ['name:lax', [lax, relax]],
    ['name:lax*', [lax]],
    ['NAME:Lax*', [lax]],
    ['name:*lounge', [relax]],
    ['name:lax*recep', []],
    ['name:"lax-12 r*"', [lax]],
    ['name:pc-0815', []],
    ['platform:win', [lax]],
    ['platform:macos*', [boise]],
    ['target:crm', [lax, relax, fairbanks]],
    ['target:*.example.com', [lax]],
    ['target:192.0.2', [boise]],
    ['ip:203.0.113.7', [lax]],
    ['ip:10.1.0.*', [lax]],
    ['ip:10.1.0.1', [lax]],
    ['ip:198', [boise]],
    // custom fields
    ['field.Site:Boise', [boise, fairbanks]],
    ['field.SITE:boise*', [boise]],
    ['field.Site:"Los Angeles"', [lax]],
    ['field."Cost Center":x', [lax]],
    ['field.“cost center”:“X-42”', [lax]],
    ['field.Manager:x', []],
    ['field.Cost:x', []],
    // and, or, not
    ['is:online is:wifi', [lax, fairbanks]],
    ['is:online -is:wifi', [boise, quiet]],
    ['-lax', [boise, unused, fairbanks, quiet]],
    ['-"los angeles" is:wifi', [fairbanks]],
    ['-name:lax* lax', [relax]],
    ['-field.Site:boise is:wifi', [lax]],
    ['--lax', [lax, relax]],
    ['is:poor OR is:fair', [lax, fairbanks]],
    ['is:wifi is:poor OR is:vpn is:good', [lax, boise]],
    ['is:vpn OR is:wifi -is:poor', [boise, fairbanks]],
    ['new or used', [unused]],
    ['poor or fair', []],
    // begun or odd
    ['OR', all],
    ['is:poor OR', [lax]],
    ['OR is:poor', [lax]],
    ['is:poor OR OR is:fair', [lax, fairbanks]],
    ['-', all],
    ['is:poor -', [lax]],
    ['LAX - 12', [lax]],
    ['LAX–12', [lax]],
    ['name：lax', [lax, relax]],
    ['score＜70', [lax]],
    ['"site:boise"', []],
    ['""', all],
    ['"is:poor"', []],
    ['"OR"', [unused]],
    ['"-12"', [lax]],
    ['12:30', []],
    ['field.Site', []],
    ['is:poor\u00a0is:wifi', [lax]],
  ])('%j', (text, expected) => {
    expect(filtered(text, fleet)).toEqual(expected);
  });

  it.each([
    ['is:blah', 'is:blah'],
    ['is:', 'is:'],
    ['is:online,offline', 'is:online,offline'],
    ['-is:constructor', 'is:constructor'],
    ['lax OR is:blah', 'is:blah'],
    ['score<abc', 'score<abc'],
    ['score<', 'score<'],
    ['score<>5', 'score<>5'],
    ['score<-5', 'score<-5'],
    ['score=1e3', 'score=1e3'],
    ['name:', 'name:'],
    ['ip:""', 'ip:""'],
    ['field.Site:', 'field.Site:'],
    ['field."Cost Center":', 'field."Cost Center":'],
    // C2: an unknown key is never taken as text
    ['site:boise', 'site:boise'],
    ['sort:name', 'sort:name'],
    ['-sort:name', 'sort:name'],
    ['jitter>30', 'jitter>30'],
    ['jitter > 30', 'jitter > 30'],
    ['lastseen>7d', 'lastseen>7d'],
    ['lax OR owner:alex', 'owner:alex'],
    ['nmae:lax', 'nmae:lax'],
    ['score:70', 'score:70'],
    ['name<5', 'name<5'],
    ['constructor:x', 'constructor:x'],
    ['text:x', 'text:x'],
    ['site：boise', 'site：boise'],
    ['seen<abc', 'seen<abc'],
    ['seen=7d', 'seen=7d'],
    ['created<', 'created<'],
    ['wifi<strong', 'wifi<strong'],
  ])('%j is refused in a sentence that names %j', (text, named) => {
    const refusal = refusalOf(text);
    expect(refusal?.code).toBe('bad-input');
    expect(refusal?.sentence).toContain(`“${named}”`);
    expect(refusal?.sentence).toMatch(/\.$/u);
  });

  it('names every state when one is not known', () => {
    for (const word of stateWords) expect(refusalOf('is:blah')?.sentence).toContain(word);
  });

  it.each([
    ['lastseen>7d', 'seen<'],
    ['nmae:lax', 'name:'],
    ['paltform:win', 'platform:'],
    ['targets:crm', 'target:'],
    ['scroe<70', 'score<'],
    ['score:70', 'score<'],
    ['create<1d', 'created<'],
    ['is:offlin', 'is:offline'],
    ['is:por', 'is:poor'],
  ])('C2: %j is refused with the nearest known one, %j', (text, nearest) => {
    expect(refusalOf(text)?.sentence).toContain(`Did you mean “${nearest}”?`);
  });

  it('C2: what is near to no key is refused with all of them', () => {
    expect(refusalOf('jitter>30')?.sentence).toContain('is:, name:, platform:');
  });

  it('goes on looking for a key as text where it was stored so before', () => {
    const stored = (text: string) => fleet.filter(matches(parseFilter(text, 'stored'))).length;
    expect(stored('site:boise')).toBe(0);
    expect(stored('-site:boise')).toBe(fleet.length);
    expect(readRefusal(() => parseFilter('is:nonsense', 'stored'))?.code).toBe('bad-input');
  });

  it.each<[string, readonly string[]]>([
    ['seen<7d', ['online', 'yesterday']],
    ['seen<=1h', ['online']],
    ['seen>30d', ['long ago']],
    ['seen > 1h', ['yesterday', 'long ago']],
    ['created<1d', ['online']],
    ['created>=1d', ['long ago']],
    ['wifi<50', ['yesterday']],
    ['wifi<50%', ['yesterday']],
    ['wifi>=50', ['online']],
    ['-seen<30d', ['never', 'long ago']],
  ])('C2: %j', (text, expected) => {
    const day = 24 * 60 * 60_000;
    const at = 1000 * day;
    const aged = [
      aView({
        at,
        agent: {
          name: 'online',
          createdAt: at - day / 2,
          wifi: true,
          network: { signalPercent: 50 },
        },
      }),
      aView({
        at,
        agent: {
          ...{ name: 'yesterday', online: false, lastSeen: at - day },
          ...{ wifi: true, network: { signalPercent: 49 } },
        },
      }),
      aView({
        at,
        agent: {
          ...{ name: 'never', online: false, lastSeen: 'never' },
          ...{ wifi: false, network: { signalPercent: 10 } },
        },
      }),
      aView({
        at,
        agent: {
          name: 'long ago',
          online: false,
          lastSeen: at - 31 * day,
          createdAt: at - 40 * day,
        },
      }),
    ];
    expect(filtered(text, aged)).toEqual(expected);
  });

  it('repeats only the beginning of a long text', () => {
    expect(refusalOf(`is:${'x'.repeat(490)}`)?.sentence.length).toBeLessThan(250);
    expect(refusalOf(`${'x'.repeat(490)}:x`)?.sentence.length).toBeLessThan(300);
  });

  it('may have 500 characters and no more (A3)', () => {
    expect(refusalOf('x'.repeat(500))).toBeUndefined();
    expect(refusalOf('x'.repeat(501))?.sentence).toContain('500 characters at most');
  });

  it('knows the states of the contract, and those of the inventory', () => {
    expect(stateWords).toEqual(
      'online offline good fair poor unknown wifi vpn paused never waiting stale'.split(' '),
    );
  });

  it('compares a score as it is shown when it must be equal', () => {
    expect(filtered('score=70', [aView({ score: 69.6 })])).toHaveLength(1);
    expect(filtered('score=69.6', [aView({ score: 69.6 })])).toHaveLength(1);
    expect(filtered('score<70', [aView({ score: 69.6 })])).toHaveLength(1);
  });

  const dayMs = 86_400_000;

  it.each([
    ['seen 31 days ago', { online: false, lastSeen: 69 * dayMs }, true],
    ['seen 29 days ago', { online: false, lastSeen: 71 * dayMs }, false],
    ['online, whenever it was last heard of', { online: true, lastSeen: 1 }, false],
    ['that never connected', { online: false, lastSeen: 'never' }, false],
    ['of which nobody knows', { online: false }, false],
  ] as const)('is:stale on an agent %s', (_case, agent, expected) => {
    const view = aView({ agent, at: 100 * dayMs });
    expect(matches(parseFilter('is:stale'))(view)).toBe(expected);
  });

  it('never throws anything but a refusal, and judges any agent', () => {
    const pieces = fc.constantFrom(
      ...[
        'is:',
        'online',
        'score',
        '<',
        '=',
        '70',
        'field.',
        'name:',
        '"',
        '“',
        '-',
        'OR',
        ' ',
        '*',
      ],
      ...['Site', ':', 'ip:', '\u00a0', '\n', '.', 'a'],
    );
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const refusal = refusalOf(typed);
        if (refusal === undefined)
          for (const view of fleet)
            expect(typeof matches(parseFilter(typed))(view)).toBe('boolean');
        else expect(refusal.code).toBe('bad-input');
      }),
      { numRuns: 500 },
    );
  });

  it('matches with not exactly what it does not match without', () => {
    const terms = ['lax', '"los angeles"', 'is:stale', 'score<70', 'field.Site:boise', 'name:*e*'];
    fc.assert(
      fc.property(fc.constantFrom(...terms), fc.constantFrom(...fleet), (term, view) => {
        expect(matches(parseFilter(`-${term}`))(view)).toBe(!matches(parseFilter(term))(view));
      }),
    );
  });
});

describe('a filter of many terms (A3)', () => {
  /** Counts how often a filter reads the name. */
  const counting = (name: string) => {
    const reads = { count: 0 };
    const { agent, ...rest } = aView();
    const counted = {
      ...agent,
      get name() {
        reads.count += 1;
        return name;
      },
    };
    return { reads, view: { ...rest, agent: counted } };
  };
  const letters = Array.from({ length: 80 }, (_, index) => String.fromCodePoint(0x4e00 + index));

  it.each([
    ['the same word', 'e '.repeat(250)],
    ['the same word, either', 'zz OR '.repeat(83)],
    ['words that must not be there', letters.map((letter) => `-${letter}`).join(' ')],
    ['any of many words', letters.map((letter) => `${letter}${letter}`).join(' OR ')],
    ['names with stars', letters.map((letter) => `-*${letter}`).join(' ')],
  ])('reads the texts of an agent once: %s', (_, text) => {
    const { reads, view } = counting('Office e');
    matches(parseFilter(text))(view);
    expect(reads.count).toBe(1);
  });

  it('means what it means among few', () => {
    const always = ['ip', 'name', 'platform', 'target']
      .map((where) => `-${where}:nowhere`)
      .join(' ');
    const terms = [
      ...[
        'lax',
        '"los angeles"',
        'LAX*',
        '*lax*',
        '*3*',
        '*',
        '**',
        'x-42',
        'name:*e*',
        'name:lax',
      ],
      ...['field.Site:boise', 'field.site:*se', 'field."Cost Center":x', 'field.Other:x'],
      ...['target:crm', 'target:192*', 'ip:10.*', 'ip:203', 'platform:mac', 'is:stale', 'score<70'],
      ...['"PC-0815\uffffLos"', 'receptionpc', '"12 receptionpc"'],
    ];
    const sign = fc.constantFrom('', '-');
    const anyTerm = fc.tuple(sign, fc.constantFrom(...terms)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyTerm, (term) => {
        expect(filtered(`${term} ${always}`, fleet)).toEqual(filtered(term, fleet));
      }),
      { numRuns: 300 },
    );
  });
});

const refusalOf = (text: string) => readRefusal(() => parseFilter(text));
