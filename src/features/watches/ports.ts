import type { AgentView } from '../fleet/domain/agent-view.ts';

/** What a watch would have sent. */
export interface Rehearsal {
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
  /** Absent when nobody can tell: samples know nothing of who was offline, and reading them may take too long. */
  readonly rehearsal?: Rehearsal;
}
