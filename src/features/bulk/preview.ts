import { confirmationLifetimeMs } from '../../chat/confirmation.ts';
import { actorOf } from '../../chat/person.ts';
import { privateReply, reply } from '../../chat/reply.ts';
import { conversationOf, type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { requireDuration, requireEnd, type Timing } from '../../chat/typed-time.ts';
import { asAppError, refusal } from '../../platform/errors.ts';
import type { Card } from '../../platform/messenger.ts';
import { inSlices } from '../../platform/slices.ts';
import { fold } from '../../shared/fold.ts';
import { groupBy } from '../../shared/grouped.ts';
import { optional } from '../../shared/optional.ts';
import type { AskedOfMany } from '../changes/ports.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { parseFilter } from '../fleet/domain/filter.ts';
import { isListed, viewSessions } from '../fleet/domain/session-view.ts';
import { type PreviewModel, previewCard } from './cards/preview.ts';
import { nameFaultsCard, nobodyCard, noMatchCard } from './cards/refused.ts';
import type { BulkJob } from './domain/job.ts';
import { fieldsOf, type Pattern, parsePattern } from './domain/pattern.ts';
import { type Chosen, leftOutOf, nameFaults, namesBy, selectAgents } from './domain/selection.ts';
import type { BulkPorts } from './ports.ts';

/** Gives those of the filter's agents that somebody chose on a card. Rejects where that is nobody. */
export type ChooseAgents = (matching: readonly AgentView[]) => Promise<readonly AgentView[]>;

/** Plans a change of many: the set is fixed, and nothing is changed before its button is pressed. Throws 'bad-input'. */
export const previewMany = async (
  ports: BulkPorts,
  turn: Turn,
  asked: AskedOfMany,
  choose: ChooseAgents = async (all) => all,
): Promise<Reply> => {
  const { scope } = turn;
  const { act, filter } = asked;
  const pattern = asked.pattern === undefined ? undefined : parsePattern(asked.pattern);
  const ends = endOf(asked.timing, turn);
  const { fleet, filter: understood, agents: found } = await ports.fleets.matching(scope, filter);
  if (filter !== '' && parseFilter(understood).anyOf.length === 0)
    throw refusal('bad-input', 'filter.other-words', { typed: filter });
  const matching = await choose(found);
  const isPicked = matching.length < found.length;
  if (matching.length === 0) return privateReply(noMatchCard(asked));
  const agents = await withSessions(ports, scope.account, act, matching);
  if (pattern !== undefined) requireFields(pattern, fleet.agents);
  const names = pattern && (await namesBy(pattern, agents));
  const faults = names && (await nameFaults(names, fleet.agents));
  if (faults !== undefined && faults.empty.length + faults.same.length > 0)
    return privateReply(nameFaultsCard(asked, faults));
  const selection = await selectAgents(act, agents, names);
  const leftOut = leftOutOf(selection);
  if (selection.chosen.length === 0) return privateReply(nobodyCard(asked, leftOut));
  const job: BulkJob = {
    ...conversationOf(scope),
    id: ports.newId(),
    tenantId: scope.address.tenantId,
    by: actorOf(scope),
    act,
    filter,
    ...optional('pattern', asked.pattern),
    ...ends,
    ...(isPicked ? { picked: true } : {}),
    ...(leftOut.length > 0 ? { leftOut } : {}),
    state: 'preview',
    at: ports.clock.now(),
    takenBack: false,
    retried: false,
  };
  await ports.store.bulkJobs.plan(job, selection.chosen);
  const isEverybody = matching.length === fleet.agents.length;
  return reply(drawPreview(ports, turn, job, { chosen: selection.chosen, isEverybody }));
};

/** The button on it works once, for ten minutes, for who asked. */
export const drawPreview = (
  ports: Pick<BulkPorts, 'bulk' | 'clock'>,
  { scope }: Turn,
  job: BulkJob,
  shown: Pick<PreviewModel, 'chosen' | 'isEverybody'>,
): Card => {
  const { callMs, atOnce } = ports.bulk.pace(scope.account);
  const takesMs = (shown.chosen.length * callMs) / atOnce;
  const expiresAt = job.at + confirmationLifetimeMs;
  return previewCard({ ...shown, job, expiresAt, takesMs }, readerOf(scope, ports.clock));
};

/** A preview as it was stored: the states of its agents are those that were read last. */
export const storedPreview = async (
  ports: Pick<BulkPorts, 'bulk' | 'clock' | 'fleets' | 'store'>,
  turn: Turn,
  job: BulkJob,
): Promise<Card> => {
  const agents = ports.fleets.last(job.account)?.agents ?? [];
  const views = new Map(agents.map((view) => [view.agent.id, view]));
  const members = await ports.store.bulkJobs.members(job.id, ['waiting'], { limit: mostMembers });
  const chosen = members.map((member): Chosen => {
    const view = views.get(member.agentId);
    const { statusWord = 'unknown', score } = view ?? {};
    return { ...member, statusWord, score, online: view?.agent.online !== false };
  });
  const leftOut = (job.leftOut ?? []).reduce((sum, { count }) => sum + count, 0);
  const isEverybody = chosen.length + leftOut === agents.length;
  return drawPreview(ports, turn, job, { chosen, isEverybody });
};

/** More than any fleet has. */
const mostMembers = 100_000;

/** A span begins at the press, a time of day counts from when it was typed. */
const endOf = (timing: Timing | undefined, { reader }: Turn): Pick<BulkJob, 'until' | 'lasts'> => {
  if (timing === undefined) return {};
  return timing.kind === 'for'
    ? { lasts: requireDuration(timing.text) }
    : { until: requireEnd(timing, reader) };
};

/** Paused sessions may be missing from the status, so the list says more, where the key may read it. */
const withSessions = async (
  { pingPlotter, clock, log }: BulkPorts,
  account: string,
  act: AskedOfMany['act'],
  agents: readonly AgentView[],
): Promise<readonly AgentView[]> => {
  if (act !== 'pause' && act !== 'resume') return agents;
  try {
    const listed = await pingPlotter(account).allSessions();
    if (!isListed(listed)) return agents;
    const byAgent = groupBy(listed, ({ agentId }) => agentId);
    const views: AgentView[] = [];
    await inSlices(agents, (view) => {
      const sources = { listed: byAgent.get(view.agent.id) ?? [] };
      views.push({ ...view, sessions: viewSessions(view.agent, sources, clock.now(), 0) });
    });
    return views;
  } catch (error) {
    // Each agent is read again before its change anyway.
    log.info('bulk.sessions-unreadable', { code: asAppError(error).code });
    return agents;
  }
};

/** A field that nobody has would leave a gap in every name. */
const requireFields = (pattern: Pattern, agents: readonly AgentView[]): void => {
  const fields = new Map(
    agents.flatMap(({ agent }) => agent.customFields.map(({ name }) => [fold(name), name])),
  );
  const missing = fieldsOf(pattern).find((field) => !fields.has(fold(field)));
  if (missing !== undefined)
    throw refusal('bad-input', 'filter.no-such-field', {
      typed: `field.${missing}`,
      nearest: undefined,
      fields: [...fields.values()].slice(0, 20),
    });
};
