/** Stored rows that cannot be read, of one table. */
export interface UnreadableRows {
  readonly table: string;
  readonly rows: number;
}

/** What several changes of these collections take. */
export interface Transactional<Collections> {
  /** All of it or nothing. Inside, use `tx` only: the store itself may wait for this very transaction. */
  transaction<T>(work: (tx: Collections) => Promise<T>): Promise<T>;
}

/** What every store can do, whatever it holds. */
interface Upkeep {
  /** Drops what has served its time. Safe to run on several instances at once. */
  prune(now: number): Promise<void>;
  /** Resolves when the database can be written. */
  check(): Promise<void>;
  /** Rows that could not be read since the start; they were set aside, and the others went on. */
  unreadable(): readonly UnreadableRows[];
  close(): Promise<void>;
}

/** A store of these collections; who needs no more than its upkeep names none. */
export type Store<Collections = unknown> = Collections & Transactional<Collections> & Upkeep;

export interface Leases {
  /** Takes or extends it; false while somebody else holds it. */
  acquire(name: string, holder: string, now: number, forMs: number): Promise<boolean>;
  /** Extends it; false when it ran out or was taken. */
  renew(name: string, holder: string, now: number, forMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** One value for each name: what the monitor knows from one sweep to the next. */
export interface Documents {
  read(account: string, name: string): Promise<unknown>;
  write(account: string, name: string, value: unknown): Promise<void>;
}

/** Teams repeats activities; each one counts once. */
export interface SeenActivities {
  /** False when it was noted before. */
  note(conversationKey: string, activityId: string, at: number): Promise<boolean>;
}
