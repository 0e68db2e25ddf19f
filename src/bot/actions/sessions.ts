import { AppError } from '../../core/errors.ts';
import { durationMeant } from '../../core/moment.ts';
import { optional } from '../../core/optional.ts';
import type { SessionAction } from '../../core/ports.ts';
import { changeSessions } from '../../use-cases/change-sessions.ts';
import { outcomeReply } from '../answers.ts';
import type { CardAction } from './action.ts';

export const changeAll = (
  action: SessionAction,
): CardAction<'agent.pause'> & CardAction<'agent.resume'> => ({
  role: 'operator',
  run: async (ports, turn, { agent, list, ...data }) => {
    const change = { agent, action, ...ending(data, ports.clock.now()) };
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, change), list);
  },
});

export const changeOne = (
  action: SessionAction,
): CardAction<'session.pause'> & CardAction<'session.resume'> => ({
  role: 'operator',
  run: async (ports, turn, { agent, session, list, ...data }) => {
    const change = { agent, session, action, ...ending(data, ports.clock.now()) };
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, change), list);
  },
});

/** A card that asked which one is meant may be pressed long after: a span begins at the press, a moment may be past. */
const ending = (
  data: { readonly until?: number | undefined; readonly for?: string | undefined },
  now: number,
): { readonly until?: number } => {
  if (data.for !== undefined) return { until: now + durationMeant(data.for) };
  const { until } = data;
  if (until !== undefined && until <= now)
    throw new AppError('expired', 'the end of the pause is past', {
      explanation: 'The pause on this card would have ended already, so nothing was done.',
    });
  return optional('until', until);
};
