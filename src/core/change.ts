import type { AgentId, SessionId } from './agent.ts';

/** What a person changed, kept so that it can be shown and taken back. */
export type Change = {
  readonly id: string;
  readonly account: string;
  readonly tenantId: string;
  readonly conversationKey: string;
  readonly personId: string;
  readonly personName: string;
  /** ms since 1970 */
  readonly at: number;
  readonly agent: AgentId;
} & (
  | { readonly kind: 'rename'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'pause' | 'resume';
      /** The sessions that really changed. */
      readonly sessions: readonly { readonly id: SessionId; readonly name: string }[];
      /** It was done to all sessions of the agent by one call. */
      readonly all: boolean;
    }
);

/** Port: the last changes, newest first out. */
export interface ChangeLog {
  add(change: Change): Promise<void>;
  /** Undefined too when it was taken back already. */
  find(id: string): Promise<Change | undefined>;
  /** The newest change of this person in this conversation that was not taken back. */
  last(tenantId: string, conversationKey: string, personId: string): Promise<Change | undefined>;
  /** False when it was taken back already. */
  takeBack(id: string): Promise<boolean>;
}
