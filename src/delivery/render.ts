import type { ToldCard } from '../features/alerting/load-alerts.ts';
import { problemOf, renderProblem, renderTest } from '../features/alerting/notices.ts';
import { resumedCard } from '../features/changes/cards/resumed.ts';
import { targetNames } from '../features/changes/notices.ts';
import { type DigestModel, digestCard } from '../features/digest/cards/digest.ts';
import { sightCard } from '../features/health/cards/outage.ts';
import type { Clock } from '../platform/clock.ts';
import type { Conversation, Installation } from '../platform/conversation.ts';
import { AppError } from '../platform/errors.ts';
import type { Reader } from '../platform/messenger.ts';
import { Notice, type Render } from '../platform/notice.ts';
import type { Store } from '../platform/store.ts';
import type { Role } from '../shared/role.ts';

export type Of<K extends Notice['kind']> = Extract<Notice, { readonly kind: K }>;

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
