import type { AgentId } from './agent.ts';
import { noteOf, type Reason, type ReasonName, type Reasons } from './reasons.ts';

/** What a turn changed, or tried to; who, where and when the turn itself knows. */
export interface AuditedChange {
  readonly agentId?: AgentId;
  readonly agentName?: string;
  readonly before?: string;
  readonly after?: string;
  readonly detail?: string;
  /** The HTTP status of PingPlotter's answer, where it refused. */
  readonly status?: number;
  /** Left out = done. */
  readonly result?: ErrorCode;
}

/** What Node or a library calls the error, such as ECONNRESET. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

export type ErrorCode =
  | 'key-wrong' // 401
  | 'permission-missing' // 403
  | 'not-found' // 404
  | 'rejected' // 400, `false`, `null`: PingPlotter said no
  | 'rate-limited' // 429
  | 'unavailable' // 5xx
  | 'timeout'
  | 'unreachable' // refused, reset, no such host
  | 'bad-answer' // HTML, broken JSON, wrong types
  | 'not-confirmed' // a change whose outcome is not known
  | 'bad-input' // what the person typed
  | 'not-allowed' // role
  | 'roster-unreadable'
  | 'expired' // a confirmation or form that is old, used or somebody else's
  | 'changed' // the thing is no longer as the card showed it
  | 'busy'
  | 'store-down' // the bot's own database: down, locked or full
  | 'internal';

/** These pass by themselves; every other refusal of PingPlotter's is final. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'rate-limited',
  'unavailable',
  'timeout',
  'unreachable',
  'bad-answer',
  'not-confirmed',
  'key-wrong',
  'busy',
]);

/** Whether what failed is worth another try later. */
export const passesByItself = (code: ErrorCode): boolean => passing.has(code);

/** What a key must be allowed to do, in PingPlotter's words. */
export type KeyPermission =
  | 'TargetManagement'
  | 'AgentManagement'
  | 'SessionManagement'
  | 'LiveShareManagement';

export interface ErrorDetail {
  /** Its sentence is shown to people, so its facts must hold no secret and no upstream body. The view escapes them. */
  readonly reason?: Reason;
  readonly permission?: KeyPermission;
  /** What the key may not read; PingPlotter names no permission for it. */
  readonly reads?: string;
  /** The proxy on the way made no connection. */
  readonly proxy?: boolean;
  readonly retryAfterMs?: number;
  readonly status?: number;
  /** The call may have reached PingPlotter and taken effect. */
  readonly ambiguous?: boolean;
  /** What came is nothing that the bot's own cards send. */
  readonly forged?: boolean;
  /** The change was made; only its answer failed. */
  readonly auditedChange?: AuditedChange;
  readonly cause?: unknown;
}

/** The only error that crosses a port. `message` is for the log and holds no secret. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: Omit<ErrorDetail, 'cause'>;

  constructor(code: ErrorCode, message: string, { cause, ...detail }: ErrorDetail = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

/** Whatever was thrown, as the one error class; anything unforeseen becomes 'internal'. */
export const asAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('internal', error instanceof Error ? error.message : 'not an error', {
        cause: error,
      });

/** A reason without facts takes none. */
type Facts<R extends ReasonName> = keyof Reasons[R] extends never ? [] : [facts: Reasons[R]];

/** Refuses for a reason; its sentence stands in ui/explanations. */
export const refusal = <R extends ReasonName>(
  code: ErrorCode,
  name: R,
  ...[facts]: Facts<R>
): AppError => new AppError(code, noteOf(name, facts), { reason: { name, facts: facts ?? {} } });
