import { usageError } from '../../chat/command-line.ts';
import { reply } from '../../chat/reply.ts';
import { type AgentFinder, knownAs, resolveAgent } from '../../chat/resolve-agent.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import { unquoted } from '../../shared/text.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { AgentReader } from '../fleet/ports.ts';
import { type ComparedAgent, compareCard } from './cards/compare.ts';
import { type HistoryPeriod, type HistorySpan, historyPeriod } from './domain/period.ts';
import { type HistoryPorts, mostTargets, readHistories } from './target-history.ts';

export interface ComparePorts extends HistoryPorts {
  readonly agents: AgentReader;
  readonly finder: AgentFinder;
}

export const compareUsage = 'compare <agent> with <agent>';
const usualSpan: HistorySpan = '24h';

/** Every `with` may separate the two, as names may hold it too; the first that means somebody on both sides counts. */
export const compareTyped = async (
  ports: ComparePorts,
  turn: Turn,
  typed: string,
): Promise<Reply> => {
  const splits = splitsOf(typed);
  let meant = splits[0];
  for (const split of splits) {
    const [a, b] = await Promise.all(
      [split.agent, split.other].map((name) => ports.finder.firstKnown(turn.scope.account, [name])),
    );
    if (a !== 0 || b !== 0) continue;
    meant = split;
    break;
  }
  if (meant === undefined) throw usageError(compareUsage, typed);
  const { agent, other } = meant;
  return resolveAgent(ports, turn, {
    name: agent,
    usage: compareUsage,
    verb: 'history.compare',
    data: { span: usualSpan },
    // The other name was typed, and names stand in no button's data.
    input: { id: 'with', label: 'With', value: other },
    act: ({ id }) => compareWith(ports, turn, { agent: id, with: other, span: usualSpan }),
  });
};

const mostSplits = 5;

const splitsOf = (typed: string) =>
  tokenize(typed)
    .filter((token) => isWord(token, 'with'))
    .slice(0, mostSplits)
    .map(({ begin, end }) => ({
      agent: unquoted(typed.slice(0, begin)),
      other: unquoted(typed.slice(end)),
    }))
    .filter(({ agent, other }) => agent !== '' && other !== '');

export interface CompareAsked {
  readonly agent: AgentId;
  /** The other one, once it is known. */
  readonly other?: AgentId | undefined;
  /** As it was typed, while it is not. */
  readonly with?: string | undefined;
  readonly span: HistorySpan;
}

export const compareWith = async (
  ports: ComparePorts,
  turn: Turn,
  asked: CompareAsked,
): Promise<Reply> => {
  const { agent, other, span } = asked;
  if (other !== undefined) return compareAnswer(ports, turn, { agent, other, span });
  return resolveAgent(ports, turn, {
    name: asked.with ?? '',
    usage: compareUsage,
    verb: 'history.compare',
    choose: async (agents) =>
      agents.map((one) => ({
        title: one.name,
        subtitle: knownAs(one),
        verb: 'history.compare' as const,
        data: { agent, other: one.id, span },
      })),
    act: ({ id }) => compareAnswer(ports, turn, { agent, other: id, span }),
  });
};

const compareAnswer = async (
  ports: ComparePorts,
  turn: Turn,
  { agent, other, span }: Pick<CompareAsked, 'agent' | 'span'> & { readonly other: AgentId },
): Promise<Reply> => {
  const period = historyPeriod(span, ports.clock.now());
  const [a, b] = await Promise.all([
    readOne(ports, turn, agent, period),
    readOne(ports, turn, other, period),
  ]);
  return reply(compareCard({ agents: [a, b], period }, readerOf(turn.scope, ports.clock)));
};

const readOne = async (
  ports: ComparePorts,
  { scope, signal }: Turn,
  id: AgentId,
  period: HistoryPeriod,
): Promise<ComparedAgent> => {
  const { agent, sessions } = await ports.agents.recent(scope.account, id, signal);
  const asked = { agent: id, sessions: sessions.slice(0, mostTargets), period };
  return { id, name: fullName(agent), targets: await readHistories(ports, scope.account, asked) };
};
