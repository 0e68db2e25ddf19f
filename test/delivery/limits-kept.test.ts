import { expect, it } from 'vitest';
import { aDatabase } from '../store/a-database.ts';
import { sendInBulk } from './bulk.ts';
import { violations } from './violations.ts';

it.each([
  { notifications: 800, conversations: 40, bestMs: 15_000 },
  { notifications: 2000, conversations: 1, bestMs: 3_694_000 },
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
