import type { SessionId } from '../../platform/agent.ts';
import type { UsualScore } from './domain/usual-score.ts';

/** Undefined where too little is known of a session at this hour. */
export type UsualOf = (session: SessionId) => UsualScore | undefined;

/** Port: what scores usually are at an hour of the day. */
export interface UsualScores {
  /** Of the hour that `now` lies in, of all sessions: read once an hour. */
  at(account: string, now: number): Promise<UsualOf>;
}
