import type { Scope } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import type { Absence } from './domain/absence.ts';
import type { Learned } from './domain/usual-hours.ts';
import type { TypedMaintenance } from './parse.ts';
import type { HoursOfAgent, MaintenanceWindow, Mute } from './store.ts';

/** The silences of one conversation. */
export interface SilencesHere {
  /** The mutes that are active now, the first to end first. */
  mutes(scope: Scope): Promise<readonly Mute[]>;
  /** The maintenance windows that are not over, the first to begin first. */
  maintenance(scope: Scope): Promise<readonly MaintenanceWindow[]>;
}

export interface SilenceEditor extends SilencesHere {
  /** '' = all agents. A mute that is active already gets the new end, be it earlier or later. */
  mute(
    scope: Scope,
    agents: readonly (AgentId | '')[],
    ms: number,
  ): Promise<{ readonly until: number }>;
  /** False if there was no mute. */
  unmute(scope: Scope, agent: AgentId): Promise<boolean>;
  /** Ends all mutes of this conversation, and returns those that it ended. */
  unmuteAll(scope: Scope): Promise<readonly Mute[]>;
  /** Throws 'bad-input' for a filter that cannot be read. */
  planMaintenance(scope: Scope, planned: TypedMaintenance): Promise<MaintenanceWindow>;
  /** Ends these windows of this conversation, and returns those that it ended. */
  endMaintenance(scope: Scope, ids: readonly string[]): Promise<readonly MaintenanceWindow[]>;
}

/** '' = all agents. A window counts by its hours of the day. */
export type PlannedSilence =
  | { readonly agent: AgentId | '' }
  | Pick<MaintenanceWindow, 'filter' | 'from' | 'until'>;

/** The alerts that began in this conversation in the last seven days while a silence would have hidden them. */
export interface Hidden {
  readonly alerts: number;
  readonly agents: number;
  /** So many are open as a short window begins: at the same hours of the days before, none of them may have begun. */
  readonly open?: number;
  /** Since when something has been watched here, ms since 1970, if that is less than seven days. */
  readonly since?: number;
}

/** Port: what a silence would have hidden. */
export interface SilencePreviewer {
  /** Undefined if nothing is watched here, or nobody can tell now, which must not prevent a silence. */
  hidden(scope: Scope, planned: PlannedSilence): Promise<Hidden | undefined>;
}

/** Port: updates the alert cards of these agents, so that everybody there sees the mute. */
export interface AlertCards<Collections> {
  refresh(
    tx: Collections,
    scope: Scope,
    agents: readonly (AgentId | '')[],
    now: number,
  ): Promise<void>;
}

/** The hours of the agents of one account, as one time zone counts them. */
export interface HoursHere {
  readonly timeZone: string;
  setFor(agent: AgentId): HoursOfAgent | undefined;
  learned(agent: AgentId): Learned;
  /** Since when the hours of this agent are known, in ms since 1970; learned ones to within half a day. */
  knownFrom(agent: AgentId): number | undefined;
  /** Of an agent that is offline since then. Undefined where nothing is known, or every absence counts. */
  absence(agent: AgentId, since: number, now: number): Absence | undefined;
}

/** Learned once a day for each time zone, and never in the middle of a poll's transaction. */
export interface UsualHours {
  /** An empty zone counts as UTC. */
  in(account: string, timeZone: string): Promise<HoursHere>;
}
