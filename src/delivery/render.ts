import { type DigestModel, digestCard } from '../cards/notices/digest.ts';
import { resumedCard } from '../cards/notices/resumed.ts';
import { sightCard } from '../cards/notices/sight.ts';
import { testNoticeCard } from '../cards/notices/test.ts';
import { AppError } from '../core/errors.ts';
import { nameWatch, readWatch } from '../core/kept-watch.ts';
import { Notice } from '../core/notice.ts';
import type { Clock } from '../core/ports.ts';
import type { Role } from '../core/role.ts';
import type { Store } from '../core/store.ts';
import type { Conversation, Installation } from '../core/stores.ts';
import type { Reader } from '../core/turn.ts';
import type { ToldCard } from '../use-cases/tell-alert.ts';
import { problemOf, renderProblem } from './render-problem.ts';
import type { Render, Rendered } from './rendered.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { readonly kind: K }>;

export interface RenderPorts {
  readonly store: Pick<Store, 'watches' | 'sessions'>;
  readonly clock: Clock;
  /** The newest state of what an alert's or a group's id names. */
  readonly tellAlert: (id: string) => Promise<ToldCard | undefined>;
  /** Nothing where there is nothing worth a message. */
  readonly tellDigest: (to: Conversation, asked: Of<'digest'>) => Promise<DigestModel | undefined>;
  /** What the person of a 1:1 conversation may do: there no other buttons are shown. */
  readonly roleIn: (place: Installation) => Promise<Role>;
}

/** Reads and draws at the moment of sending. Rejects with 'internal' for a row that cannot be read. */
export const createRender =
  (ports: RenderPorts): Render =>
  async ({ payload, account, conversationKey }, place) => {
    const notice = Notice.safeParse(payload).data;
    if (notice === undefined) throw new AppError('internal', 'a notice cannot be read');
    const reader = await readerIn(ports, place);
    switch (notice.kind) {
      case 'alert':
      case 'group':
        return renderProblem(notice, await ports.tellAlert(problemOf(notice)), reader);
      case 'sight':
        return { card: sightCard(notice, reader) };
      case 'digest': {
        const digest = await ports.tellDigest({ account, conversationKey }, notice);
        return digest && { card: digestCard(digest, reader) };
      }
      case 'resumed': {
        const targets = await targetNames(ports, account, notice);
        return { card: resumedCard({ ...notice, targets }, reader) };
      }
      case 'test':
        return renderTest(ports, notice, reader);
      default:
        return notice satisfies never;
    }
  };

/** As whoever wrote there last reads; who never wrote is told in Universal Time. */
const readerIn = async ({ clock, roleIn }: RenderPorts, place: Installation): Promise<Reader> => ({
  role: await roleIn(place),
  kind: place.kind,
  locale: place.locale ?? 'en-US',
  timeZone: place.timeZone ?? 'UTC',
  now: clock.now(),
});

const targetNames = async (
  { store }: RenderPorts,
  account: string,
  { agentId, sessions }: Of<'resumed'>,
): Promise<readonly string[]> => {
  if (sessions.length === 0) return [];
  const seen = await store.sessions.seen(account, agentId);
  return sessions.map((session) => seen.find(({ id }) => id === session)?.name ?? session);
};

const renderTest = async (
  { store }: RenderPorts,
  { watchId, by }: Of<'test'>,
  reader: Reader,
): Promise<Rendered | undefined> => {
  const stored = await store.watches.find(watchId);
  const watch = stored && readWatch(stored);
  return watch && { card: testNoticeCard({ watch: nameWatch(watch), by }, reader) };
};
