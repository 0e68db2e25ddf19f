import type { Place } from '../../src/platform/conversation.ts';
import type { BotStore } from '../../src/store/open.ts';
import type { FakeClock } from '../fakes/clock.ts';

/** An empty database of its own for each test, and as many instances on it as the test wants. */
export interface StoreBed {
  readonly clock: FakeClock;
  readonly store: BotStore;
  readonly url: string;
  readonly another: () => Promise<BotStore>;
}

export type OpenBed = () => Promise<StoreBed>;

export const ops = { account: 'default', conversationKey: '19:ops' };
/** Where messages to `ops` go. */
export const opsPlace: Place = {
  ...ops,
  tenantId: 'contoso',
  serviceUrl: 'https://smba.example/emea/',
  kind: 'channel',
  botId: '28:bot',
  channelId: 'msteams',
};
export const dev = { account: 'default', conversationKey: '19:dev' };
export const ada = { id: 'ada', name: 'Ada' };
export const bob = { id: 'bob', name: 'Bob' };
