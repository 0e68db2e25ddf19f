import type { Scope } from '../../chat/turn.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { Watch, WatchRule } from './domain/watch.ts';

/** What a watch would have sent. */
export interface Backtest {
  /** Cards: problems that came together share one. */
  readonly notifications: number;
  readonly problems: number;
  readonly agents: number;
  /** Problems that were still open at the end. */
  readonly open: number;
}

/** What a watch is about now, and what it would have sent. */
export interface WatchPreview {
  readonly matching: number;
  /** Worst first. */
  readonly agents: readonly AgentView[];
  /** Absent when it is not known: samples know nothing of who was offline, and reading them may take too long. */
  readonly backtest?: Backtest;
}

/** Port: what a watch would have sent. Undefined when the fleet cannot be read now: a watch can be made all the same. */
export interface WatchPreviewer {
  preview(account: string, rule: WatchRule): Promise<WatchPreview | undefined>;
}

/** Port: the end of a watch's alerts. */
export interface AlertCloser<Collections> {
  /** Closes them: nothing is evaluated for them any more. */
  close(tx: Collections, watch: Pick<Watch, 'id' | 'account'>, now: number): Promise<void>;
}

/** The watches of a conversation. What a button names may belong to another one, or be gone: then they throw 'changed'. */
export interface WatchEditor {
  /** By number. */
  list(scope: Scope): Promise<readonly Watch[]>;
  find(scope: Scope, id: string): Promise<Watch>;
  /** Watches from now on. What is watched here already is not watched twice: everything would be notified twice. Throws 'bad-input'. */
  create(scope: Scope, rule: WatchRule): Promise<Watch>;
  /** Gives a watch new terms under its number; its states are dropped, so it starts again. Throws 'bad-input'. */
  change(scope: Scope, id: string, terms: WatchRule): Promise<Watch>;
  /** Ends a watch. Its cards are not updated any more, and say so. */
  end(scope: Scope, id: string): Promise<Watch>;
  /** As end, by the number that `watches` shows. Throws 'not-found'. */
  endNumber(scope: Scope, number: number): Promise<Watch>;
  /** Sends this conversation a sample notification of the watch. */
  test(scope: Scope, id: string): Promise<Watch>;
}
