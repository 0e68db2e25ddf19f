import type { BulkAct, MemberState } from './job.ts';

/**
 * What happens to one agent of a job. 'begin' = its call is about to be made; 'doubt' = nobody knows whether the call
 * took effect: the answer was a 5xx, or the process that made it is gone. 'seen' and 'unseen' = it was read again then,
 * and the change can be seen or not; 'unreadable' = it could not be read again.
 */
export type MemberEvent =
  | 'leave-out'
  | 'begin'
  | 'done'
  | 'refused'
  | 'not-made'
  | 'doubt'
  | 'seen'
  | 'unseen'
  | 'unreadable';

export interface MemberProgress {
  readonly state: MemberState;
  /** The answer is lost: it has to be read again before anything else. */
  readonly inDoubt: boolean;
  /** Calls that were begun. */
  readonly calls: number;
}

/** A change that fails for a while is tried so often. */
export const mostCalls = 3;

export const newMember: MemberProgress = { state: 'waiting', inDoubt: false, calls: 0 };

const isEnd = (state: MemberState): boolean => state !== 'waiting' && state !== 'in-flight';

/**
 * Where an agent is after that. An event that cannot be there changes nothing, so that a second instance, or a late
 * answer, repeats no call. A reconnect leaves nothing to be seen, so it is never begun twice, whatever the first one met.
 */
export const afterEvent = (
  act: BulkAct,
  now: MemberProgress,
  event: MemberEvent,
): MemberProgress => {
  const { state, inDoubt, calls } = now;
  const most = act === 'reconnect' ? 1 : mostCalls;
  if (isEnd(state)) return now;
  const end = (ended: MemberState): MemberProgress => ({ state: ended, inDoubt: false, calls });
  switch (event) {
    case 'leave-out':
      return inDoubt ? now : end('left-out');
    case 'begin':
      return inDoubt || calls >= most
        ? now
        : { state: 'in-flight', inDoubt: false, calls: calls + 1 };
    case 'done':
      return state === 'in-flight' && !inDoubt ? end('done') : now;
    case 'refused':
      return state === 'in-flight' && !inDoubt ? end('failed') : now;
    case 'not-made':
      if (state !== 'in-flight' || inDoubt) return now;
      return calls >= most ? end('failed') : { state: 'waiting', inDoubt: false, calls };
    case 'doubt':
      if (state !== 'in-flight') return now;
      return act === 'reconnect' ? end('not-known') : { ...now, inDoubt: true };
    case 'seen':
      return inDoubt ? end('done') : now;
    case 'unseen':
      if (!inDoubt) return now;
      return calls >= most ? end('failed') : { state: 'waiting', inDoubt: false, calls };
    case 'unreadable':
      return inDoubt ? end('not-known') : now;
    default:
      return event satisfies never;
  }
};
