import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';
import { Likely } from '../../diagnosis/domain/diagnosis.ts';
import type { StoredAlert } from '../store.ts';
import type { AlertDetail } from './alert-detail.ts';
import { Shown } from './alert-state.ts';

/** Up to version 0.1 an alert was one problem: one target, or the agent's being offline. */
const FormerDetail = z.object({
  agentName: z.string(),
  target: z
    .object({ name: z.string(), address: z.string().exactOptional() })
    .readonly()
    .exactOptional(),
  state: z.enum(['open', 'unsteady', 'over', 'gone', 'closed']),
  since: z.number(),
  at: z.number(),
  shown: Shown,
  was: Shown.exactOptional(),
  expected: z.string().exactOptional(),
  circumstances: z.array(z.string()).readonly(),
  diagnosis: Likely.exactOptional(),
});

/** The same problem as the only row of an alert. Undefined for what is no such detail. */
export const readFormerDetail = ({
  detail,
  watchId,
  sessionId,
}: Pick<StoredAlert, 'detail' | 'watchId' | 'sessionId'>): AlertDetail | undefined => {
  const { data } = FormerDetail.safeParse(detail);
  if (data === undefined) return undefined;
  const { agentName, state, since, at, shown, circumstances } = data;
  const isUnsteady = state === 'unsteady';
  return {
    agentName,
    state: isUnsteady ? 'open' : state,
    rows: [
      {
        sessionId,
        watchIds: [watchId],
        state: state === 'gone' ? 'over' : state,
        since,
        at,
        shown,
        ...optional('target', data.target),
        ...optional('was', data.was),
        ...optional('expected', data.expected),
      },
    ],
    targets: 1,
    notified: shown,
    circumstances,
    ...optional('endedAt', state === 'open' || isUnsteady ? undefined : at),
    ...optional('diagnosis', data.diagnosis),
  };
};
