import type { BotPorts } from '../../app.ts';
import type { CardAction } from '../../chat/define-action.ts';
import { tellDone } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { durationMeant } from '../../chat/typed-time.ts';
import { AppError, type Deed } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { formatDuration } from '../../shared/time.ts';
import { silenceCard } from './cards/silence.ts';
import { mute, unmute } from './silences.ts';

export const muteAgent: CardAction<'agent.mute'> = {
  role: 'operator',
  run: async (ports, turn, { agent, for: span }) => {
    const ms = durationMeant(span);
    const { name } = (await ports.agents.recent(turn.scope.account, agent)).agent;
    return muteReply(ports, turn, { id: agent, name }, ms);
  },
};

export const endMute: CardAction<'mute.end'> = {
  role: 'operator',
  run: async (ports, turn, { agent }) => {
    const named = agent === '' ? undefined : { id: agent, name: lastNameOf(ports, turn, agent) };
    return unmuteReply(ports, turn, named);
  },
};

/** A mute can be ended when PingPlotter does not answer, or no longer knows the agent. */
const lastNameOf = ({ fleets }: BotPorts, { scope }: Turn, id: string): string =>
  fleets.last(scope.account)?.agents.find(({ agent }) => agent.id === id)?.agent.name ?? id;

interface Muted {
  readonly id: string;
  readonly name: string;
}

/** Mutes an agent, or all when none is named. */
export const muteReply = async (
  ports: BotPorts,
  { scope }: Turn,
  agent: Muted | undefined,
  ms: number,
): Promise<Reply> => {
  const { until } = await mute(ports)(scope, agent?.id ?? '', ms);
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  const muted = { what: 'muted', until, ...by, ...optional('agent', agent) } as const;
  const did = { ...deedAbout(agent), after: `muted for ${formatDuration(ms)}` };
  return tellDone(did, () => silenceCard(muted, reader));
};

/** Ends a mute. Throws 'changed' when there was none. */
export const unmuteReply = async (
  ports: BotPorts,
  { scope }: Turn,
  agent: Muted | undefined,
): Promise<Reply> => {
  if (!(await unmute(ports)(scope, agent?.id ?? '')))
    throw new AppError('changed', 'not muted', {
      explanation: `${agent === undefined ? '“mute all”' : `“${agent.name}”`} does not hold here. Type “watches” to see what is muted.`,
    });
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  const unmuted = { what: 'unmuted', ...by, ...optional('agent', agent) } as const;
  const did = { ...deedAbout(agent), after: 'unmuted' };
  return tellDone(did, () => silenceCard(unmuted, reader));
};

const deedAbout = (agent: Muted | undefined): Deed =>
  agent === undefined ? { detail: 'all agents' } : { agentId: agent.id, agentName: agent.name };
