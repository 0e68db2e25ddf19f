import { z } from 'zod';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Conversation } from '../../platform/conversation.ts';
import { defineNotice } from '../../platform/notice.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { type ForgottenPauses, forgottenPausesCard } from './cards/forgotten-pauses.ts';

const ForgottenPausePayload = z
  .object({
    kind: z.literal('forgotten-pause'),
    /** Who paused. */
    by: z.string(),
    pauses: z
      .array(z.object({ agent: z.string(), session: z.string(), at: z.number() }).readonly())
      .readonly(),
  })
  .readonly();
type ForgottenPausePayload = z.infer<typeof ForgottenPausePayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    'forgotten-pause': ForgottenPausePayload;
  }
}

interface Ports {
  readonly fleets: Pick<FleetReader, 'last' | 'read'>;
}

/** Since when each target is paused by the bot, by agent and session. */
export const pausedNow = (
  agents: readonly AgentView[],
): ReadonlyMap<AgentId, ReadonlyMap<SessionId, number>> =>
  new Map(
    agents.map(({ agent, sessions }) => [
      agent.id,
      new Map(
        sessions.flatMap(({ id, state, pausedBy }) =>
          state === 'paused' && pausedBy !== undefined ? [[id, pausedBy.at] as const] : [],
        ),
      ),
    ]),
  );

/** Nothing where all of it was resumed meanwhile. */
const load = async (
  { fleets }: Ports,
  { by, pauses }: ForgottenPausePayload,
  { account }: Conversation,
): Promise<ForgottenPauses | undefined> => {
  const { agents } = fleets.last(account) ?? (await fleets.read(account));
  const named = new Set(pauses.map(({ agent }) => agent));
  const views = agents.filter(({ agent }) => named.has(agent.id));
  const paused = pausedNow(views);
  const left = pauses.filter(({ agent, session, at }) => paused.get(agent)?.get(session) === at);
  const shown = views.flatMap((view) => {
    const own = left.filter(({ agent }) => agent === view.agent.id);
    const sessions = view.sessions.filter(({ id }) => own.some(({ session }) => session === id));
    return own.length === 0
      ? []
      : [
          {
            agent: view.agent,
            targets:
              sessions.length === view.sessions.length ? [] : sessions.map(({ name }) => name),
            at: Math.min(...own.map(({ at }) => at)),
          },
        ];
  });
  return shown.length === 0
    ? undefined
    : { by, agents: shown.toSorted((one, other) => one.at - other.at) };
};

export const forgottenNotices = {
  'forgotten-pause': defineNotice('forgotten-pause', {
    payload: ForgottenPausePayload,
    load,
    view: (model, reader) => ({ card: forgottenPausesCard(model, reader) }),
  }),
};
