import type { Clock } from '../platform/clock.ts';
import type { Installation } from '../platform/conversation.ts';
import { AppError } from '../platform/errors.ts';
import type { Card, Reader } from '../platform/messenger.ts';
import { type NoticeTable, type Render, renderNotice } from '../platform/notice.ts';
import type { Role } from '../shared/role.ts';

interface RenderPorts<NoticePorts> {
  /** What the notices read the newest state with. */
  readonly ports: NoticePorts;
  readonly notices: NoticeTable<NoticePorts>;
  readonly clock: Clock;
  /** What the person of a 1:1 conversation may do: there no other buttons are shown. */
  readonly roleIn: (place: Installation) => Promise<Role>;
  /**
   * Draws over what is sent that it is of the account; nothing where its conversation sees another one by now, where
   * it must not appear.
   */
  readonly atAccount: (place: Installation) => Promise<((card: Card) => Card) | undefined>;
}

/** Reads the newest state and draws it at the moment of sending. Rejects with 'internal' for a row that cannot be read. */
export const createRender =
  <NoticePorts>(given: RenderPorts<NoticePorts>): Render =>
  async ({ payload, account, conversationKey }, place) => {
    const finish = await given.atAccount(place);
    if (finish === undefined) return undefined;
    const reader = await readerIn(given, place);
    const to = { account, conversationKey };
    const rendered = await renderNotice(given.notices, given.ports, payload, to, reader);
    if (rendered === 'unreadable') throw new AppError('internal', 'a notice cannot be read');
    return rendered && { ...rendered, card: finish(rendered.card) };
  };

/** The language and time zone of the conversation; where none was notified, times say that they are in UTC. */
const readerIn = async (
  { clock, roleIn }: Pick<RenderPorts<never>, 'clock' | 'roleIn'>,
  place: Installation,
): Promise<Reader> => ({
  role: await roleIn(place),
  kind: place.kind,
  locale: place.locale ?? 'en-US',
  timeZone: place.timeZone ?? '',
  now: clock.now(),
});
