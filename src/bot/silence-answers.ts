import { silenceCard } from '../cards/silence.ts';
import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Card } from '../core/turn.ts';
import { mute, unmute } from '../use-cases/mute.ts';
import { type BotPorts, readerOf, type Turn } from './turn.ts';

interface Muted {
  readonly id: string;
  readonly name: string;
}

/** Mutes an agent, or all when none is named. */
export const muteAnswer = async (
  ports: BotPorts,
  { scope }: Turn,
  agent: Muted | undefined,
  ms: number,
): Promise<Card> => {
  const { until } = await mute(ports)(scope, agent?.id ?? '', ms);
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  return silenceCard({ what: 'muted', until, ...by, ...optional('agent', agent) }, reader);
};

/** Ends a mute. Throws 'changed' when there was none. */
export const unmuteAnswer = async (
  ports: BotPorts,
  { scope }: Turn,
  agent: Muted | undefined,
): Promise<Card> => {
  if (!(await unmute(ports)(scope, agent?.id ?? '')))
    throw new AppError('changed', 'not muted', {
      explanation: `${agent === undefined ? '“mute all”' : `“${agent.name}”`} does not hold here. Type “watches” to see what is muted.`,
    });
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  return silenceCard({ what: 'unmuted', ...by, ...optional('agent', agent) }, reader);
};
