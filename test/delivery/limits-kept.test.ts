import { expect, it } from 'vitest';
import { aDatabase } from '../store/a-database.ts';
import { sendInBulk } from './bulk.ts';
import { violations } from './violations.ts';

it.each([
  // As many as Teams takes from a tenant, and as many as a conversation takes: the hour's limit is the rate limiter's test.
  { notifications: 200, conversations: 20, bestMs: 3800 },
  { notifications: 150, conversations: 1, bestMs: 62_000 },
])(
  'sends $notifications to $conversations almost as fast as Teams allows, and never faster',
  async ({ bestMs, ...bulk }) => {
    const { sent, tookMs } = await sendInBulk(await aDatabase(), bulk);
    expect(new Set(sent.map(({ summary }) => summary)).size).toBe(bulk.notifications);
    expect(sent).toHaveLength(bulk.notifications);
    expect(violations(sent)).toEqual([]);
    expect(tookMs).toBeLessThanOrEqual(1.1 * bestMs);
  },
  120_000,
);
