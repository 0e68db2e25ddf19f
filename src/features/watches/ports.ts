import type { Scope } from '../../chat/turn.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { Watch, WatchRule } from './domain/watch.ts';

/** What a watch would have sent during the last week. */
export interface Backtest extends Known {
  /** Cards to post. Problems that came together share one. */
  readonly notifications: number;
  readonly problems: number;
  readonly agents: number;
  /** Problems that would still be open. */
  readonly open: number;
  /** There is no sample of these agents yet, though the watch is about their scores. */
  readonly unmeasured?: true;
  /** Absent if the watch is not about being offline, or nobody knows who was. It is counted above, too. */
  readonly offline?: Known & {
    readonly problems: number;
    /** Not among them: absences that usual hours hold back. */
    readonly usual: number;
  };
}

interface Known {
  /** When what is known of these agents begins, ms since 1970, if that is less than a week ago. */
  readonly since?: number;
}

export interface WatchPreview {
  readonly matching: number;
  /** Worst first. */
  readonly agents: readonly AgentView[];
  /**
   * Absent if nothing is known of what the watch is about, and if reading takes too long.
   */
  readonly backtest?: Backtest;
  /** Of how many of their targets it is known what is usual. Absent where the watch does not ask. */
  readonly usualKnown?: { readonly targets: number; readonly known: number };
  /** How many of them have known hours. Absent where every absence counts anyway, or none does. */
  readonly hoursKnown?: number;
}

/** What a person sees of a watch before it is saved. */
export interface ShownPreview {
  readonly rule: WatchRule;
  /** Absent if the fleet cannot be read now. */
  readonly found?: WatchPreview;
  /** Makes the button that saves it. */
  readonly token: string;
}

/** Port: which agents match, and the backtest. */
export interface WatchPreviewer {
  /** Undefined if the fleet cannot be read now, which must not prevent a new watch. */
  preview(account: string, rule: WatchRule, timeZone: string): Promise<WatchPreview | undefined>;
}

/** Port: the end of a watch's alerts. */
export interface AlertCloser<Collections> {
  /** Closes them without a notification of their end, and updates their cards. */
  close(tx: Collections, watch: Pick<Watch, 'id' | 'account'>, now: number): Promise<void>;
}

/**
 * The watches of a conversation. Methods that take an id throw 'changed' if the watch has ended or
 * belongs to another conversation, since the id comes from a button.
 */
export interface WatchEditor {
  /** In the order of their numbers. */
  list(scope: Scope): Promise<readonly Watch[]>;
  find(scope: Scope, id: string): Promise<Watch>;
  /** The rule as it would be saved. Throws 'bad-input'. */
  understand(scope: Scope, typed: WatchRule): Promise<WatchRule>;
  /** Returns an existing watch with the same rule: two would notify twice. Throws 'bad-input'. */
  create(scope: Scope, rule: WatchRule): Promise<Watch>;
  /**
   * Keeps the number, but ends the alert states and alerts of the old terms. Throws 'bad-input'.
   */
  change(scope: Scope, id: string, terms: WatchRule): Promise<Watch>;
  /** Updates the cards of its alerts a last time, so that they say that the watch has ended. */
  end(scope: Scope, id: string): Promise<Watch>;
  /** The number is the one that `watches` shows. Throws 'not-found'. */
  endNumber(scope: Scope, number: number): Promise<Watch>;
  /**
   * Sends a sample notification through the outbox, so that it takes the same way as a real one.
   */
  test(scope: Scope, id: string): Promise<Watch>;
}
