import type { AlertDetail } from '../../../src/features/alerting/domain/alert-detail.ts';
import type { Shown } from '../../../src/features/alerting/domain/alert-state.ts';
import { readFormerDetail } from '../../../src/features/alerting/domain/former-detail.ts';
import type { Likely } from '../../../src/features/diagnosis/domain/diagnosis.ts';

/** An alert of one row, named by the row's own fields. */
export interface OneProblem {
  readonly about: 'quality' | 'offline';
  readonly agentName: string;
  readonly target?: { readonly name: string; readonly address?: string };
  readonly state: 'open' | 'unsteady' | 'over' | 'gone' | 'closed';
  readonly since: number;
  readonly at: number;
  readonly shown: Shown;
  readonly was?: Shown;
  readonly expected?: string;
  readonly circumstances: readonly string[];
  readonly diagnosis?: Likely;
}

export const oneProblem = (
  problem: OneProblem,
  { watchId = 'watch-3', sessionId = 'session-1' } = {},
): AlertDetail => {
  const detail = readFormerDetail({
    detail: problem,
    watchId,
    sessionId: problem.about === 'offline' ? '' : sessionId,
  });
  if (detail === undefined) throw new Error('no such problem');
  return detail;
};
