import type { SessionId, SessionState } from '../../../platform/agent.ts';
import type { Before, BulkAct, BulkJob, BulkMember } from './job.ts';

/** An agent as it is right before its change. */
export interface MemberNow {
  readonly name: string;
  readonly online: boolean;
  readonly sessions: readonly {
    readonly id: SessionId;
    readonly name: string;
    readonly state: SessionState;
  }[];
}

/** Why an agent of the filter is not changed. */
export type LeftOut =
  | 'paused-already'
  | 'not-paused'
  | 'offline'
  | 'has-name'
  | 'renamed-since'
  | 'pause-over'
  | 'gone';

export const isPausedWhole = ({ sessions }: Pick<MemberNow, 'sessions'>): boolean =>
  sessions.length > 0 && sessions.every(({ state }) => state === 'paused');

/** Whether there may be something to resume: a target of which nothing is known may be paused. */
export const mayBePaused = ({ sessions }: Pick<MemberNow, 'sessions'>): boolean =>
  sessions.some(({ state }) => state === 'paused' || state === 'unknown');

/** Why the act would change nothing of this agent, or cannot; undefined = it is to be done. */
export const leftOutBy = (
  act: BulkAct,
  now: MemberNow,
  { to, uninstall = false }: { readonly to?: string; readonly uninstall?: boolean } = {},
): LeftOut | undefined => {
  switch (act) {
    case 'pause':
      return isPausedWhole(now) ? 'paused-already' : undefined;
    case 'resume':
      return mayBePaused(now) ? undefined : 'not-paused';
    case 'reconnect':
      return now.online ? undefined : 'offline';
    case 'rename':
      return now.name === to ? 'has-name' : undefined;
    case 'delete':
      return uninstall && !now.online ? 'offline' : undefined;
    default:
      return act satisfies never;
  }
};

/** A call of PingPlotter that may be made again without harm, but for a reconnect. */
export type BulkCall =
  | { readonly call: 'sessions'; readonly action: 'pause' | 'resume' }
  | { readonly call: 'session'; readonly session: SessionId; readonly action: 'pause' | 'resume' }
  | { readonly call: 'rename'; readonly name: string }
  | { readonly call: 'reconnect' }
  | { readonly call: 'delete'; readonly uninstall: boolean };

/** What is to be done to one agent: calls, or why none. */
export type Step =
  | { readonly calls: readonly [BulkCall, ...BulkCall[]] }
  | { readonly leftOut: LeftOut };

type Facts = Pick<BulkJob, 'act' | 'undoes' | 'uninstall'>;

/** What the job has to do to this agent as it is now; undefined = PingPlotter does not know it any more. */
export const nextStep = (
  job: Facts,
  member: Pick<BulkMember, 'from' | 'to' | 'before'>,
  now: MemberNow | undefined,
  at: number,
): Step => {
  if (now === undefined) return { leftOut: 'gone' };
  if (job.undoes !== undefined) return stepBack(job.act, member, now, at);
  const { from, to } = member;
  const { uninstall = false } = job;
  const leftOut = leftOutBy(job.act, now, { uninstall, ...(to === undefined ? {} : { to }) });
  if (leftOut !== undefined) return { leftOut };
  switch (job.act) {
    case 'pause':
    case 'resume':
      return { calls: [{ call: 'sessions', action: job.act }] };
    case 'reconnect':
      return { calls: [{ call: 'reconnect' }] };
    case 'rename':
      // The preview showed what becomes of that very name.
      return from === now.name ? renameTo(to) : { leftOut: 'renamed-since' };
    case 'delete':
      return { calls: [{ call: 'delete', uninstall }] };
    default:
      return job.act satisfies never;
  }
};

const renameTo = (name: string | undefined): Step =>
  name === undefined ? { leftOut: 'gone' } : { calls: [{ call: 'rename', name }] };

const stepBack = (
  act: BulkAct,
  { to, before }: Pick<BulkMember, 'to' | 'before'>,
  now: MemberNow,
  at: number,
): Step => {
  if (before === undefined) return { leftOut: 'gone' };
  if (act === 'rename') {
    if (now.name === before.name) return { leftOut: 'has-name' };
    return now.name === to ? renameTo(before.name) : { leftOut: 'renamed-since' };
  }
  const action = act === 'pause' ? 'resume' : 'pause';
  const wanted = sessionsBack(act, before, at);
  if (wanted.length === 0 && before.sessions.length > 0) return { leftOut: 'pause-over' };
  const left = wanted.filter(({ id }) => isOtherwise(now, id, action));
  const whole = before.all && left.length === now.sessions.length;
  const [first, ...others] = left.map(({ id }) => oneSession(id, action));
  if (first === undefined)
    return { leftOut: action === 'resume' ? 'not-paused' : 'paused-already' };
  return { calls: whole ? [{ call: 'sessions', action }] : [first, ...others] };
};

const oneSession = (session: SessionId, action: 'pause' | 'resume'): BulkCall => ({
  call: 'session',
  session,
  action,
});

/** The sessions to set back: a pause that would be over by now is not begun again. */
export const sessionsBack = (
  act: BulkAct,
  { sessions, ends }: Pick<Before, 'sessions' | 'ends'>,
  at: number,
): Before['sessions'] => {
  if (act === 'pause') return sessions;
  const over = new Set(ends.filter(({ dueAt }) => dueAt <= at).flatMap((end) => end.sessions));
  return sessions.filter(({ id }) => !over.has(id));
};

const isOtherwise = (now: MemberNow, id: SessionId, action: 'pause' | 'resume'): boolean => {
  const session = now.sessions.find((one) => one.id === id);
  if (session === undefined) return false;
  return session.state !== (action === 'pause' ? 'paused' : 'active');
};

/**
 * What an agent that is read again after a lost answer says: the change can be seen, or is to be made again, or cannot be
 * made any more.
 */
export const afterDoubt = (job: Facts, step: Step): 'seen' | 'unseen' | LeftOut => {
  if ('calls' in step) return 'unseen';
  const { leftOut } = step;
  if (leftOut === 'gone')
    return job.act === 'delete' && job.undoes === undefined ? 'seen' : leftOut;
  return reached.has(leftOut) ? 'seen' : leftOut;
};

/** As it was to be. */
const reached: ReadonlySet<LeftOut> = new Set(['paused-already', 'not-paused', 'has-name']);
