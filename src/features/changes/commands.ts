import {
  hasSeveralLines,
  splitRename,
  usageError,
  withoutEndSigns,
} from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { reply } from '../../chat/reply.ts';
import { type NamedAgent, resolveAgent } from '../../chat/resolve-agent.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { unquoted } from '../../shared/text.ts';
import { tokenize } from '../../shared/tokens.ts';
import { renameCard } from './cards/rename.ts';
import { requireOneAgent } from './pause-commands.ts';
import type { ChangePorts as Ports } from './ports.ts';
import { reconnectAgent } from './reconnect.ts';
import { renameAgent } from './rename.ts';
import { confirmRemoval, creationForm, outcomeReply } from './replies.ts';
import { takeBack } from './undo.ts';

export const create = defineCommand({
  name: 'create',
  aliases: ['new', 'add'],
  group: 'Act',
  usage: 'create [<name>]',
  summary: 'A new agent or template, with its targets; a form opens',
  details: ['create LAX Reception'],
  role: 'admin',
  freeText: true,
  run: async (ports: Ports, turn, rest) =>
    reply(await creationForm(ports, turn, rest.trim() === '' ? {} : { name: unquoted(rest) })),
});

const usage = 'delete <agent>';

export const remove = defineCommand({
  name: 'delete',
  aliases: ['remove'],
  group: 'Act',
  usage,
  summary: 'Delete an agent, after a confirmation; may uninstall it too',
  details: ['delete lax-12', 'Nothing is deleted before you confirm it on the card.'],
  role: 'admin',
  run: async (ports: Ports, turn, rest) => {
    requireOneAgent(rest, usage);
    return resolveAgent(ports, turn, {
      name: rest,
      usage,
      verb: 'agent.delete',
      act: async ({ id }) => {
        const view = await ports.agents.read(turn.scope.account, id, turn.signal);
        return reply(await confirmRemoval(ports, turn, view));
      },
    });
  },
});

const reconnectUsage = 'reconnect <agent>';

export const reconnect = defineCommand({
  name: 'reconnect',
  group: 'Act',
  usage: reconnectUsage,
  summary: 'Make an agent drop its connection and come back',
  details: ['reconnect lax-12'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    requireOneAgent(rest, reconnectUsage);
    return resolveAgent(ports, turn, {
      name: rest,
      usage: reconnectUsage,
      verb: 'agent.reconnect',
      act: async ({ id }) => outcomeReply(ports, turn, await reconnectAgent(ports)(turn.scope, id)),
    });
  },
});

const renameUsage = 'rename <agent> to <new name>';

export const rename = defineCommand({
  name: 'rename',
  group: 'Act',
  usage: renameUsage,
  summary: 'Give an agent a new name',
  details: ['rename lax-12 to LAX Reception', 'Without a new name, a form opens.'],
  role: 'operator',
  freeText: true,
  run: async (ports: Ports, turn, rest) => {
    const { splits, whole } = splitRename(rest);
    const readings = [{ agent: rest, to: undefined }, ...splits];
    const named = await ports.finder.readingOfWholeName(turn.scope.account, readings);
    if (named === undefined) requireOneAgent(rest, renameUsage);
    if (splits.length === 0 || (named !== undefined && named.to === undefined))
      return resolveAgent(ports, turn, {
        name: whole,
        usage: renameUsage,
        verb: 'agent.rename',
        act: async (agent) => openForm(ports, turn, agent),
      });
    const { agent, to = '' } = named ?? (await bestSplit(ports, turn, splits));
    if (to.trim() === '') throw usageError(renameUsage);
    requireOneName(to, rest);
    return resolveAgent(ports, turn, {
      name: agent,
      usage: renameUsage,
      verb: 'agent.rename',
      input: { id: 'name', label: 'New name', value: to },
      act: async ({ id }) =>
        outcomeReply(ports, turn, await renameAgent(ports)(turn.scope, id, to)),
    });
  },
});

/** What was pasted along, or stands behind a quoted name, is no part of the new name. */
const requireOneName = (to: string, rest: string): void => {
  const [first, second] = tokenize(to);
  if (first?.quoted === true && second !== undefined)
    throw refusal('bad-input', 'agent.name-in-quotes', { typed: to.slice(second.begin) });
  const last = tokenize(rest).at(-1);
  if (last !== undefined && !last.quoted && withoutEndSigns(last.raw).toLowerCase() === 'please')
    throw refusal('bad-input', 'agent.name-in-quotes', { typed: last.raw });
  if (hasSeveralLines(to)) throw refusal('bad-input', 'agent.name-one-line', { typed: to });
};

const openForm = (ports: Ports, { scope }: Turn, { id, name }: NamedAgent) =>
  reply(renameCard({ agentId: id, name, value: name }, readerOf(scope, ports.clock)));

type Split = { readonly agent: string; readonly to: string };

/** "to" may stand in either name: the split whose left side is one agent's name counts. */
const bestSplit = async (
  ports: Ports,
  { scope }: Turn,
  splits: readonly Split[],
): Promise<Split> => {
  const [first = { agent: '', to: '' }, ...others] = splits;
  if (others.length === 0) return first;
  const names = splits.map(({ agent }) => agent);
  return splits[await ports.finder.firstKnown(scope.account, names)] ?? first;
};

export const undo = defineCommand({
  name: 'undo',
  group: 'Act',
  usage: 'undo',
  summary: 'Take back your last rename, pause or resume here',
  details: [],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() !== '') throw usageError(undo.usage, rest);
    return outcomeReply(ports, turn, await takeBack(ports)(turn.scope));
  },
});

export const changeCommands = [rename, reconnect, create, remove, undo];
