import type { AgentId } from '../../../platform/agent.ts';
import { inSlices } from '../../../platform/slices.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { AlertPlace } from './alert-changes.ts';
import type { Evaluation } from './evaluate.ts';

/** The evaluations of one poll, by watch and agent. */
export interface EvaluationIndex {
  of(watchId: string, agentId: AgentId): readonly Evaluation[];
  /** Undefined for an agent that has no evaluation with one. */
  viewOf(agentId: string): AgentView | undefined;
  /** Where a problem began, goes on, or ended; each place once. */
  readonly places: readonly AlertPlace[];
  /** Agents are missing because another account is read now. */
  readonly anotherAccount: boolean;
}

/** Later evaluations of the same state come after earlier ones, so that the last of them counts. */
export const indexEvaluations = async (
  evaluations: readonly Evaluation[],
  watches: readonly Watch[],
): Promise<EvaluationIndex> => {
  const byId = new Map(watches.map((watch) => [watch.id, watch]));
  const ofWatch = new Map<string, Map<AgentId, Evaluation[]>>();
  const views = new Map<string, AgentView>();
  const agentsOf = new Map<string, Set<AgentId>>();
  const places: AlertPlace[] = [];
  let anotherAccount = false;
  await inSlices(evaluations, (evaluation) => {
    const { watchId, agentId, sessionId, before, after, event, view } = evaluation;
    if (event?.anotherAccount === true) anotherAccount = true;
    if (view !== undefined) views.set(agentId, view);
    const ofAgents = ofWatch.get(watchId) ?? new Map<AgentId, Evaluation[]>();
    const same = ofAgents.get(agentId);
    if (same === undefined) ofWatch.set(watchId, ofAgents.set(agentId, [evaluation]));
    else {
      const place = same.findIndex((one) => one.sessionId === sessionId);
      same[place === -1 ? same.length : place] = evaluation;
    }
    const watch = byId.get(watchId);
    const isNews = before?.state.problem !== undefined || after?.problem !== undefined;
    if (watch === undefined || !isNews) return;
    const { account, conversationKey } = watch;
    const here = agentsOf.get(conversationKey) ?? new Set();
    agentsOf.set(conversationKey, here);
    if (here.has(agentId)) return;
    here.add(agentId);
    places.push({ account, conversationKey, agentId });
  });
  return {
    of: (watchId, agentId) => ofWatch.get(watchId)?.get(agentId) ?? [],
    viewOf: (agentId) => views.get(agentId),
    places,
    anotherAccount,
  };
};
