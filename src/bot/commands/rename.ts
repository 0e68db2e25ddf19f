import { renameCard } from '../../cards/rename.ts';
import { quoteMarks, splitRename } from '../../core/command-line.ts';
import { cannotRead, hasSeveralLines } from '../../core/unread.ts';
import { firstKnown, type NamedAgent, readingOfWholeName } from '../../use-cases/find-agent.ts';
import { renameAgent } from '../../use-cases/rename-agent.ts';
import { outcomeReply, reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { usageError, withAgent } from '../meant-agent.ts';
import { type BotPorts, readerOf, type Turn } from '../turn.ts';
import { requireOneAgent } from './sessions.ts';

const usage = 'rename <agent> to <new name>';

export const rename: Command = {
  name: 'rename',
  usage,
  summary: 'Give an agent a new name',
  details: ['rename lax-12 to LAX Reception', 'Without a new name, a form opens.'],
  role: 'operator',
  run: async (ports, turn, rest) => {
    const { splits, whole } = splitRename(rest);
    const readings = [{ agent: rest, to: undefined }, ...splits];
    const named = await readingOfWholeName(ports)(turn.scope.account, readings);
    if (named === undefined) requireOneAgent(rest, usage);
    if (splits.length === 0 || (named !== undefined && named.to === undefined))
      return withAgent(ports, turn, {
        name: whole,
        usage,
        verb: 'agent.rename',
        act: async (agent) => openForm(ports, turn, agent),
      });
    const { agent, to = '' } = named ?? (await bestSplit(ports, turn, splits));
    if (to.trim() === '') throw usageError(usage);
    requireOneName(to, rest);
    return withAgent(ports, turn, {
      name: agent,
      usage,
      verb: 'agent.rename',
      input: { id: 'name', label: 'New name', value: to },
      act: async ({ id }) =>
        outcomeReply(ports, turn, await renameAgent(ports)(turn.scope, id, to)),
    });
  },
};

/** What was pasted along, or stands behind a quoted name, is no part of the new name. */
const requireOneName = (to: string, rest: string): void => {
  const [, behind] = quotedAndMore.exec(to) ?? [];
  if (behind !== undefined) throw cannotRead(behind, quotesRoundAll);
  const [please] = politeness.exec(rest) ?? [];
  if (please !== undefined) throw cannotRead(please, quotesRoundAll);
  if (hasSeveralLines(to)) throw cannotRead(to, 'A name is one line.');
};

const quotesRoundAll = 'Put the whole new name in quotes, and nothing behind it.';
const politeness = /(?<!\S)please[.!]*$/iu;
const quotedAndMore = new RegExp(
  `^[${quoteMarks}][^${quoteMarks}]*[${quoteMarks}]\\s+(\\S.*)$`,
  'su',
);

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
