import { expect, it } from 'vitest';
import { errorBoundary } from '../../../src/chat/middleware/error-boundary.ts';
import type { Incoming } from '../../../src/chat/turn.ts';
import { AppError, type ErrorCode, refusal } from '../../../src/platform/errors.ts';
import { actions } from '../../../src/registry.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';

const search: Incoming = {
  kind: 'search',
  surface: 'extension',
  dataset: 'agents',
  query: 'lax',
  skip: 0,
  top: 25,
  scope: {
    account: 'default',
    address: {
      serviceUrl: 'https://smba.example.com',
      conversationId: 'chat',
      tenantId: 't',
      botId: '28:bot',
      channelId: 'msteams',
      kind: 'group',
    },
    conversationKey: 'chat',
    person: { id: '29:alex', name: 'Alex' },
    role: 'viewer',
    locale: 'en-US',
    timeZone: 'UTC',
    activityId: 'a',
    correlationId: 'c',
  },
};

const answered = (error: Error) =>
  errorBoundary({ clock: fakeClock(), log: silentLog, actions, commands: [] })(async () => {
    throw error;
  })(search, new AbortController().signal);

it.each<[ErrorCode, string]>([
  ['unreachable', 'no connection to PingPlotter'],
  ['unavailable', 'cannot answer just now'],
  ['key-wrong', 'does not accept the API key'],
  ['not-allowed', 'role does not allow'],
])('G11: a search that fails (%s) says why instead of finding nothing', async (code, words) => {
  const reply = await answered(new AppError(code, 'made up'));
  expect(reply).toEqual({ kind: 'hits', hits: [], sentence: expect.stringContaining(words) });
});

it('says what of the text cannot be used', async () => {
  const reply = await answered(refusal('bad-input', 'filter.too-long', { most: 500 }));
  expect(reply).toMatchObject({ sentence: expect.stringContaining('500 characters') });
});
