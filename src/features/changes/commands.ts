import { requireOneName, splitRename, usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { reply } from '../../chat/reply.ts';
import { type NamedAgent, resolveAgent } from '../../chat/resolve-agent.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import { unquoted } from '../../shared/text.ts';
import { renameCard } from './cards/rename.ts';
import { previewOfMany } from './many.ts';
import type { ChangePorts as Ports } from './ports.ts';
import { reconnectAgent } from './reconnect.ts';
import { renameAgent } from './rename.ts';
import { confirmRemoval, creationForm, outcomeReply } from './replies.ts';
import { lastChange, takeBack } from './undo.ts';

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

const usage = 'delete <agent | where filter>';

export const remove = defineCommand({
  name: 'delete',
  aliases: ['remove'],
  group: 'Act',
  usage,
  summary: 'Delete an agent, after a confirmation; may uninstall it too',
  details: [
    'delete lax-12',
    'delete where is:stale: many at once, after the count is typed',
    'Nothing is deleted before you confirm it on the card.',
  ],
  role: 'admin',
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() === '') throw usageError(usage);
    const many = await previewOfMany(ports, turn, 'delete', rest, usage);
    if (many !== undefined) return many;
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

const reconnectUsage = 'reconnect <agent | where filter>';

export const reconnect = defineCommand({
  name: 'reconnect',
  group: 'Act',
  usage: reconnectUsage,
  summary: 'Make an agent drop its connection and come back',
  details: ['reconnect lax-12', 'reconnect where field.Site:Boise: many at once, after a preview'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() === '') throw usageError(reconnectUsage);
    const many = await previewOfMany(ports, turn, 'reconnect', rest, reconnectUsage);
    if (many !== undefined) return many;
    return resolveAgent(ports, turn, {
      name: rest,
      usage: reconnectUsage,
      verb: 'agent.reconnect',
      act: async ({ id }) => outcomeReply(ports, turn, await reconnectAgent(ports)(turn.scope, id)),
    });
  },
});

const renameUsage = 'rename <agent | where filter> to <new name>';

export const rename = defineCommand({
  name: 'rename',
  group: 'Act',
  usage: renameUsage,
  summary: 'Give an agent a new name',
  details: [
    'rename lax-12 to LAX Reception',
    'rename where field.Site:Boise to {field.Site}-{n}: many at once, after a preview',
    'A pattern knows {name}, {machine}, {platform}, {n} and {field.Site}.',
    'Without a new name, a form opens.',
  ],
  role: 'operator',
  freeText: true,
  run: async (ports: Ports, turn, rest) => {
    const { splits, whole } = splitRename(rest);
    const readings = [{ agent: rest, to: undefined }, ...splits];
    const named = await ports.finder.readingOfWholeName(turn.scope.account, readings);
    if (named === undefined && rest.trim() === '') throw usageError(renameUsage);
    const many =
      named === undefined
        ? await previewOfMany(ports, turn, 'rename', rest, renameUsage)
        : undefined;
    if (many !== undefined) return many;
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
  summary: 'Take back your last rename, pause or resume here, of one agent or many',
  details: ['Of many for a day. A timed pause keeps its end.'],
  role: 'operator',
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() !== '') throw usageError(undo.usage, rest);
    const many = await ports.many.lastUndoable(turn.scope);
    const last = many && (await lastChange(ports, turn.scope));
    if (many !== undefined && many.at > (last?.at ?? 0)) return ports.many.takeBack(turn, many.id);
    return outcomeReply(ports, turn, await takeBack(ports)(turn.scope));
  },
});

export const changeCommands = [rename, reconnect, create, remove, undo];
