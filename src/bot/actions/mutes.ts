import { durationMeant } from '../../core/moment.ts';
import { muteReply, unmuteReply } from '../silence-answers.ts';
import type { BotPorts, Turn } from '../turn.ts';
import type { CardAction } from './action.ts';

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
