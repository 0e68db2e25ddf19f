import type { AgentId, SessionId } from './agent.ts';
import type { QualityWord } from './quality.ts';
import type { Role } from './role.ts';
import type { SeenSession, SessionMemory } from './session-memory.ts';
import type { ConversationKind } from './turn.ts';

/**
 * What is kept between two moments, and the ports to it. All times are ms since 1970. What is
 * `unknown` here is JSON whose shape belongs to the caller, who parses what comes back. Every call
 * rejects with 'store-down' when the database is down, locked or full, and has then done nothing.
 */

/** The key of everything stored about a conversation; a Scope is one. */
export interface Conversation {
  readonly account: string;
  /** Without `;messageid=…`. */
  readonly conversationKey: string;
}

/** A person as they were called when they did something. */
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
  /** Those of whoever wrote last: what is told there is told in them. IANA name. */
  readonly timeZone?: string;
  readonly locale?: string;
}

export interface Installation extends Place {
  readonly state: 'alive' | 'dead';
  readonly deadReason?: string;
  readonly lastError?: string;
  readonly lastErrorAt?: number;
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
  countFailed(conversation: Conversation, error: string, at: number): Promise<void>;
}

export interface Mute extends Conversation {
  /** '' = all. */
  readonly agentId: AgentId | '';
  readonly until: number;
  readonly by: Actor;
}

export interface Mutes {
  set(mute: Mute): Promise<void>;
  remove(conversation: Conversation, agentId: AgentId | ''): Promise<boolean>;
  active(account: string, now: number): Promise<readonly Mute[]>;
  /** Removes those that are over and hands each to one caller only. */
  takeEnded(now: number): Promise<readonly Mute[]>;
}

export interface MaintenanceWindow extends Conversation {
  readonly id: string;
  readonly filter: string;
  readonly from: number;
  readonly until: number;
  readonly by: Actor;
}

export interface Maintenance {
  add(window: MaintenanceWindow): Promise<void>;
  remove(id: string): Promise<boolean>;
  /** Those that are not over yet, those still to begin too. */
  list(account: string, now: number): Promise<readonly MaintenanceWindow[]>;
  takeEnded(now: number): Promise<readonly MaintenanceWindow[]>;
}

export interface StoredDigest extends Conversation {
  readonly schedule: unknown;
  readonly dueAt: number;
  readonly by: Actor;
  /** What the last one told, to find what is new. */
  readonly told?: unknown;
}

export interface Digests {
  /** One for each conversation. */
  set(digest: StoredDigest): Promise<void>;
  find(conversation: Conversation): Promise<StoredDigest | undefined>;
  remove(conversation: Conversation): Promise<boolean>;
  due(now: number): Promise<readonly StoredDigest[]>;
  /** Moves it on to its next time; true for one caller only. */
  claim(digest: StoredDigest, next: Pick<StoredDigest, 'dueAt' | 'told'>): Promise<boolean>;
}

export interface TimedResume extends Conversation {
  readonly id: string;
  readonly agentId: AgentId;
  /** Empty = all of the agent's. */
  readonly sessions: readonly SessionId[];
  readonly dueAt: number;
  readonly by: Actor;
}

export interface TimedResumes {
  add(resume: TimedResume): Promise<void>;
  forAgent(account: string, agentId: AgentId): Promise<readonly TimedResume[]>;
  /** A manual resume, or another pause, came before it. */
  cancel(id: string): Promise<boolean>;
  /** Nobody else gets these until the lease is over; an unfinished one is handed out again then. */
  claimDue(holder: string, now: number, leaseMs: number): Promise<readonly TimedResume[]>;
  /** False when it was cancelled, or somebody else took over meanwhile. */
  finish(id: string, holder: string): Promise<boolean>;
}

export interface Leases {
  /** Takes or extends it; false while somebody else holds it. */
  acquire(name: string, holder: string, now: number, forMs: number): Promise<boolean>;
  /** Extends it; false when it ran out or was taken. */
  renew(name: string, holder: string, now: number, forMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

export interface SeenSessions extends SessionMemory {
  /** Those that the bot's own pause holds. */
  paused(account: string): Promise<ReadonlyMap<AgentId, readonly SeenSession[]>>;
}

/** One value for each name: what the monitor knows from one sweep to the next. */
export interface Documents {
  read(account: string, name: string): Promise<unknown>;
  write(account: string, name: string, value: unknown): Promise<void>;
}

export interface Sample {
  readonly agentId: AgentId;
  readonly sessionId: SessionId;
  readonly at: number;
  readonly word: QualityWord;
  /** 0–100 */
  readonly score?: number | undefined;
}

export interface Samples {
  add(account: string, samples: readonly Sample[]): Promise<void>;
  /** Oldest first, `from` included, `until` not. Older than a day: the worst of each quarter of an hour. */
  list(account: string, agentId: AgentId, from: number, until: number): Promise<readonly Sample[]>;
  /**
   * The same of many agents in one pass: page by page, oldest first within each session, with turns for
   * others in between; a page may be empty. Fold each as it comes: all of them may fill the memory.
   */
  pages(account: string, period: SamplePeriod): AsyncIterable<readonly Sample[]>;
}

/** In ms since 1970, `from` included, `until` not. */
export interface SamplePeriod {
  readonly from: number;
  readonly until: number;
  /** Of all agents if left out. */
  readonly agents?: ReadonlySet<AgentId>;
}

export interface Grant {
  readonly tenantId: string;
  /** Entra object id. */
  readonly personId: string;
  readonly personName: string;
  readonly role: Role;
  readonly by: Actor;
  readonly at: number;
}

export interface Grants {
  set(account: string, grant: Grant): Promise<void>;
  remove(account: string, tenantId: string, personId: string): Promise<boolean>;
  find(account: string, tenantId: string, personId: string): Promise<Grant | undefined>;
  list(account: string, tenantId: string): Promise<readonly Grant[]>;
}

/** Teams repeats activities; each one counts once. */
export interface SeenActivities {
  /** False when it was noted before. */
  note(conversationKey: string, activityId: string, at: number): Promise<boolean>;
}
