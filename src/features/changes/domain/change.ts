import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { Actor } from '../../../platform/conversation.ts';
import type { AuditedChange } from '../../../platform/errors.ts';
import { optional } from '../../../shared/optional.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';

/** A change of an agent, as the audit log has it. */
export const auditedChangeOf = ({ view, done, warning }: AgentChange): AuditedChange => ({
  agentId: view.agent.id,
  agentName: done.what === 'renamed' ? done.before : view.agent.name,
  ...changeOf(done),
  ...optional('detail', warning),
});

const changeOf = (done: ChangeResult): Pick<AuditedChange, 'before' | 'after'> => {
  switch (done.what) {
    case 'paused':
    case 'resumed': {
      const before = done.what === 'paused' ? 'active' : 'paused';
      return { before, after: `${done.what}: ${done.all ? 'all' : done.sessions.join(', ')}` };
    }
    case 'renamed':
      return { before: done.before, after: done.after };
    case 'reconnected':
      return { after: 'reconnected' };
    case 'taken-back':
      return { after: `${done.of} taken back` };
    default:
      return done satisfies never;
  }
};

/** What a person changed, recorded so that it can be shown and taken back. */
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
      /** The timed resumes that it cancelled: taken back, the pauses end as they would have. */
      readonly ends?: readonly PauseEnd[];
    }
);

/** When a pause of these sessions would have ended by itself. */
export interface PauseEnd {
  readonly conversationKey: string;
  readonly sessions: readonly SessionId[];
  /** ms since 1970 */
  readonly dueAt: number;
  /** Who set it. */
  readonly by: Actor;
}

/** The result of an action, for the one line that a card shows about it. */
export type ChangeResult = {
  /** Who changed it. */
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
  /** Id of the change that an Undo button takes back. */
  readonly undo?: string;
} & (
  | {
      readonly what: 'paused' | 'resumed';
      readonly sessions: readonly string[];
      readonly all: boolean;
    }
  | { readonly what: 'renamed'; readonly before: string; readonly after: string }
  | { readonly what: 'reconnected' }
  | { readonly what: 'taken-back'; readonly of: 'rename' | 'pause' | 'resume' }
);

/** What an agent looks like after a change, and what was done. */
export interface AgentChange {
  readonly view: AgentView;
  readonly done: ChangeResult;
  /** What the person should know besides: a part that failed, a state that could not be read. */
  readonly warning?: string;
}
