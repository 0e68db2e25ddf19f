import { describe, expect, it } from 'vitest';
import { readStatus, statusesReader } from '../../../src/pingplotter/wire/status.ts';

const row = (fields: object) => ({
  QualityDefinitionId: 'video',
  QualityValue: 'Good',
  MeasuredAt: '2025-11-06T15:53:54.339Z',
  MeasuredAtTimestampInMs: 1000,
  QualityScore: 90,
  SessionId: 's1',
  Description: 'Router',
  IpAddress: '192.168.0.1',
  ...fields,
});
const read = (...TargetQuality: readonly unknown[]) =>
  readStatus({ AgentUniqueId: 'a1', TargetQuality })?.targets;
const readOne = (fields: object) => read(row(fields))?.[0]?.readings[0];

describe('a status', () => {
  it('is read whole from the documented answer', () => {
    const body = {
      AgentUniqueId: 'a1',
      IsOnline: true,
      OnWifi: true,
      OnVPN: false,
      LastMessageTime: '2025-11-06T15:53:54.339Z',
      LastMessageTimestampInMs: 0,
      TargetQuality: [row({})],
    };
    expect(readStatus(body)).toEqual({
      agentId: 'a1',
      online: true,
      wifi: true,
      vpn: false,
      lastSeen: Date.parse('2025-11-06T15:53:54.339Z'),
      targets: [
        {
          sessionId: 's1',
          name: 'Router',
          address: '192.168.0.1',
          readings: [{ definitionId: 'video', word: 'good', score: 90, measuredAt: 1000 }],
        },
      ],
    });
  });

  it('needs no more than the id that was asked for', () => {
    expect(readStatus({}, 'a1')).toEqual({ agentId: 'a1', targets: [] });
    expect(readStatus({})).toBeUndefined();
    expect(readStatus(true, 'a1')).toBeUndefined();
  });

  it('in a batch is left out without an id', () => {
    const { take, end } = statusesReader.begin();
    for (const entry of [{}, null, { AgentUniqueId: 'a1' }, 3]) take(entry);
    expect(end().map(({ agentId }) => agentId)).toEqual(['a1']);
  });
});

describe('rows', () => {
  it('are grouped by session, in the order of the answer', () => {
    const targets = read(
      row({ SessionId: 's2', Description: 'DNS' }),
      row({}),
      row({
        SessionId: 's2',
        Description: 'DNS',
        QualityDefinitionId: 'web',
        QualityValue: 'Poor',
      }),
    );
    expect(
      targets?.map(({ sessionId, readings }) => [sessionId, readings.map((r) => r.word)]),
    ).toEqual([
      ['s2', ['good', 'poor']],
      ['s1', ['good']],
    ]);
  });

  it('without a session, or that are no rows, are skipped', () => {
    const targets = read(row({ SessionId: null }), null, 'x', row({ SessionId: '' }), row({}));
    expect(targets).toHaveLength(1);
  });

  it.each([
    ['the newer first', [2000, 1000]],
    ['the newer last', [1000, 2000]],
    ['one without a date first', [null, 2000]],
    ['one without a date last', [2000, null]],
  ])('of one definition leave the newest, with %s', (_name, times) => {
    const rows = times.map((at) =>
      row({ MeasuredAt: null, MeasuredAtTimestampInMs: at, QualityScore: at === 2000 ? 20 : 10 }),
    );
    expect(read(...rows)?.[0]?.readings).toMatchObject([{ score: 20 }]);
  });

  it('take the target’s name from the first row that has one', () => {
    const nameless = row({ Description: null, IpAddress: null, QualityDefinitionId: 'web' });
    expect(read(nameless, row({}))?.[0]).toMatchObject({ name: 'Router', address: '192.168.0.1' });
  });
});

describe('a reading', () => {
  it.each([
    ['Good', 'good'],
    [' FAIR ', 'fair'],
    ['poor', 'poor'],
    ['Unknown', 'unknown'],
    ['Excellent', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
    [3, 'unknown'],
  ])('with the word %j is %s, whatever the score', (QualityValue, word) => {
    expect(readOne({ QualityValue, QualityScore: 100 })?.word).toBe(word);
  });

  it.each([
    [0, 0],
    [55.5, 55.5],
    [-20, 0],
    [120, 100],
    ['80', undefined],
    [null, undefined],
    [Number.NaN, undefined],
  ])('with the score %j has %s', (QualityScore, score) => {
    expect(readOne({ QualityScore })?.score).toBe(score);
  });

  it('without a date is kept', () => {
    const reading = readOne({ MeasuredAt: '0001-01-01T00:00:00', MeasuredAtTimestampInMs: 0 });
    expect(reading).toEqual({ definitionId: 'video', word: 'good', score: 90 });
  });
});
