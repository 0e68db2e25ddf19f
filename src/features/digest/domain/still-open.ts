import type { AgentId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { isOpen, readDetail, sinceOf, worstRow } from '../../alerting/domain/alert-detail.ts';
import type { Shown } from '../../alerting/domain/alert-state.ts';
import type { StoredAlert } from '../../alerting/store.ts';

/** An alert of the conversation that goes on. */
export interface OpenAlert {
  readonly number: number;
  readonly agentId: AgentId;
  /** Comes from outside: escape it. */
  readonly agentName: string;
  readonly shown: Shown;
  /** ms since 1970 */
  readonly since: number;
  /** The name of who acknowledged it, or whom it was assigned to. It comes from outside: escape it. */
  readonly owner?: string;
}

/** The oldest first. */
export const stillOpen = (alerts: readonly StoredAlert[]): readonly OpenAlert[] =>
  alerts
    .flatMap((alert): readonly OpenAlert[] => {
      const detail = readDetail(alert);
      const worst = detail && worstRow(detail.rows);
      if (detail === undefined || worst === undefined) return [];
      if (alert.closedAt !== undefined || !isOpen(detail)) return [];
      const { number, agentId, ackedBy, assignedTo } = alert;
      return [
        {
          number,
          agentId,
          agentName: detail.agentName,
          shown: worst.shown,
          since: sinceOf(detail),
          ...optional('owner', (ackedBy ?? assignedTo)?.name),
        },
      ];
    })
    .toSorted((a, b) => a.since - b.since || a.number - b.number);
