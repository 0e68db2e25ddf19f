import { describe, expect, it } from 'vitest';
import { watchCredentials } from '../../../src/delivery/watch-credentials.ts';
import { recentPoll } from '../../../src/features/health/domain/recent.ts';
import { findTroubles, type TroubleFacts } from '../../../src/features/health/domain/troubles.ts';
import type { Address, Delivery } from '../../../src/platform/messenger.ts';

const now = 1_000_000_000_000;
const fine: TroubleFacts = {
  now,
  pollSeconds: 60,
  store: true,
  polls: { lastAt: now - 1000, lastGoodAt: now - 1000 },
  clockAheadMs: 0,
  delivery: true,
};

describe('what is wrong', () => {
  it.each<[string, Partial<TroubleFacts>, readonly string[]]>([
    ['nothing', {}, []],
    ['the database', { store: false, polls: undefined }, ['database']],
    ['no poll yet', { polls: {} }, ['no-poll-yet']],
    ['old polls', { polls: { lastAt: now - 200_000 } }, ['no-recent-poll']],
    ['A5: polls of a time to come', { polls: { lastAt: now + 3_600_000 } }, ['no-recent-poll']],
    ['the key', { polls: { lastAt: now, keyWrongSince: now } }, ['key-refused']],
    [
      'the key, while blind',
      { polls: { lastAt: now, keyWrongSince: 1, blindSince: 1, blindWhy: 'unreadable' } },
      ['key-refused'],
    ],
    ['a poll', { polls: { lastAt: now, failedWith: 'timeout' } }, ['pingplotter-unreadable']],
    [
      'a picture',
      { polls: { lastAt: now, blindSince: 1, blindWhy: 'vanished' } },
      ['agents-vanished'],
    ],
    [
      'C3: statuses',
      { polls: { lastAt: now, unmeasured: { since: 1, why: 'statuses' } } },
      ['scores-unreadable'],
    ],
    [
      'C3: statuses of some agents',
      { polls: { lastAt: now, lastGoodAt: now - 200_000 } },
      ['scores-unreadable'],
    ],
    [
      'A5: readings',
      { polls: { lastAt: now, unmeasured: { since: 1, why: 'no-fresh' } }, clockAheadMs: 400_000 },
      ['no-usable-readings', 'clock-off'],
    ],
    ['sign-in', { credentials: { by: 'sign-in' }, delivery: false }, ['sign-in-refused']],
    ['the connector', { credentials: { by: 'connector' } }, ['connector-refused']],
    ['delivery', { delivery: false }, ['delivery-stopped']],
  ])('is named: %s', (_, facts, troubles) => {
    expect(findTroubles({ ...fine, ...facts })).toEqual(troubles);
  });
});

it.each([
  [60, 179, true],
  [60, 181, false],
  [60, -179, true],
  [3600, 3600 + 599, true],
  [3600, 3600 + 601, false],
])('G6: with a poll each %d s one of %d s ago is recent: %s', (pollSeconds, seconds, isRecent) => {
  expect(recentPoll(now, pollSeconds)(now - seconds * 1000)).toBe(isRecent);
});

it('A4: who refuses the credentials is known until Teams takes them', async () => {
  const answers: Delivery[] = [
    { ok: false, reason: 'unauthorized', refusedBy: 'sign-in', code: 'AADSTS7000215' },
    { ok: false, reason: 'transient' },
    { ok: false, reason: 'unauthorized', refusedBy: 'connector' },
    { ok: false, reason: 'denied' },
  ];
  const next = async (): Promise<Delivery> => answers.shift() ?? { ok: true, activityId: '1' };
  const { messenger, refusal } = watchCredentials({ post: next, update: next, typing: next });
  const to: Address = {
    tenantId: 't',
    serviceUrl: 'https://smba.example/',
    conversationId: 'c',
    kind: 'personal',
    botId: 'b',
    channelId: 'msteams',
  };
  const card = { content: {}, summary: '' };
  await messenger.post(to, card);
  await messenger.typing(to);
  expect(refusal()).toEqual({ by: 'sign-in', code: 'AADSTS7000215' });
  await messenger.update(to, 'm', card);
  expect(refusal()).toEqual({ by: 'connector' });
  await messenger.post(to, card);
  expect(refusal()).toBeUndefined();
});
