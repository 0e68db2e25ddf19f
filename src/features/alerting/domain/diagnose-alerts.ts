import { inSlices } from '../../../platform/slices.ts';
import { type Comparison, diagnoseProblem } from '../../diagnosis/domain/diagnose-problem.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { ConnectionChange } from '../../fleet/domain/connection-change.ts';
import type { AlertChange } from './alert-changes.ts';
import { type AlertDetail, worstRow } from './alert-detail.ts';

/** Whether others have to be compared with: a group shows its common cause, an alert of its own its diagnosis. */
export const isDiagnosed = ({ kind }: AlertChange): boolean =>
  kind === 'raise' || kind === 'worsen';

/** Diagnoses what begins or gets worse on a card of its own. */
export const diagnoseAlerts = async (
  changes: readonly AlertChange[],
  viewOf: (agentId: string) => AgentView | undefined,
  comparison: Comparison,
): Promise<readonly AlertChange[]> => {
  const diagnosed: AlertChange[] = [];
  await inSlices(changes, (change) => {
    const isAlone = change.alert.groupId === undefined && isDiagnosed(change);
    diagnosed.push(isAlone ? withDiagnosis(change, viewOf, comparison) : change);
  });
  return diagnosed;
};

const withDiagnosis = (
  change: AlertChange,
  viewOf: (agentId: string) => AgentView | undefined,
  comparison: Comparison,
): AlertChange => {
  const { alert, detail } = change;
  const worst = worstRow(detail.rows);
  const view = viewOf(alert.agentId);
  if (worst === undefined || view === undefined) return change;
  const { diagnosis: _, noCause: __, ...rest } = detail;
  const found = diagnoseProblem(view, worst.sessionId, comparison, changeIn(detail));
  const diagnosed = { ...rest, ...found };
  return { ...change, detail: diagnosed, alert: { ...alert, detail: diagnosed } };
};

const changeIn = ({ justBefore }: AlertDetail): ConnectionChange['what'] | undefined =>
  ConnectionChange.unwrap().shape.what.safeParse(justBefore?.what).data;
