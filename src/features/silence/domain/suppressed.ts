import { z } from 'zod';
import type { AgentId } from '../../../platform/agent.ts';
import type { Conversation } from '../../../platform/conversation.ts';

/** What holds messages back, in the order in which it is named. */
export const SuppressedBy = z.enum(['mute', 'maintenance', 'quiet', 'hours', 'flapping']);
export type SuppressedBy = z.infer<typeof SuppressedBy>;

/** What the message would have been about: an alert, or changes of the fleet. */
export const SuppressedWhat = z.enum(['begin', 'worse', 'end', 'changes']);
export type SuppressedWhat = z.infer<typeof SuppressedWhat>;

/** A message that was not sent when it was due. */
export interface SuppressedMessage extends Conversation {
  readonly agentId: AgentId;
  /** Comes from outside: escape it. */
  readonly agentName: string;
  readonly what: SuppressedWhat;
  readonly why: SuppressedBy;
  /** When it was due, in ms since 1970. */
  readonly at: number;
}

/** How many messages each rule suppressed; a rule that suppressed none is left out. */
export type SuppressedCounts = Readonly<Partial<Record<SuppressedBy, number>>>;

export const totalOf = (counts: SuppressedCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Under this name it is stored since when an account's suppressed messages are counted. */
export const suppressionsDocument = 'suppressions';
export const SuppressionsSince = z.object({ since: z.number() }).readonly();

const dayMs = 24 * 60 * 60_000;
export const suppressedDayMs = dayMs;
export const suppressedWeekMs = 7 * dayMs;
