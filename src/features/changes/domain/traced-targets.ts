import type { AgentView } from '../../fleet/domain/agent-view.ts';

/** What agents trace, by its address. */
export interface TracedTarget {
  readonly address: string;
  readonly name: string;
  /** How many agents trace it. */
  readonly agents: number;
}

/** A form sends the ones that are ticked with commas between. */
const tickable = /^[^\s,]{1,255}$/u;

/** As much of an agent as tells what it traces. */
interface Tracing {
  readonly agent: Pick<AgentView['agent'], 'template'>;
  readonly sessions: readonly Pick<AgentView['sessions'][number], 'address' | 'name'>[];
}

/** What the agents of a fleet trace, what most of them do first. */
export const tracedTargets = (agents: readonly Tracing[]): readonly TracedTarget[] => {
  const found = new Map<string, TracedTarget>();
  for (const { agent, sessions } of agents) {
    if (agent.template) continue;
    const own = new Map(sessions.map((session) => [addressOf(session), session.name]));
    for (const [address, name] of own) {
      if (address === undefined || !tickable.test(address)) continue;
      const known = found.get(address);
      found.set(address, { address, name: known?.name ?? name, agents: (known?.agents ?? 0) + 1 });
    }
  }
  return [...found.values()].sort(
    (one, other) => other.agents - one.agents || (one.address < other.address ? -1 : 1),
  );
};

/** A target that is called by its host name is traced by that, wherever it leads. */
const hostName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/u;

const addressOf = ({ name, address }: Tracing['sessions'][number]): string | undefined => {
  const called = name.toLowerCase();
  return hostName.test(called) ? called : address?.toLowerCase();
};

/** The ones that were ticked, as PingPlotter takes them: an address, and its name where it has one. */
export const tickedTargets = (
  ticked: string | undefined,
  traced: readonly TracedTarget[],
): readonly string[] =>
  [...new Set((ticked ?? '').split(','))]
    .filter((address) => tickable.test(address))
    .map((address) => {
      const name = traced.find((one) => one.address === address)?.name ?? address;
      return name.toLowerCase() === address ? address : `${address} ${name}`;
    });
