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
      /** The bot got no token at all, so it would be the same in every conversation. */
      readonly everywhere?: true;
    };

/** Who does not take the bot's credentials, with Entra's or Teams' code. */
export interface CredentialsRefusal {
  readonly by: 'sign-in' | 'connector';
  readonly code?: string;
}

/** The right to one call of Teams. It counts towards Teams' limits from when it was given, until it has served its time. */
export interface Slot {
  /** The bytes of the call are out: a moment later its time begins to run. Only the first time counts. */
  written(): void;
  /** The call was answered, so it had arrived; or it was not made after all. Only the first time counts. */
  over(): void;
  /** The right to make the same call once more. */
  again(signal?: AbortSignal): Promise<Slot>;
}

/** Sends to Teams without any retry of its own, but for a connection that was cut off; never rejects. */
export interface Messenger {
  post(to: Address, card: Card, slot?: Slot): Promise<Delivery>;
  update(to: Address, activityId: string, card: Card, slot?: Slot): Promise<Delivery>;
  typing(to: Address, slot?: Slot): Promise<Delivery>;
}

/** Gives out the right to call Teams within its limits. */
export interface RateLimiter {
  /** Waits for the turn of this call. In a conversation each kind goes in the order it came. */
  enter(
    address: Address,
    options?: {
      readonly signal?: AbortSignal;
      /** Goes before what is not. */
      readonly urgent?: boolean;
      /** Asks for members, which Teams counts apart within a conversation. */
      readonly reads?: boolean;
    },
  ): Promise<Slot>;
  /** Takes a slot only if it is free now and plenty are left: for what may be left out or come later. */
  tryEnter(address: Address): Promise<Slot | undefined>;
  /** ms until the conversation itself has room again, whatever its tenant has. */
  roomIn(address: Address): number;
  /** Whether somebody waits for that room, who would take it. */
  isWaitedFor(address: Address): boolean;
  /** Counts what was sent before, by another process. Times in ascending order, in ms since 1970. */
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
  /** Who alone is to see what is posted there: Teams' targeted messages. */
  readonly only?: { readonly id: string; readonly name: string };
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
  /** Empty = never notified: times are in UTC, and say so. */
  readonly timeZone: string;
  /** ms since 1970 */
  readonly now: number;
}

export type CardView<M> = (model: M, reader: Reader) => Card;
