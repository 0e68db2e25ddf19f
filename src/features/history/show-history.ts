import { reply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { AgentReader } from '../fleet/ports.ts';
import { agentHistoryCard, targetHistoryCard } from './cards/history.ts';
import { type HistorySpan, historyPeriod } from './domain/period.ts';
import { byWorstTarget } from './domain/worst-target.ts';
import { type HistoryPorts, mostTargets, readHistories } from './target-history.ts';

export interface ShowPorts extends HistoryPorts {
  readonly agents: AgentReader;
}

export interface HistoryAsked {
  readonly agent: AgentId;
  readonly session?: SessionId | undefined;
  readonly span: HistorySpan;
}

/** History of one target, or of all targets of an agent. */
export const historyAnswer = async (
  ports: ShowPorts,
  { scope, signal }: Turn,
  { agent: id, session, span }: HistoryAsked,
): Promise<Reply> => {
  const { agent, sessions } = await ports.agents.recent(scope.account, id, signal);
  const reader = readerOf(scope, ports.clock);
  const period = historyPeriod(span, reader.now);
  const meant = sessions.filter((one) => session === undefined || one.id === session);
  if (session !== undefined && meant.length === 0)
    throw refusal('not-found', 'agent.target-gone', { session, agent: id });
  const asked = { agent: id, sessions: meant.slice(0, mostTargets), period };
  const targets = await readHistories(ports, scope.account, asked);
  const model = { agent: { id, name: fullName(agent) }, period };
  const [target] = targets;
  if (target !== undefined && meant.length === 1)
    return reply(targetHistoryCard({ ...model, target }, reader));
  return reply(
    agentHistoryCard(
      {
        ...model,
        targets: targets.toSorted(byWorstTarget),
        ...optional('more', Math.max(0, meant.length - mostTargets)),
      },
      reader,
    ),
  );
};
