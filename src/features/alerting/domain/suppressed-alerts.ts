import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';
import type { Silence } from '../../silence/domain/silence.ts';
import { SuppressedBy, type SuppressedMessage } from '../../silence/domain/suppressed.ts';
import type { AlertPlace } from './alert-changes.ts';
import { AlertDetail, isOpen } from './alert-detail.ts';
import { type AgentNow, type Transition, transition } from './transition.ts';

/** What is stored of a suppressed alert. */
export const SuppressedDetail = z
  .object({
    /** What holds it back, or held it back last. */
    why: SuppressedBy,
    /** As the alert would be if nothing were suppressed. Absent = it would be over. */
    detail: AlertDetail.exactOptional(),
  })
  .readonly();
export type SuppressedDetail = z.infer<typeof SuppressedDetail>;

/** An alert as it would be without silences, where that differs from what people were sent. */
export interface SuppressedAlert extends SuppressedDetail {
  readonly place: AlertPlace;
}

export interface SuppressedChanges {
  /** All of them, by placeKey. */
  readonly alerts: ReadonlyMap<string, SuppressedAlert>;
  readonly saved: readonly SuppressedAlert[];
  readonly forgotten: readonly AlertPlace[];
  readonly messages: readonly SuppressedMessage[];
}

interface SuppressedFacts {
  readonly place: AlertPlace;
  readonly alert: AlertDetail | undefined;
  /** With all problems, those that are suppressed too. */
  readonly agent: AgentNow;
  readonly silence: Silence | undefined;
  /** What happens to the alert itself. */
  readonly next: Transition | undefined;
}

/** Follows each alert as if nothing were suppressed, so that each message that would be sent counts once. */
export const followSuppressed = (before: ReadonlyMap<string, SuppressedAlert>) => {
  const alerts = new Map(before);
  const saved: SuppressedAlert[] = [];
  const forgotten: AlertPlace[] = [];
  const messages: SuppressedMessage[] = [];
  const follow = (key: string, facts: SuppressedFacts): void => {
    const { place, agent } = facts;
    const known = before.get(key);
    // Nobody can say what would be sent of an agent that has not been read yet.
    if (agent.view === undefined && agent.problems.length > 0) return;
    const { after, message } = stepSuppressed(known, facts);
    if (message !== undefined) messages.push(message);
    if (after === undefined) {
      if (alerts.delete(key)) forgotten.push(place);
    } else if (after !== known) {
      alerts.set(key, after);
      saved.push(after);
    }
  };
  return { follow, changes: (): SuppressedChanges => ({ alerts, saved, forgotten, messages }) };
};

interface Step {
  /** Undefined where nothing differs any more. */
  readonly after?: SuppressedAlert | undefined;
  readonly message?: SuppressedMessage | undefined;
}

const stepSuppressed = (
  before: SuppressedAlert | undefined,
  { place, alert, agent, silence, next }: SuppressedFacts,
): Step => {
  const isUnsteady = agent.problems.some((problem) => problem.isUnsteady);
  const isUntold = alert === undefined && next === undefined;
  const isDoubted = before !== undefined && isUntold && agent.problems.length > 0;
  const holds = silence !== undefined || isUnsteady || isDoubted;
  if (!holds && before === undefined) return {};
  const why = silence?.why ?? (isUnsteady ? 'flapping' : before?.why) ?? 'flapping';
  const was = before === undefined ? openOnly(alert) : before.detail;
  const problems = agent.problems.filter(({ isOver }) => !isOver);
  const free = transition(was, { ...agent, problems, silent: false });
  const closes = free?.kind === 'resolve' || free?.kind === 'drop' || free?.kind === 'announce';
  const detail = free === undefined ? was : closes ? undefined : free.detail;
  const message = messageOf(free, place, why, agent.now);
  const isSuppressed = message !== undefined && !isMessage(next);
  const result = isSuppressed ? { message } : {};
  if (!holds) return result;
  // What was sent before the hours were known goes on below them: its beginning is not held back.
  const isWithdrawn = next?.detail.state === 'usual';
  if (
    before === undefined &&
    !isSuppressed &&
    !isWithdrawn &&
    (!isUnsteady || detail !== undefined)
  )
    return result;
  const isSame = before?.why === why && free === undefined;
  return { ...result, after: isSame ? before : { place, why, ...optional('detail', detail) } };
};

/** One whose end is still to be sent is over. */
const openOnly = (alert: AlertDetail | undefined): AlertDetail | undefined =>
  alert !== undefined && isOpen(alert) ? alert : undefined;

const isMessage = (next: Transition | undefined): boolean =>
  next?.kind === 'announce' || whatOf(next) !== undefined;

const whatOf = (next: Transition | undefined): SuppressedMessage['what'] | undefined => {
  if (next?.kind === 'raise') return 'begin';
  if (next?.kind === 'worsen') return 'worse';
  return next?.kind === 'resolve' ? 'end' : undefined;
};

const messageOf = (
  free: Transition | undefined,
  { account, conversationKey, agentId }: AlertPlace,
  why: SuppressedBy,
  at: number,
): SuppressedMessage | undefined => {
  const what = whatOf(free);
  if (free === undefined || what === undefined) return undefined;
  const { agentName } = free.detail;
  return { account, conversationKey, agentId, agentName, what, why, at };
};
