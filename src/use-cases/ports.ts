import type { ChangeLog } from '../core/change.ts';
import type { Confirmations } from '../core/confirmation.ts';
import type { Expectations } from '../core/expectation-store.ts';
import type { MonitorView } from '../core/monitor-view.ts';
import type { Clock, Logger, PingPlotter, Roster } from '../core/ports.ts';
import type { SessionMemory } from '../core/session-memory.ts';
import type { Store } from '../core/store.ts';
import type { AgentReader } from './agent-reader.ts';
import type { FleetReader } from './fleet-reader.ts';
import type { Roles } from './roles.ts';

/** Everything that a use-case may ask for; each names the part it needs. */
export interface UseCasePorts {
  readonly pingPlotter: (account: string) => PingPlotter;
  readonly sessions: SessionMemory;
  readonly confirmations: Confirmations;
  readonly changes: ChangeLog;
  readonly expectations: Expectations;
  readonly store: Store;
  readonly monitor: MonitorView;
  readonly roster: Roster;
  readonly roles: Roles;
  readonly fleets: FleetReader;
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  readonly pollSeconds: number;
}

/** The ports by name, and of the store only these collections. */
export type Needs<
  Port extends Exclude<keyof UseCasePorts, 'store'>,
  Kept extends keyof Store,
> = Pick<UseCasePorts, Port> & { readonly store: Pick<Store, Kept> };
