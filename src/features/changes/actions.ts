import type { CardAction } from '../../chat/define-action.ts';
import { reply, tellDone } from '../../chat/reply.ts';
import { readerOf } from '../../chat/turn.ts';
import { durationMeant } from '../../chat/typed-time.ts';
import { AppError, asAppError } from '../../platform/errors.ts';
import type { SessionAction } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import { createdCard } from './cards/created.ts';
import { removedCard } from './cards/deleted.ts';
import { renameCard } from './cards/rename.ts';
import { createAgent, draftFrom } from './create.ts';
import { removeAgent } from './delete.ts';
import { changeSessions } from './pause-resume.ts';
import { renameAgent } from './rename.ts';
import { confirmRemoval, creationForm, outcomeReply, sharedCard } from './replies.ts';

export const create: CardAction<'agent.create'> = {
  role: 'admin',
  run: async (ports, turn, form) => {
    if (form.token === undefined) return reply(await creationForm(ports, turn));
    try {
      const draft = draftFrom(form);
      const agent = await createAgent(ports)(turn.scope, form.token, draft);
      const reader = readerOf(turn.scope, ports.clock);
      const told = { targets: draft.targets.length, by: turn.scope.person.name, at: reader.now };
      const draw = () => createdCard({ agent, ...told }, reader);
      const did = { agentId: agent.id, agentName: agent.name, after: 'created' };
      return await tellDone(did, draw, reader.kind === 'personal' ? undefined : draw);
    } catch (error) {
      const { code, detail } = asAppError(error);
      if (code !== 'bad-input' && code !== 'rejected') throw error;
      const problem =
        detail.explanation ?? 'PingPlotter did not accept this. Check the targets and ids.';
      const again = reply(await creationForm(ports, turn, form, problem));
      if (code === 'bad-input') return again;
      return { ...again, did: { result: code, ...optional('status', detail.status) } };
    }
  },
};

export const remove: CardAction<'agent.delete'> = {
  role: 'admin',
  run: async (ports, turn, { agent, token, uninstall, list }) => {
    if (token === undefined) {
      const view = await ports.agents.read(turn.scope.account, agent, turn.signal);
      return reply(await confirmRemoval(ports, turn, view, { list }));
    }
    const wanted = { agent, token, uninstall: uninstall === 'true' };
    const removed = await removeAgent(ports)(turn.scope, wanted);
    if (removed.kind === 'offline') {
      const problem =
        'The agent went offline, so it cannot be uninstalled now and nothing was deleted.';
      return reply(await confirmRemoval(ports, turn, removed.view, { list, problem }));
    }
    const reader = readerOf(turn.scope, ports.clock);
    const { name, at } = removed;
    const told = { name, at, by: turn.scope.person.name, uninstall: wanted.uninstall };
    const after = wanted.uninstall ? 'deleted, with uninstall' : 'deleted';
    const did = { agentId: agent, agentName: name, after };
    return tellDone(
      did,
      () => removedCard({ ...told, ...optional('list', list) }, reader),
      reader.kind === 'personal'
        ? undefined
        : () => sharedCard(ports, turn, list, removedCard(told, reader)),
    );
  },
};

export const rename: CardAction<'agent.rename'> = {
  role: 'operator',
  run: async (ports, turn, { agent, name, list }) => {
    if (name !== undefined && name.trim() !== '')
      return outcomeReply(ports, turn, await renameAgent(ports)(turn.scope, agent, name), list);
    const { agent: now } = await ports.agents.read(turn.scope.account, agent, turn.signal);
    const problem = name === undefined ? undefined : 'A name is needed.';
    return reply(
      renameCard(
        {
          agentId: agent,
          name: now.name,
          value: now.name,
          ...optional('problem', problem),
          ...optional('list', list),
        },
        readerOf(turn.scope, ports.clock),
      ),
    );
  },
};

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
