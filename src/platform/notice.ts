import type { z } from 'zod';
import { optional } from '../shared/optional.ts';
import type { Conversation, Installation } from './conversation.ts';
import type { Card, Reader } from './messenger.ts';
import type { OutboxItem } from './outbox.ts';

/**
 * What an outbox row asks to be sent, by its kind. A payload names things; their newest state is read at
 * the moment of sending, so that a queue never posts old news. What cannot be read again stands in the
 * payload itself. Each notice adds its payload where it is defined.
 */
// biome-ignore lint/suspicious/noEmptyInterface: notices fill it in.
export interface Notices {}
export type NoticeKind = keyof Notices;
export type Notice = Notices[NoticeKind];

export interface Rendered {
  readonly card: Card;
  /** The outbox's card in whose thread it belongs, where there are threads; its own if left out. */
  readonly follows?: string;
  /** Cards of which one must have arrived: the end of what was never notified is not notified either. */
  readonly after?: readonly string[];
  /** With a new message of a card that has one: what the message before it, of that id, shows from now on. */
  readonly earlier?: (messageId: string) => Notice;
  /** Changes this message of the card that it follows, in place of the newest one of its own card. */
  readonly replaces?: string;
  /** A message that shows it already is changed; none is posted. */
  readonly inPlaceOnly?: boolean;
}

/** The newest state of what a row is about, or nothing if there is nothing to say any more. */
export type Render = (item: OutboxItem, place: Installation) => Promise<Rendered | undefined>;

export interface NoticeDefinition<K extends NoticeKind, Ports> {
  readonly payload: z.ZodType<Notices[K]>;
  /** It is about what goes on: where it could not arrive, it is sent when its conversation lives again. */
  readonly lasts?: true;
  /** It may take long to draw, and lets alerts and answers go first. */
  readonly patient?: true;
  /** Reads a stored payload and draws it. Gives 'unreadable' for one of another shape. */
  readonly render: (
    ports: Ports,
    stored: unknown,
    to: Conversation,
    reader: Reader,
  ) => Promise<Rendered | 'unreadable' | undefined>;
}

/** One entry for each kind: the compiler asks for it. */
export type NoticeTable<Ports> = { readonly [K in NoticeKind]: NoticeDefinition<K, Ports> };

interface NoticeParts<K extends NoticeKind, Ports, Model> {
  readonly payload: z.ZodType<Notices[K]>;
  readonly lasts?: true;
  readonly patient?: true;
  /** Reads the newest state; nothing when there is nothing to say any more. */
  readonly load: (
    ports: Ports,
    payload: Notices[K],
    to: Conversation,
  ) => Promise<Model | undefined>;
  readonly view: (model: Model, reader: Reader, payload: Notices[K]) => Rendered | undefined;
}

/** The kind is named by its type alone; the registry holds each notice under its kind. */
export const defineNotice = <K extends NoticeKind, Ports, Model>(
  _kind: K,
  { payload: schema, lasts, patient, load, view }: NoticeParts<K, Ports, Model>,
): NoticeDefinition<K, Ports> => ({
  payload: schema,
  ...optional('lasts', lasts),
  ...optional('patient', patient),
  render: async (ports, stored, to, reader) => {
    const payload = schema.safeParse(stored).data;
    if (payload === undefined) return 'unreadable';
    const model = await load(ports, payload, to);
    return model === undefined ? undefined : view(model, reader, payload);
  },
});

/** As the definition's own render, of whichever kind a stored payload is. */
export const renderNotice = async <Ports>(
  notices: Partial<NoticeTable<Ports>>,
  ports: Ports,
  stored: unknown,
  to: Conversation,
  reader: Reader,
): Promise<Rendered | 'unreadable' | undefined> => {
  const kind = kindOf(stored);
  const notice = isKind(notices, kind) ? notices[kind] : undefined;
  return notice === undefined ? 'unreadable' : notice.render(ports, stored, to, reader);
};

type Traits = { readonly [K in NoticeKind]: { readonly lasts?: true; readonly patient?: true } };

/** Tells of a stored payload whether its kind has that trait. */
export const noticesWith =
  (notices: Traits, trait: 'lasts' | 'patient') =>
  (stored: unknown): boolean => {
    const kind = kindOf(stored);
    return isKind(notices, kind) && notices[kind][trait] === true;
  };

const kindOf = (stored: unknown): unknown =>
  typeof stored === 'object' && stored !== null && 'kind' in stored ? stored.kind : undefined;

const isKind = (notices: object, kind: unknown): kind is NoticeKind =>
  typeof kind === 'string' && Object.hasOwn(notices, kind);
