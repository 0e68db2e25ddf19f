import type { SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { ConnectionChange } from '../../fleet/domain/connection-change.ts';
import { diagnose, type Likely } from './diagnosis.ts';
import { type DiagnosisFacts, diagnosisFacts } from './facts.ts';
import type { FleetIndex } from './fleet-index.ts';

/** What an alert stores of its diagnosis; nothing if none was made. */
export interface Diagnosed {
  readonly diagnosis?: Likely;
  /** The facts support no answer. */
  readonly noCause?: true;
}

/** What a diagnosis compares with. */
export interface Comparison {
  readonly index: FleetIndex;
  /** Rules that people called wrong too often. */
  readonly silent: ReadonlySet<string>;
}

/** What is wrong with one target of an agent; '' = the agent itself, which is offline. */
export const diagnoseProblem = (
  view: AgentView,
  sessionId: SessionId | '',
  { index, silent }: Comparison,
  changed?: ConnectionChange['what'],
): Diagnosed =>
  diagnosedFrom(
    diagnosisFacts(view, sessionId === '' ? undefined : sessionId, index, changed),
    silent,
  );

export const diagnosedFrom = (facts: DiagnosisFacts, silent: Comparison['silent']): Diagnosed => {
  const { likely, because, what } = diagnose(facts);
  return likely === undefined || silent.has(likely)
    ? { noCause: true }
    : { diagnosis: { likely, because, ...optional('what', what) } };
};

/** A change that is older than this, when a problem began, did not come just before it. */
const spanMs = 30 * 60_000;

/** How the connection changed shortly before then. One that came between the same two polls counts. */
export const changeBefore = (
  changes: readonly ConnectionChange[],
  since: number,
): ConnectionChange['what'] | undefined =>
  changes.findLast(({ at, after }) => (at <= since || after < since) && since - at <= spanMs)?.what;
