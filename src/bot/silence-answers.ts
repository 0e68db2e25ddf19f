import { silenceCard } from '../cards/silence.ts';
import type { Deed } from '../core/audit-log.ts';
import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Reply } from '../core/turn.ts';
import { formatDuration } from '../core/when.ts';
import { mute, unmute } from '../use-cases/mute.ts';
import { tellDone } from './answers.ts';
import { type BotPorts, readerOf, type Turn } from './turn.ts';

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
