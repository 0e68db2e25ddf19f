import { type DigestModel, digestCard } from '../../src/features/digest/cards/digest.ts';
import type { SuppressedLately } from '../../src/features/silence/cards/suppressed-line.ts';
import type { SuppressedMessage } from '../../src/features/silence/domain/suppressed.ts';
import {
  type SuppressedModel,
  suppressedCard,
} from '../../src/features/watches/cards/suppressed.ts';
import { watchesCard } from '../../src/features/watches/cards/watches.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { aReader, hostile, hour, minute, now } from './a-fleet.ts';
import { aWatch } from './a-problem.ts';
import { anEmptyDigest } from './an-empty-digest.ts';

type Picture = readonly [name: string, card: Card];

const day = 24 * hour;

const lately: SuppressedLately = {
  day: { mute: 3, hours: 12 },
  week: { mute: 3, hours: 30, flapping: 7 },
  since: now - 30 * day,
};

const aMessage = (changes: Partial<SuppressedMessage> = {}): SuppressedMessage => ({
  account: 'default',
  conversationKey: 'chat',
  agentId: 'agent-lax-12',
  agentName: 'LAX-12',
  what: 'begin',
  why: 'mute',
  at: now - 5 * minute,
  ...changes,
});

const messages = [
  aMessage({ what: 'end', at: now - minute }),
  aMessage(),
  aMessage({ agentId: 'ann', agentName: 'ANN-LAPTOP', why: 'hours', at: now - 15 * hour }),
  aMessage({ agentName: 'BOI-Desk-03', what: 'worse', why: 'quiet', at: now - 16 * hour }),
  aMessage({ agentName: 'OSL-1', why: 'maintenance', at: now - 2 * day }),
  aMessage({ agentName: 'BER-Office', what: 'end', why: 'flapping', at: now - 3 * day }),
  aMessage({ agentName: 'BOI-Desk-04', what: 'changes', at: now - 4 * day }),
];

const list = (changes: Partial<SuppressedModel> = {}): Card =>
  suppressedCard({ messages, listed: 40, page: 1, lately, ...changes }, aReader());

const watches = (held: SuppressedLately): Card =>
  watchesCard({ watches: [aWatch()], mutes: [], maintenance: [], lately: held }, aReader());

const quietDay: DigestModel = {
  digest: anEmptyDigest(),
  names: new Map(),
  targets: new Map(),
  schedule: 'daily at 08:00',
  suppressed: { mute: 3, maintenance: 2, quiet: 1, hours: 12, flapping: 4 },
};

export const suppressedPictures: readonly Picture[] = [
  ['watches.held-back', watches(lately)],
  ['watches.held-back-young', watches({ ...lately, since: now - 2 * day })],
  ['watches.held-back-today', watches({ day: { mute: 2 }, week: { mute: 2 }, since: now - hour })],
  ['watches.held-back-before', watches({ ...lately, day: {} })],
  ['watches-suppressed.some', list()],
  ['watches-suppressed.more', list({ page: 2, listed: 23 })],
  [
    'watches-suppressed.none',
    list({ messages: [], listed: 0, lately: { day: {}, week: {}, since: now - 30 * day } }),
  ],
  ['watches-suppressed.hostile', list({ messages: [aMessage({ agentName: hostile })] })],
  ['digest.held-back', digestCard(quietDay, aReader())],
];
