import { z } from 'zod';
import type { AgentId, SessionId } from '../../../platform/agent.ts';
import { groupBy } from '../../../shared/grouped.ts';

/** A change that the bot made itself, whose consequences are no news until then. */
export const OwnChange = z
  .object({
    agent: z.string(),
    /** Absent = all sessions of the agent. */
    session: z.string().exactOptional(),
    kind: z.enum(['pause', 'resume', 'reconnect', 'delete', 'rename']),
    /** ms since 1970 */
    until: z.number(),
    /** When it was noted, in ms since 1970. */
    at: z.number().exactOptional(),
    /** The name of the person whose act it was; absent = the bot's own, as of a timed resume. */
    by: z.string().exactOptional(),
    /** With 'rename': the new name. */
    name: z.string().exactOptional(),
  })
  .readonly();
export type OwnChange = z.infer<typeof OwnChange>;

/** Long enough for a reconnect and two polls after it, short enough that people soon hear of a failed one. */
export const ownChangeLifetimeMs = (pollSeconds: number): number =>
  Math.max(2 * 60_000, 2 * pollSeconds * 1000);

/** So long they say whose act a change was, in ms: two polls, however far apart they are. */
export const ownChangeRememberedMs = 2 * 60 * 60_000;

/** What a bad observation is about; without a session it is about being offline. */
export interface ExpectedSubject {
  readonly agent: AgentId;
  readonly session?: SessionId;
}

/** Grouped once a poll: after a change of 10,000 agents, nobody reads all of them for each session. */
export type OwnChangesByAgent = ReadonlyMap<AgentId, readonly OwnChange[]>;

export const ownChangesByAgent = (ownChanges: readonly OwnChange[]): OwnChangesByAgent =>
  groupBy(ownChanges, ({ agent }) => agent);

/**
 * Whether the bot's own doing explains a bad observation now. Good ones always count, and what is
 * still bad when that time is over is raised then: nothing is lost.
 */
export const isOwnChange = (
  ownChanges: OwnChangesByAgent,
  { agent, session }: ExpectedSubject,
  now: number,
): boolean =>
  (ownChanges.get(agent) ?? []).some(
    (one) =>
      one.kind !== 'rename' &&
      now < one.until &&
      (session === undefined
        ? one.kind === 'reconnect' || one.kind === 'delete'
        : one.session === undefined || one.session === session),
  );
