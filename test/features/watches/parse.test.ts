import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WatchRule } from '../../../src/features/watches/domain/watch.ts';
import { parseWatch } from '../../../src/features/watches/parse.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { refusalOf } from '../../fakes/refusals.ts';

const minute = 60_000;
const hour = 60 * minute;
const limits = (values: object) => ({
  filter: '',
  quality: 'none',
  limits: values,
  offline: false,
});
const worse = { filter: '', quality: { worseThan: 'usual' }, offline: false };
const usual = { filter: '', quality: { word: 'poor' }, offline: true };

it.each(['poor', 'offline', 'below', 'after', 'Remind', 'worse than usual'])(
  'refuses “%s” in a watch of changes, in the words that were typed',
  (word) => {
    expect(refusalOf(() => parseWatch(`changes lax ${word} 10m`))).toMatchObject({
      code: 'bad-input',
      sentence: expect.stringContaining(`“${word.split(' ')[0]}”`),
    });
  },
);

describe('what stands after "watch"', () => {
  it.each<[string, WatchRule | object]>([
    ['', usual],
    ['  ', usual],
    ['lax', { ...usual, filter: 'lax' }],
    ['offline', { filter: '', quality: 'none', offline: true }],
    ['field.Site:Boise offline', { filter: 'field.Site:Boise', quality: 'none', offline: true }],
    ['below 70', { filter: '', quality: { below: 70 }, offline: false }],
    ['below 70%', { filter: '', quality: { below: 70 }, offline: false }],
    ['below 70 offline', { filter: '', quality: { below: 70 }, offline: true }],
    ['poor', { filter: '', quality: { word: 'poor' }, offline: false }],
    ['below poor', { filter: '', quality: { word: 'poor' }, offline: false }],
    ['below Fair', { filter: '', quality: { word: 'fair' }, offline: false }],
    ['FAIR Offline', { filter: '', quality: { word: 'fair' }, offline: true }],
    ['poor below poor', { filter: '', quality: { word: 'poor' }, offline: false }],
    ['after 10m', { ...usual, afterMs: 10 * minute }],
    ['after 1h30m lax', { ...usual, filter: 'lax', afterMs: 90 * minute }],
    ['after 1h 30m lax', { ...usual, filter: 'lax', afterMs: 90 * minute }],
    ['lax after 10 minutes bos', { ...usual, filter: 'lax bos', afterMs: 10 * minute }],
    [
      'field.Site:Boise below 70 after 10m',
      {
        filter: 'field.Site:Boise',
        quality: { below: 70 },
        offline: false,
        afterMs: 10 * minute,
      },
    ],
    ['worse than usual', worse],
    [
      'target:crm Worse Than Usual for 15m',
      { ...worse, filter: 'target:crm', afterMs: 15 * minute },
    ],
    ['worse than usual for 1h 30m lax', { ...worse, filter: 'lax', afterMs: 90 * minute }],
    ['worse than usual after 15m offline', { ...worse, offline: true, afterMs: 15 * minute }],
    ['lax for worse', { ...usual, filter: 'lax for worse' }],
    ['worse than usual latency>150', { ...limits({ latency: 150 }), ...worse }],
    ['changes', { filter: '', about: 'changes', quality: 'none', offline: false }],
    [
      'Changes name:lax* is:wifi',
      { filter: 'name:lax* is:wifi', about: 'changes', quality: 'none', offline: false },
    ],
    ['"changes"', { ...usual, filter: '"changes"' }],
    ['lax changes', { ...usual, filter: 'lax changes' }],
    ['"poor" "below" "after hours"', { ...usual, filter: '"poor" "below" "after hours"' }],
    ['“offline office”', { ...usual, filter: '“offline office”' }],
    ['name:"Lax 12" offline', { filter: 'name:"Lax 12"', quality: 'none', offline: true }],
    ['"unclosed offline', { ...usual, filter: '"unclosed offline' }],
    ['is:poor -lax OR bos', { ...usual, filter: 'is:poor -lax OR bos' }],
    [
      'waiting for godot "until 8" "please"',
      { ...usual, filter: 'waiting for godot "until 8" "please"' },
    ],
    ['after 7d', { ...usual, afterMs: 7 * 24 * hour }],
    ['remind 15m', { ...usual, remindMs: 15 * minute }],
    ['lax remind 1 hour 30 minutes', { ...usual, filter: 'lax', remindMs: 90 * minute }],
    ['remind 10s', { ...usual, remindMs: 10_000 }],
    [
      'after 5m remind 15m escalate to Megan Bowen after 30m',
      {
        ...usual,
        afterMs: 5 * minute,
        remindMs: 15 * minute,
        escalation: { to: 'Megan Bowen', afterMs: 30 * minute },
      },
    ],
    [
      'escalate to field."Site Manager" after 10s offline',
      {
        filter: '',
        quality: 'none',
        offline: true,
        escalation: { to: 'field."Site Manager"', afterMs: 10_000 },
      },
    ],
    ['latency>150', limits({ latency: 150 })],
    ['Jitter>30ms lax LOSS>2.5%', { ...limits({ loss: 2.5, jitter: 30 }), filter: 'lax' }],
    ['latency > 150 loss >2', limits({ latency: 150, loss: 2 })],
    ['latency>150 latency>150 poor', { ...limits({ latency: 150 }), quality: { word: 'poor' } }],
    ['loss > 2 percent offline', { ...limits({ loss: 2 }), offline: true }],
    ['latency>150 ms', limits({ latency: 150 })],
    ['loss>2 offline', { ...limits({ loss: 2 }), offline: true }],
    [
      'lax latency>150 always',
      { ...limits({ latency: 150 }), filter: 'lax', offline: true, always: true },
    ],
    [
      'below 70 latency>150 after 10m remind 15m',
      {
        ...limits({ latency: 150 }),
        quality: { below: 70 },
        afterMs: 10 * minute,
        remindMs: 15 * minute,
      },
    ],
    ['"latency>150" latency', { ...usual, filter: '"latency>150" latency' }],
    ['"remind" "escalate"', { ...usual, filter: '"remind" "escalate"' }],
  ])('%j is read', (rest, rule) => {
    expect(parseWatch(rest)).toEqual(rule);
  });

  it.each([
    ['below', /score from 1 to 100/],
    ['below lax', /score from 1 to 100/],
    ['below 0', /score from 1 to 100/],
    ['below 101', /score from 1 to 100/],
    ['below -5', /score from 1 to 100/],
    ['after', /like 10m/],
    ['after lunch', /like 10m/],
    ['after 8d', /at most 7 days/],
    ['poor fair', /one bound/],
    ['below 70 poor', /one bound/],
    ['after 5m after 10m', /one "after"/],
    ['remind', /cannot read “remind”/],
    ['remind me', /cannot read “remind me”/],
    ['remind 9s', /“remind 9s” is not possible: 10 seconds at the least/],
    ['remind 8d', /“remind 8d” is not possible/],
    ['remind 1h remind 2h', /one "remind"/],
    ['escalate', /cannot read “escalate”/],
    ['escalate Megan after 30m', /cannot read “escalate Megan after 30m”/],
    ['escalate to after 30m', /cannot read “escalate to after 30m”/],
    ['escalate to Megan', /cannot read “escalate to Megan”/],
    ['escalate to Megan after lunch', /cannot read “escalate to Megan after”/],
    ['escalate to a@b.c after 5s', /“escalate to a@b.c after 5s” is not possible/],
    ['escalate to a@b.c after 1h escalate to d@b.c after 1h', /one "escalate"/],
    ['latency>abc', /cannot read “latency>abc”.*"latency>150", in ms/],
    ['latency>0', /cannot read “latency>0”/],
    ['latency>60001', /cannot read “latency>60001”/],
    ['latency>150%', /cannot read “latency>150%”/],
    ['latency>', /cannot read “latency>”/],
    ['loss>101', /cannot read “loss>101”.*below 100/],
    ['loss > 2 ms', /cannot read “loss > 2 ms”/],
    ['latency>150 percent', /cannot read “latency>150 percent”/],
    ['loss>2% percent', /cannot read “loss>2% percent”/],
    ['loss>2ms', /cannot read “loss>2ms”/],
    ['jitter<5', /cannot read “jitter<5”/],
    ['jitter > lax', /cannot read “jitter > lax”/],
    ['latency>=150', /cannot read “latency>=150”/],
    ['latency>150 latency>200', /one limit of latency/],
    ['worse than', /cannot read “worse than”.*"worse than usual for 15m"/],
    ['Worse than lax', /cannot read “Worse than lax”/],
    ['worse than usual for ever', /cannot read “for ever”.*"worse than usual for 15m"/],
    ['worse than usual for 8d', /at most 7 days/],
    ['worse than usual for 5m after 10m', /one "after"/],
    ['worse than usual poor', /one bound/],
    ['worse than usual for 15m please', /cannot read “please”/],
    ['changes latency>150', /“latency>150” does not belong there/],
    // B2
    ['lax for 10m', /cannot read “for 10m”/],
    ['lax until tomorrow', /cannot read “until tomorrow”/],
    ['lax below 70 please', /cannot read “please”/],
    ['lax\nwatch bos', /on one line/],
  ])('%j is refused with a reason', (rest, sentence) => {
    expect(refusalOf(() => parseWatch(rest))).toEqual({
      code: 'bad-input',
      sentence: expect.stringMatching(sentence),
    });
  });

  it('is a rule that can be stored, or is refused, whatever was typed', () => {
    const word = fc.constantFrom(
      ...[
        'below',
        'poor',
        '70',
        'after',
        '10m',
        'offline',
        '"',
        'lax',
        'remind',
        'escalate',
        'to',
        'latency>150',
        'loss',
        '>2',
      ],
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(typed, (rest) => {
        try {
          const rule = parseWatch(rest);
          expect(WatchRule.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
