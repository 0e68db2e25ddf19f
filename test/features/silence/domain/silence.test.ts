import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  findSilence,
  type QuietHours,
  quietUntil,
} from '../../../../src/features/silence/domain/silence.ts';

const berlin = 'Europe/Berlin';
const at = (text: string): number => DateTime.fromISO(text, { zone: berlin }).toMillis();
const workNights: QuietHours = {
  from: '22:00',
  to: '07:00',
  days: [1, 2, 3, 4, 5],
  timeZone: berlin,
};
const lunch: QuietHours = { ...workNights, from: '12:00', to: '13:00' };
const allDay: QuietHours = { ...workNights, from: '00:00', to: '00:00', days: [6, 7] };

describe('quiet hours', () => {
  it.each<[string, QuietHours, string, string | undefined]>([
    ['before they begin', workNights, '2026-06-01T21:59', undefined],
    ['when they begin', workNights, '2026-06-01T22:00', '2026-06-02T07:00'],
    ['after midnight', workNights, '2026-06-02T06:59', '2026-06-02T07:00'],
    ['when they are over', workNights, '2026-06-02T07:00', undefined],
    ['in the night that began on Friday', workNights, '2026-06-06T03:00', '2026-06-06T07:00'],
    ['in a night that began on a free day', workNights, '2026-06-08T03:00', undefined],
    ['within one day', lunch, '2026-06-01T12:30', '2026-06-01T13:00'],
    ['on whole days', allDay, '2026-06-06T15:00', '2026-06-07T00:00'],
    [
      'in the night without 2 a.m.',
      { ...workNights, days: [6] },
      '2026-03-29T03:30',
      '2026-03-29T07:00',
    ],
  ])('%s', (_, quiet, now, until) => {
    expect(quietUntil(quiet, at(now))).toBe(until === undefined ? undefined : at(until));
  });
});

describe('a silence', () => {
  const none = { mutes: [], maintenance: [] };
  const never = (): boolean => false;
  const site = (filter: string): boolean => filter === 'field.Site:Boise';

  it('is none without a reason', () => {
    expect(findSilence(5, 'lax', none, never)).toBeUndefined();
  });

  it.each([
    ['lax', 9],
    ['', 9],
  ])('is a mute of %j until it is over', (agentId, until) => {
    const mutes = [{ agentId, until }];
    expect(findSilence(8, 'lax', { ...none, mutes }, never)).toEqual({ why: 'mute', until });
    expect(findSilence(9, 'lax', { ...none, mutes }, never)).toBeUndefined();
  });

  it("is not another agent's mute", () => {
    const mutes = [{ agentId: 'bos', until: 9 }];
    expect(findSilence(8, 'lax', { ...none, mutes }, never)).toBeUndefined();
  });

  it.each([
    [4, false],
    [5, true],
    [9, false],
  ])('is maintenance from its begin to its end: at %i %j', (now, silent) => {
    const maintenance = [{ filter: 'field.Site:Boise', from: 5, until: 9 }];
    const silence = findSilence(now, 'lax', { ...none, maintenance }, site);
    expect(silence).toEqual(silent ? { why: 'maintenance', until: 9 } : undefined);
    expect(findSilence(now, 'lax', { ...none, maintenance }, never)).toBeUndefined();
  });

  it('lasts as long as the longest of them', () => {
    const now = at('2026-06-01T12:30');
    const mutes = [{ agentId: '', until: now + 1 }];
    const maintenance = [{ filter: '', from: 0, until: now + 2 }];
    expect(findSilence(now, 'lax', { quiet: lunch, mutes, maintenance }, () => true)).toEqual({
      why: 'quiet',
      until: at('2026-06-01T13:00'),
    });
  });
});
