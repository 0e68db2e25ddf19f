import { AppError } from '../../../src/platform/errors.ts';
import type { PingPlotter, PingPlotterCalls } from '../../../src/platform/pingplotter.ts';

export const refuse = async (): Promise<never> => {
  throw new AppError('internal', 'not asked for');
};

/** Nobody types anything while the days are played. */
export const changesNothing: Pick<
  PingPlotter,
  | 'liveShares'
  | 'createLiveShare'
  | 'create'
  | 'rename'
  | 'reconnect'
  | 'setSession'
  | 'setSessions'
  | 'remove'
> = {
  liveShares: refuse,
  createLiveShare: refuse,
  create: refuse,
  rename: refuse,
  reconnect: refuse,
  setSession: refuse,
  setSessions: refuse,
  remove: refuse,
};

export const asksNothing: PingPlotterCalls = {
  ...changesNothing,
  agents: refuse,
  agent: refuse,
  status: refuse,
  agentStatus: refuse,
  customFields: refuse,
  sessions: refuse,
  allSessions: refuse,
  trace: refuse,
};
