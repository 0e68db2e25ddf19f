import { AlertDetail } from './alert-detail.ts';
import type { WatchRule } from './watch.ts';
import type { StoredAlert } from './watch-stores.ts';

/** A watch as cards name it. */
export interface WatchNamed {
  readonly id: string;
  readonly number: number;
  readonly rule: WatchRule;
  /** The name of who made it. */
  readonly madeBy: string;
}

/** Who took a problem on, and when. */
export interface Acknowledgement {
  readonly name: string;
  /** ms since 1970 */
  readonly at: number;
}

/** One problem, as it is now. */
export interface ToldAlert {
  readonly id: string;
  readonly number: number;
  readonly agentId: string;
  readonly detail: AlertDetail;
  readonly ackedBy?: Acknowledgement;
  /** Absent when it has ended. */
  readonly watch?: WatchNamed;
  /** ms since 1970 */
  readonly mutedUntil?: number;
}

/** Nothing for a detail that cannot be read. */
export const readDetail = ({ detail }: Pick<StoredAlert, 'detail'>): AlertDetail | undefined =>
  AlertDetail.safeParse(detail).data;
