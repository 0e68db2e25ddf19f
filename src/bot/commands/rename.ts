import { renameCard } from '../../cards/rename.ts';
import { splitRename } from '../../core/command-line.ts';
import { firstKnown, type NamedAgent } from '../../use-cases/find-agent.ts';
import { renameAgent } from '../../use-cases/rename-agent.ts';
import { outcomeReply, reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { usageError, withAgent } from '../meant-agent.ts';
import { type BotPorts, readerOf, type Turn } from '../turn.ts';

const usage = 'rename <agent> to <new name>';

export const rename: Command = {
  name: 'rename',
  usage,
  summary: 'Give an agent a new name',
  details: ['rename lax-12 to LAX Reception', 'Without a new name, a form opens.'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    const { splits, whole } = splitRename(rest);
    if (splits.length === 0)
      return withAgent(ports, turn, {
        name: whole,
        usage,
        verb: 'agent.rename',
        act: async (agent) => openForm(ports, turn, agent),
      });
    const { agent: name, to } = await bestSplit(ports, turn, splits);
    if (to.trim() === '') throw usageError(usage);
    return withAgent(ports, turn, {
      name,
      usage,
      verb: 'agent.rename',
      input: { id: 'name', label: 'New name', value: to },
      act: async ({ id }) =>
        outcomeReply(ports, turn, await renameAgent(ports)(turn.scope, id, to)),
    });
  },
};

const openForm = (ports: BotPorts, { scope }: Turn, { id, name }: NamedAgent) =>
  reply(renameCard({ agentId: id, name, value: name }, readerOf(scope, ports.clock)));

type Split = { readonly agent: string; readonly to: string };

/** "to" may stand in either name: the split whose left side is one agent's name is meant. */
const bestSplit = async (
  ports: BotPorts,
  { scope }: Turn,
  splits: readonly Split[],
): Promise<Split> => {
  const [first = { agent: '', to: '' }, ...others] = splits;
  if (others.length === 0) return first;
  const names = splits.map(({ agent }) => agent);
  return splits[await firstKnown(ports)(scope.account, names)] ?? first;
};
