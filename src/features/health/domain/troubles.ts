import type { CredentialsRefusal } from '../../../platform/messenger.ts';
import { recentPoll } from './recent.ts';

/** How the polls of an account go; ms since 1970, absent = not yet. */
export interface PollState {
  readonly lastAt?: number;
  /** The last one that could be read whole. */
  readonly lastGoodAt?: number;
  /** Since when no single agent is evaluated, and why. */
  readonly blindSince?: number;
  readonly blindWhy?: 'unreadable' | 'vanished';
  /** What the last poll failed with, while polls fail. */
  readonly failedWith?: string;
  readonly keyWrongSince?: number;
  /** Since when no reading can be used, and why. */
  readonly unmeasured?: {
    readonly since: number;
    readonly why: 'statuses' | 'no-fresh';
    readonly code?: string;
  };
}

/** What can be wrong with the bot itself, as `/readyz` names it; each has another remedy. */
export type Trouble =
  | 'database'
  | 'no-poll-yet'
  | 'no-recent-poll'
  | 'key-refused'
  | 'pingplotter-unreadable'
  | 'agents-vanished'
  | 'scores-unreadable'
  | 'no-usable-readings'
  | 'clock-off'
  | 'sign-in-refused'
  | 'connector-refused'
  | 'delivery-stopped';

export interface TroubleFacts {
  readonly now: number;
  readonly pollSeconds: number;
  readonly store: boolean;
  /** Absent when they cannot be read. */
  readonly polls?: PollState | undefined;
  /** Of this machine, ahead of PingPlotter's; in ms. */
  readonly clockAheadMs: number;
  readonly credentials?: CredentialsRefusal | undefined;
  readonly delivery: boolean;
}

export const findTroubles = (facts: TroubleFacts): readonly Trouble[] => [
  ...(facts.store ? [] : (['database'] as const)),
  ...pollTroubles(facts),
  ...(facts.clockAheadMs === 0 ? [] : (['clock-off'] as const)),
  ...deliveryTroubles(facts),
];

const pollTroubles = ({ polls, now, pollSeconds }: TroubleFacts): readonly Trouble[] => {
  if (polls === undefined) return [];
  const isRecent = recentPoll(now, pollSeconds);
  const found: Trouble[] = [];
  if (polls.lastAt === undefined) found.push('no-poll-yet');
  else if (!isRecent(polls.lastAt)) found.push('no-recent-poll');
  if (polls.keyWrongSince !== undefined) found.push('key-refused');
  else if (polls.failedWith !== undefined || polls.blindWhy === 'unreadable')
    found.push('pingplotter-unreadable');
  if (polls.blindWhy === 'vanished') found.push('agents-vanished');
  if (polls.unmeasured !== undefined)
    found.push(polls.unmeasured.why === 'statuses' ? 'scores-unreadable' : 'no-usable-readings');
  // Polls are made and none fails, yet none saw the whole fleet: of some agents there are no scores.
  const { lastGoodAt } = polls;
  if (found.length === 0 && lastGoodAt !== undefined && !isRecent(lastGoodAt))
    found.push('scores-unreadable');
  return found;
};

const deliveryTroubles = ({ credentials, delivery }: TroubleFacts): readonly Trouble[] => {
  if (credentials !== undefined)
    return [credentials.by === 'sign-in' ? 'sign-in-refused' : 'connector-refused'];
  return delivery ? [] : ['delivery-stopped'];
};
