import { z } from 'zod';
import { defineAction, Filled, Id, TypedDuration } from '../../chat/define-action.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { readerOf } from '../../chat/turn.ts';
import { requireDuration } from '../../chat/typed-time.ts';
import { asAppError, refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { explain } from '../../ui/explanations/explain.ts';
import { Origin } from '../fleet/domain/list.ts';
import { createdCard } from './cards/created.ts';
import { removedCard } from './cards/deleted.ts';
import { renameCard } from './cards/rename.ts';
import { createAgent, draftFrom } from './create.ts';
import { removeAgent } from './delete.ts';
import { longestName } from './parse.ts';
import { changeSessions } from './pause-resume.ts';
import type { ChangePorts as Ports } from './ports.ts';
import { reconnectAgent } from './reconnect.ts';
import { renameAgent } from './rename.ts';
import {
  confirmRemoval,
  creationForm,
  outcomeReply,
  sharedCard,
  staysForOthers,
  tracedHere,
} from './replies.ts';
import { takeBack } from './undo.ts';

const AgentData = z.object({ agent: Id, list: Origin.optional() });
const SessionData = AgentData.extend({ session: Id });

/** How a pause ends by itself: at a moment in ms since 1970, or so long after the press. */
const ends = {
  until: z.coerce.number().int().positive().optional(),
  for: TypedDuration.optional(),
};
const PauseData = AgentData.extend(ends);
const PauseSessionData = SessionData.extend(ends);

/** One that is too long is refused in words where it is read: it is no forgery. */
const TypedName = z.string();

/** Without a name it opens the form. */
const RenameData = AgentData.extend({ name: TypedName.optional() });

/** Without a token it asks for confirmation. */
const DeleteData = AgentData.extend({
  token: Id.optional(),
  uninstall: z.enum(['true', 'false']).default('false'),
});

/** Without a token it opens the form. Forms that were opened by an older version have an interval, in ms. */
const CreateData = z.object({
  token: Id.optional(),
  name: TypedName.optional(),
  kind: z.enum(['agent', 'template']).default('agent'),
  /** The addresses that were ticked, with commas between. */
  known: z.string().max(4000).optional(),
  target1: Filled,
  seconds1: Filled,
  interval1: Filled,
  configuration1: Filled,
  target2: Filled,
  seconds2: Filled,
  interval2: Filled,
  configuration2: Filled,
  target3: Filled,
  seconds3: Filled,
  interval3: Filled,
  configuration3: Filled,
});

const UndoData = z.object({ change: Id });

declare module '../../ui/action.ts' {
  interface Verbs {
    'agent.pause': z.infer<typeof PauseData>;
    'agent.resume': z.infer<typeof AgentData>;
    'session.pause': z.infer<typeof PauseSessionData>;
    'session.resume': z.infer<typeof SessionData>;
    'agent.rename': z.infer<typeof RenameData>;
    'agent.reconnect': z.infer<typeof AgentData>;
    'agent.delete': z.infer<typeof DeleteData>;
    'agent.create': z.infer<typeof CreateData>;
    'change.undo': z.infer<typeof UndoData>;
  }
}

const notAccepted = 'PingPlotter did not accept this. Check the targets and ids.';

const create = defineAction('agent.create', {
  data: CreateData,
  role: 'admin',
  title: 'Creating',
  run: async (ports: Ports, turn, form) => {
    if (form.token === undefined) return reply(await creationForm(ports, turn));
    try {
      const draft = draftFrom(form, await tracedHere(ports, turn));
      const agent = await createAgent(ports)(turn.scope, form.token, draft);
      const reader = readerOf(turn.scope, ports.clock);
      const details = { targets: draft.targets.length, by: turn.scope.person.name, at: reader.now };
      const draw = () => createdCard({ agent, ...details }, reader);
      const auditedChange = { agentId: agent.id, agentName: agent.name, after: 'created' };
      return await changeReply(auditedChange, draw, reader.kind === 'personal' ? undefined : draw);
    } catch (error) {
      const { code, detail } = asAppError(error);
      if (code !== 'bad-input' && code !== 'rejected') throw error;
      const problem = detail.reason === undefined ? notAccepted : explain(detail.reason);
      const values = { ...form, ...optional('name', form.name?.slice(0, longestName)) };
      const again = reply(await creationForm(ports, turn, values, problem));
      if (code === 'bad-input') return again;
      return { ...again, auditedChange: { result: code, ...optional('status', detail.status) } };
    }
  },
});

const remove = defineAction('agent.delete', {
  data: DeleteData,
  role: 'admin',
  title: 'Deleting',
  run: async (ports: Ports, turn, { agent, token, uninstall, list }) => {
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
    const details = { name, at, by: turn.scope.person.name, uninstall: wanted.uninstall };
    const after = wanted.uninstall ? 'deleted, with uninstall' : 'deleted';
    const auditedChange = { agentId: agent, agentName: name, after };
    return changeReply(
      auditedChange,
      () => removedCard({ ...details, ...optional('list', list) }, reader),
      staysForOthers(reader.kind, list)
        ? undefined
        : () => sharedCard(ports, turn, list, removedCard(details, reader)),
    );
  },
});

const rename = defineAction('agent.rename', {
  data: RenameData,
  role: 'operator',
  title: 'Renaming',
  run: async (ports: Ports, turn, { agent, name, list }) => {
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
});

const pauseAgent = defineAction('agent.pause', {
  data: PauseData,
  role: 'operator',
  title: 'Pausing',
  run: async (ports: Ports, turn, { agent, list, ...data }) => {
    const change = { agent, action: 'pause', ...ending(data, ports.clock.now()) } as const;
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, change), list);
  },
});

const resumeAgent = defineAction('agent.resume', {
  data: AgentData,
  role: 'operator',
  title: 'Resuming',
  run: async (ports: Ports, turn, { agent, list }) => {
    const change = { agent, action: 'resume' } as const;
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, change), list);
  },
});

const pauseSession = defineAction('session.pause', {
  data: PauseSessionData,
  role: 'operator',
  title: 'Pausing',
  run: async (ports: Ports, turn, { agent, session, list, ...data }) => {
    const change = { agent, session, action: 'pause', ...ending(data, ports.clock.now()) } as const;
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, change), list);
  },
});

const resumeSession = defineAction('session.resume', {
  data: SessionData,
  role: 'operator',
  title: 'Resuming',
  run: async (ports: Ports, turn, { agent, session, list }) => {
    const change = { agent, session, action: 'resume' } as const;
    return outcomeReply(ports, turn, await changeSessions(ports)(turn.scope, change), list);
  },
});

const reconnect = defineAction('agent.reconnect', {
  data: AgentData,
  role: 'operator',
  title: 'Reconnecting',
  run: async (ports: Ports, turn, { agent, list }) =>
    outcomeReply(ports, turn, await reconnectAgent(ports)(turn.scope, agent), list),
});

const undo = defineAction('change.undo', {
  data: UndoData,
  role: 'operator',
  title: 'Taking back',
  run: async (ports: Ports, turn, { change }) =>
    outcomeReply(ports, turn, await takeBack(ports)(turn.scope, change)),
});

/** A card that asked which one to take may be pressed long after: a span begins at the press, a moment may be past. */
const ending = (
  data: { readonly until?: number | undefined; readonly for?: string | undefined },
  now: number,
): { readonly until?: number } => {
  if (data.for !== undefined) return { until: now + requireDuration(data.for) };
  const { until } = data;
  if (until !== undefined && until <= now) throw refusal('expired', 'pause.end-past');
  return optional('until', until);
};

export const changeActions = {
  'agent.pause': pauseAgent,
  'agent.resume': resumeAgent,
  'session.pause': pauseSession,
  'session.resume': resumeSession,
  'agent.rename': rename,
  'agent.reconnect': reconnect,
  'agent.delete': remove,
  'agent.create': create,
  'change.undo': undo,
};
