import type { AgentId } from './agent.ts';
import type { ConversationKind } from './messenger.ts';

/**
 * What is stored about conversations, and the ports to it. All times are ms since 1970. What is
 * `unknown` here is JSON whose shape belongs to the caller, who parses what comes back. Every call
 * rejects with 'store-down' when the database is down, locked or full, and has then done nothing.
 */

/** The key of everything stored about a conversation; a Scope is one. */
export interface Conversation {
  readonly account: string;
  /** Without `;messageid=…`. */
  readonly conversationKey: string;
}

/** The same for the same conversation, and for no other: a key of maps. */
export const conversationId = ({ account, conversationKey }: Conversation): string =>
  JSON.stringify([account, conversationKey]);

/** A person by the name that they had when they acted. */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

/** Where the bot can send of its own accord. */
export interface Place extends Conversation {
  readonly tenantId: string;
  readonly serviceUrl: string;
  readonly kind: ConversationKind;
  readonly botId: string;
  readonly botName?: string;
  readonly channelId: string;
  /** The person, team or chat, for people to read. */
  readonly label?: string;
  /** Of a 1:1 conversation: who it is with, as Actor.id. */
  readonly personId?: string;
  /**
   * Notifications are written in them: in a 1:1 chat those of its person, elsewhere those of who made its last watch or
   * digest. IANA name.
   */
  readonly timeZone?: string;
  readonly locale?: string;
}

export interface Installation extends Place {
  readonly state: 'alive' | 'dead';
  readonly deadReason?: string;
  readonly lastError?: string;
  readonly sent: number;
  readonly failed: number;
}

export interface Installations {
  /** With every inbound activity: takes the address over and brings a dead conversation back to life. */
  refresh(place: Place): Promise<void>;
  find(conversation: Conversation): Promise<Installation | undefined>;
  list(account: string): Promise<readonly Installation[]>;
  markDead(conversation: Conversation, reason: string): Promise<void>;
  /** Teams wants another host for this conversation. */
  moveTo(conversation: Conversation, serviceUrl: string): Promise<void>;
  countSent(conversation: Conversation): Promise<void>;
  countFailed(conversation: Conversation, error: string): Promise<void>;
}

/** In ms since 1970, `from` included, `until` not. */
export interface SamplePeriod {
  readonly from: number;
  readonly until: number;
  /** Of all agents if left out. */
  readonly agents?: ReadonlySet<AgentId>;
}

export const isSameConversation = (a: Conversation, b: Conversation): boolean =>
  a.account === b.account && a.conversationKey === b.conversationKey;
