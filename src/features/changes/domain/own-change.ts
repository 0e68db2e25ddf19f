import { z } from 'zod';
import type { AgentId, SessionId } from '../../../platform/agent.ts';

/** A change that the bot made itself, whose consequences are no news until then. */
export const OwnChange = z
  .object({
    agent: z.string(),
    /** Absent = all sessions of the agent. */
    session: z.string().exactOptional(),
    kind: z.enum(['pause', 'resume', 'reconnect', 'delete']),
    /** ms since 1970 */
    until: z.number(),
  })
  .readonly();
export type OwnChange = z.infer<typeof OwnChange>;

/** Long enough for a reconnect and two polls after it, short enough that people soon hear of a failed one. */
export const ownChangeLifetimeMs = (pollSeconds: number): number =>
  Math.max(2 * 60_000, 2 * pollSeconds * 1000);

/** What a bad observation is about; without a session it is about being offline. */
export interface ExpectedSubject {
  readonly agent: AgentId;
  readonly session?: SessionId;
}

/**
 * Whether the bot's own doing explains a bad observation now. Good ones always count, and what is
 * still bad when that time is over is raised then: nothing is lost.
 */
export const isOwnChange = (
  ownChanges: readonly OwnChange[],
  { agent, session }: ExpectedSubject,
  now: number,
): boolean =>
  ownChanges.some(
    (one) =>
      one.agent === agent &&
      now < one.until &&
      (session === undefined
        ? one.kind === 'reconnect' || one.kind === 'delete'
        : one.session === undefined || one.session === session),
  );
