import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDifference } from '../../../src/cli/settings/apply.ts';
import { describeDifference } from '../../../src/cli/settings/describe.ts';
import { differenceOf, type Entry, keyOf } from '../../../src/cli/settings/entries.ts';
import { readSettings } from '../../../src/cli/settings/read-file.ts';
import { entriesIn } from '../../../src/cli/settings/read-store.ts';
import { settingsText } from '../../../src/cli/settings/write-file.ts';
import { openStore } from '../../../src/store/open.ts';
import { ada, dev, ops } from '../../contracts/store-bed.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { anyCharacter } from '../../shared/any-character.ts';
import { aDatabase } from '../../store/a-database.ts';

const by = ada;
const account = 'default';
const now = Date.parse('2026-11-23T12:00:00Z');
const nights = { days: [1, 2], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };

const everything: readonly Entry[] = [
  { kind: 'role', account, tenant: 't', person: 'p', name: 'Ada', role: 'operator', by },
  { kind: 'hours', account, agent: 'lax-12', hours: { kind: 'always' }, by },
  {
    kind: 'hours',
    account,
    agent: 'lax-13',
    hours: { kind: 'ranges', ranges: [{ days: [1], from: '08:00', to: '18:00' }], timeZone: 'UTC' },
    by,
  },
  {
    kind: 'watch',
    ...ops,
    rule: { filter: 'field.Site:Boise', quality: { below: 70 }, offline: true, afterMs: 600_000 },
    by,
  },
  { kind: 'schedule', ...ops, subject: { filter: 'is:online' }, times: nights, by },
  { kind: 'schedule', ...dev, subject: { agent: 'a', name: '- *x #1: "' }, times: nights, by },
  { kind: 'maintenance', ...dev, filter: '', from: now + 1, until: now + 60_000, by },
  { kind: 'digest', ...ops, schedule: { time: '08:00', timeZone: 'Europe/Berlin' }, by },
];

const read = (text: string): readonly Entry[] => {
  const settings = readSettings(text, [account]);
  if ('faults' in settings) throw new Error(JSON.stringify(settings.faults));
  return settings.entries.get(account) ?? [];
};
const written = (entries: readonly Entry[]): string =>
  settingsText(new Map([[account, entries]]), [], './schema.json');
const faults = (text: string): readonly string[] => {
  const settings = readSettings(text, [account]);
  return 'faults' in settings
    ? settings.faults.map(({ line, column, should }) => `${line}:${column} ${should}`)
    : [];
};

describe('settings as a file', () => {
  it('name their schema, and are read back as they were written', () => {
    const text = written(everything);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/schema\.json\n/u);
    const back = read(text);
    expect(back.map(keyOf).sort()).toEqual(everything.map(keyOf).sort());
    expect(back.every((entry) => entry.by.name === 'Ada')).toBe(true);
  });

  it('change nothing when they are imported where they come from, and make all of it elsewhere', async () => {
    const store = await openStore({
      url: await aDatabase(),
      clock: fakeClock(now),
      log: silentLog,
    });
    const take = async (wanted: readonly Entry[]) => {
      const difference = differenceOf(await entriesIn(store, account, now), wanted);
      await store.transaction((tx) => applyDifference(tx, difference, now));
      return describeDifference(difference).at(-1);
    };
    const exported = async () => read(written(await entriesIn(store, account, now)));
    expect(await take(everything)).toBe('8 added, 0 deleted, 0 unchanged.');
    expect(await take(await exported())).toBe('0 added, 0 deleted, 8 unchanged.');
    // A role that changes stays one grant.
    const [role, ...others] = everything;
    if (role?.kind !== 'role') throw new Error('no role');
    expect(await take([{ ...role, role: 'admin' }, ...others])).toBe(
      '1 added, 1 deleted, 7 unchanged.',
    );
    expect(await store.grants.list(account, 't')).toMatchObject([{ role: 'admin' }]);
    expect(await take([])).toBe('0 added, 8 deleted, 0 unchanged.');
    expect(await entriesIn(store, account, now)).toEqual([]);
    await store.close();
  });

  it('survive every name and filter', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (text) => {
        const entry: Entry = {
          kind: 'schedule',
          account,
          conversationKey: `19:${text}`,
          subject: { agent: `x${text}`, name: text },
          times: nights,
          by: { id: text, name: text },
        };
        const [back] = read(written([entry]));
        expect(back).toEqual(entry);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['version: 1\naccounts:\n  default:\n    roles: [a\n', /^5:1 /u],
    ['version: 2\naccounts: {}\n', /^1:1 right: /u],
    ['version: 1\naccounts:\n  other: {}\n', /^3:3 an account that the bot has: “default”$/u],
    ['version: 1\naccounts:\n  default:\n    rolls: []\n', /^4:5 left out: nothing reads it$/u],
    [
      'version: 1\naccounts:\n  default:\n    roles:\n      - tenant: t\n        person: p\n        name: n\n        role: boss\n',
      /^8:9 right: .*admin/u,
    ],
    [
      'version: 1\naccounts:\n  default:\n    conversations:\n      "19:ops":\n        maintenance:\n          - filter: "score<many"\n            from: 2026-11-23T12:00:00Z\n            until: 2026-11-24T12:00:00Z\n',
      /^7:13 .*is no filter/u,
    ],
    ['', /^1:1 right: /u],
  ])('name the line and column that is wrong (%#)', (text, fault) => {
    expect(faults(text)[0]).toMatch(fault);
  });
});

it('each account has a part of its own, under its name', () => {
  const names = ['acme', 'Globex & Sons'];
  const entryOf = (name: string): Entry => ({
    kind: 'hours',
    account: name,
    agent: `agent of ${name}`,
    hours: { kind: 'always' },
    by,
  });
  const text = settingsText(new Map(names.map((name) => [name, [entryOf(name)]])), [], 'schema');
  const entries = names.map((name) => [name, [entryOf(name)]] as const);
  expect(readSettings(text, names)).toEqual({ entries: new Map(entries) });
  const place = text.split('\n').findIndex((line) => line.trim().startsWith('Globex')) + 1;
  expect(readSettings(text, ['acme'])).toEqual({
    faults: [{ line: place, column: 3, should: 'an account that the bot has: “acme”' }],
  });
});
