import type { Clock } from '../platform/clock.ts';
import type { Conversation } from '../platform/conversation.ts';
import type { AuditedChange } from '../platform/errors.ts';
import type { Address, Card, Reader } from '../platform/messenger.ts';
import { optional } from '../shared/optional.ts';
import type { Role } from '../shared/role.ts';

/** What a command or an action has at hand besides its arguments. */
export interface Turn {
  readonly scope: Scope;
  readonly reader: Reader;
  readonly signal: AbortSignal;
  /** Who was mentioned in what was typed; nobody at a button. */
  readonly mentions: readonly Mention[];
  /** The message that holds the pressed card. */
  readonly messageId?: string;
}

export const readerOf = (
  { role, address, forOne, locale, timeZone, zoneUnknown }: Scope,
  clock: Clock,
): Reader => ({
  role,
  kind: address.kind,
  ...optional('forOne', forOne),
  locale,
  timeZone: zoneUnknown === true ? '' : timeZone,
  now: clock.now(),
});

export interface Person {
  /** Teams' `29:…` id, valid for this bot only. */
  readonly id: string;
  /** Entra object id. */
  readonly objectId?: string;
  readonly name: string;
}

/** Somebody who was mentioned in a message; the bot itself is not among them. */
export interface Mention {
  /** Teams' `29:…` id. */
  readonly id: string;
  /** Entra object id, which Teams mostly leaves out. */
  readonly objectId?: string;
  readonly name: string;
}

/** Who asks, where, in which language and time zone, on which account. */
export interface Scope {
  /** `noAccount` where none is chosen. */
  readonly account: string;
  /** The bot has other accounts too. */
  readonly oneOfSeveral?: true;
  /** The store could not say which account was chosen. */
  readonly accountUnread?: true;
  readonly address: Address;
  /** The conversation without `;messageid=…`: the key of everything stored about it. */
  readonly conversationKey: string;
  readonly person: Person;
  readonly role: Role;
  /** Why the role is at most viewer for now: what would raise it could not be read. */
  readonly roleUncertain?: 'roster-unreadable' | 'store-down';
  readonly guest?: boolean;
  /** What is answered is drawn at this person's client alone, as a refreshed card is. */
  readonly forOne?: true;
  /** It was sent to the bot alone, so the answer goes to the asker alone. */
  readonly targeted?: true;
  readonly locale: string;
  readonly timeZone: string;
  /** The client sent no time zone, and none is known of the person. */
  readonly zoneUnknown?: true;
  readonly activityId: string;
  /** One id from the activity to the API call and the log line. */
  readonly correlationId: string;
}

export type Trigger = 'manual' | 'automatic';

export type Incoming =
  | {
      readonly kind: 'command';
      readonly text: string;
      /** In the order of the text, each person once. */
      readonly mentions: readonly Mention[];
      readonly scope: Scope;
    }
  | {
      readonly kind: 'action';
      readonly verb: string;
      readonly data: unknown;
      readonly trigger: Trigger;
      /** The message that holds the pressed card. */
      readonly messageId?: string;
      readonly scope: Scope;
    }
  | {
      readonly kind: 'search';
      readonly surface: 'typeahead' | 'extension';
      readonly dataset: string;
      readonly query: string;
      readonly skip: number;
      readonly top: number;
      readonly scope: Scope;
    }
  /** A link that somebody pastes into what they write, perhaps where the bot is not. */
  | { readonly kind: 'link'; readonly url: string; readonly scope: Scope }
  /** Somebody's message that the asker wants to know more of, perhaps where the bot is not. */
  | {
      readonly kind: 'message-action';
      /** Without markup. */
      readonly text: string;
      /** More of it was too long to read. */
      readonly isCut: boolean;
      readonly scope: Scope;
    }
  | { readonly kind: 'installed' | 'removed'; readonly scope: Scope }
  | { readonly kind: 'ignored'; readonly reason: string };

export interface SearchHit {
  readonly title: string;
  readonly subtitle: string;
  readonly value: string;
  readonly card?: Card;
}

export type Reply =
  | {
      readonly kind: 'card';
      /** For the person who asked; in answer to an action it replaces the pressed card for them. */
      readonly card: Card;
      /** In answer to an action in a group or channel: the message's new card for everybody else. */
      readonly everyone?: Card;
      /** For the asker's eyes alone where Teams can do it; a press is answered so anyway. */
      readonly private?: true;
      /** With `private`: what all see where Teams cannot show the card to the asker alone; else the card itself. */
      readonly openly?: Card;
      /** What it made notifies this conversation, in the time zone of who made it. */
      readonly setsZone?: true;
      /** The account that it is of, where that is not the one of its turn. */
      readonly account?: string;
      /** Written to the audit log; left out when nothing was changed. */
      readonly auditedChange?: AuditedChange;
    }
  | {
      readonly kind: 'hits';
      readonly hits: readonly SearchHit[];
      /** Why there are none, where a client has room for it. */
      readonly sentence?: string;
    };

export type Handler = (incoming: Incoming, signal: AbortSignal) => Promise<Reply | undefined>;
export type Middleware = (next: Handler) => Handler;

/** Where something is said, without everything else that a scope knows. */
export const conversationOf = ({ account, conversationKey }: Scope): Conversation => ({
  account,
  conversationKey,
});
