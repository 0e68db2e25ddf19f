/** Counts the stored rows of one table that cannot be read. */
export interface UnreadableRows {
  readonly table: string;
  readonly rows: number;
}

/** Collections that can be changed together. */
export interface Transactional<Collections> {
  /** Stores all of the work or nothing. Inside, use `tx` only: the store itself may wait for this very transaction. */
  transaction<T>(work: (tx: Collections) => Promise<T>): Promise<T>;
}

/** What every store can do, whatever it holds. */
interface Upkeep {
  /** Deletes what has served its time. Several instances may do it at once. */
  prune(now: number): Promise<void>;
  /** Resolves when the database can be written. */
  check(): Promise<void>;
  /** Rows that were set aside since the start because they could not be read. */
  unreadable(): readonly UnreadableRows[];
  close(): Promise<void>;
}

/** Code that needs the upkeep alone names no collections. */
export type Store<Collections = unknown> = Collections & Transactional<Collections> & Upkeep;

/** They run by the clock of the database, which is the same for all instances. */
export interface Leases {
  /** Takes or extends the lease; false while another instance has it. */
  acquire(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Extends the lease; false when it was released or another instance took it. */
  renew(name: string, holder: string, forMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** An agent that something hinted at. `mark` differs each time. */
export interface Hint {
  readonly agentId: string;
  readonly mark: string;
}

/** What to read soon: whichever instance heard of it, the one that polls reads it. */
export interface Hints {
  add(account: string, agents: readonly string[]): Promise<void>;
  /** The oldest first. */
  waiting(account: string, most: number): Promise<readonly Hint[]>;
  /** They were read; what was hinted at again meanwhile stays. */
  done(account: string, hints: readonly Hint[]): Promise<void>;
}

/** One value for each name, such as what the monitor knows from one poll to the next. */
export interface Documents {
  read(account: string, name: string): Promise<unknown>;
  write(account: string, name: string, value: unknown): Promise<void>;
}

/** Teams repeats activities, and each must be handled once. */
export interface SeenActivities {
  /** False when the activity was noted before. */
  note(conversationKey: string, activityId: string, at: number): Promise<boolean>;
}
