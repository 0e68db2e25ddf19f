import type { Role } from '../shared/role.ts';

/** How a message to Teams ended. 'ambiguous' = it may have arrived. */
export type Delivery =
  | { readonly ok: true; readonly activityId: string }
  | {
      readonly ok: false;
      readonly reason:
        | 'gone'
        | 'message-gone'
        | 'denied'
        /** The bot's credentials or the service itself: no word of this conversation. */
        | 'unauthorized'
        | 'broken'
        | 'throttled'
        | 'transient'
        | 'ambiguous'
        | 'too-large'
        | 'wrong-host';
      readonly code?: string;
      /** With 'unauthorized': whether there was no token at all, or Teams did not take it. */
      readonly refusedBy?: CredentialsRefusal['by'];
      readonly retryAfterMs?: number;
    };

/** Who does not take the bot's credentials, with Entra's or Teams' code. */
export interface CredentialsRefusal {
  readonly by: 'sign-in' | 'connector';
  readonly code?: string;
}

/** Sends to Teams without any retry of its own, but for a connection that was cut off; never rejects. */
export interface Messenger {
  post(to: Address, card: Card): Promise<Delivery>;
  update(to: Address, activityId: string, card: Card): Promise<Delivery>;
  typing(to: Address): Promise<Delivery>;
}

/** Gives out the right to send within Teams' limits, one conversation at a time and in order. */
export interface RateLimiter {
  /** Waits for the turn of this conversation. */
  enter(address: Address, signal?: AbortSignal): Promise<void>;
  /** Takes a slot only if it is free now and plenty are left: for what may be left out, like a typing indicator. */
  tryEnter(address: Address): boolean;
  /** When the conversation itself has room again, whatever its tenant has. ms since 1970 */
  freeAt(address: Address): number;
  /** Counts what was sent before, by another process. Times in ascending order. */
  restore(address: Address, sent: readonly number[]): void;
}

export type ConversationKind = 'personal' | 'group' | 'channel';

/** Where a message can be sent. Everything in it came through the door. */
export interface Address {
  readonly tenantId: string;
  readonly serviceUrl: string;
  /** As Teams gave it: in a channel it may end in `;messageid=…`, the thread. */
  readonly conversationId: string;
  readonly kind: ConversationKind;
  readonly botId: string;
  readonly botName?: string;
  readonly channelId: string;
  /** The activity that an answer belongs to. */
  readonly replyToId?: string;
}

/** `summary` is the toast and what a screen reader says first; plain text. */
export interface Card {
  readonly content: Readonly<Record<string, unknown>>;
  readonly summary: string;
}

/** Whose eyes a card is drawn for. */
export interface Reader {
  readonly role: Role;
  readonly kind: ConversationKind;
  /** Nobody else sees the card, wherever it stands. */
  readonly forOne?: true;
  readonly locale: string;
  readonly timeZone: string;
  /** ms since 1970 */
  readonly now: number;
}

export type CardView<M> = (model: M, reader: Reader) => Card;
