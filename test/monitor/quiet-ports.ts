import type { MonitorPorts } from '../../src/monitor/state.ts';
import { createCorrelation } from '../../src/platform/correlation.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** What a monitor needs besides a fleet, a store and a clock: it says and measures nothing. */
export const quietPorts = (): Pick<
  MonitorPorts,
  'account' | 'log' | 'correlation' | 'newId' | 'instance' | 'metrics'
> => {
  let ids = 0;
  return {
    account: 'default',
    instance: 'only',
    log: silentLog,
    correlation: createCorrelation(),
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    metrics: { poll: () => {}, alert: () => {} },
  };
};
