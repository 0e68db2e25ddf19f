import { fold } from '../../../shared/fold.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { shownReading } from '../../fleet/domain/quality.ts';
import type { SessionView } from '../../fleet/domain/session-view.ts';

export type Reach = 'well' | 'badly';

/** A stale reading or a paused session says nothing about now. */
export const reach = (session: SessionView): Reach | undefined => {
  const word =
    session.stale || session.state !== 'active' ? 'unknown' : shownReading(session)?.word;
  if (word === undefined || word === 'unknown') return undefined;
  return word === 'good' ? 'well' : 'badly';
};

/** The agent's own router or gateway. */
export const isNear = ({ name, address }: SessionView, { agent }: AgentView): boolean =>
  (address !== undefined && address === agent.network?.gateway) || routerName.test(name);

const routerName = /\b(?:router|gateway)\b/iu;

/** A target as agents trace it. Its texts come from outside: escape them. */
export interface TracedTarget {
  readonly name: string;
  readonly address?: string | undefined;
}

/** One target is the same for all agents by its address, or by its name where it has none. */
export const targetKey = ({ name, address }: TracedTarget): string =>
  address === undefined ? fold(name) : `@${address}`;

/** How most of several targets are reached. */
export const allReach = ({
  well,
  badly,
}: {
  readonly well: number;
  readonly badly: number;
}): { readonly far?: Reach } => {
  if (well + badly === 0) return {};
  return { far: badly > well ? 'badly' : 'well' };
};
