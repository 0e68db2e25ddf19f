import { privateReply, reply } from '../../chat/reply.ts';
import { csvCard } from '../../chat/table.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import { refusal } from '../../platform/errors.ts';
import type { FileLinks } from '../../platform/files.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { optional } from '../../shared/optional.ts';
import { plainName } from '../../ui/escape.ts';
import { whichCard } from '../../ui/which.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { AgentReader } from '../fleet/ports.ts';
import { evidenceCard } from './cards/evidence.ts';
import { bucketsTable } from './cards/evidence-csv.ts';
import { type EvidenceModel, mostCase } from './cards/evidence-lines.ts';
import { nearTarget } from './domain/near-target.ts';
import { type HistorySpan, historyPeriod } from './domain/period.ts';
import { type HistoryPorts, readHistories } from './target-history.ts';

export interface EvidencePorts extends HistoryPorts {
  readonly agents: AgentReader;
  readonly files: FileLinks;
  readonly pingPlotter: (account: string) => PingPlotter;
}

export interface EvidenceAsked {
  readonly agent: AgentId;
  /** Without it the bot asks which target. */
  readonly session?: SessionId | undefined;
  readonly span: HistorySpan;
  /** As it was typed. */
  readonly case?: string | undefined;
}

export const evidenceAnswer = async (
  ports: EvidencePorts,
  turn: Turn,
  asked: EvidenceAsked,
): Promise<Reply> => {
  const session = asked.session ?? (await onlyTarget(ports, turn, asked.agent));
  if (session === undefined) return askWhichTarget(ports, turn, asked);
  const model = await readEvidence(ports, turn, { ...asked, session });
  return reply(evidenceCard(model, readerOf(turn.scope, ports.clock)));
};

export const bucketsAnswer = async (
  ports: EvidencePorts,
  turn: Turn,
  asked: EvidenceAsked & { readonly session: SessionId },
): Promise<Reply> =>
  reply(await csvCard(ports, bucketsTable(await readEvidence(ports, turn, asked))));

const shareMs = 30 * 24 * 60 * 60_000;

/** Makes the link once; whoever has it can see the target, so it ends by itself. */
export const shareAnswer = async (
  ports: EvidencePorts,
  turn: Turn,
  asked: EvidenceAsked & { readonly session: SessionId },
): Promise<Reply> => {
  const { scope, signal } = turn;
  // Read first: what cannot be shown shall not be shared.
  const model = await readEvidence(ports, turn, asked);
  const { agent, target } = model;
  const place = { agentId: agent.id, agentName: agent.name };
  const notes = model.case ?? '';
  const share = await ports.pingPlotter(scope.account).createLiveShare(
    {
      session: asked.session,
      description: `${agent.name} → ${target.session.name}`,
      notes,
      expiresAt: ports.clock.now() + shareMs,
    },
    signal,
  );
  const detail = [
    `LiveShare of ${target.session.name}`,
    ...(notes === '' ? [] : [`case ${notes}`]),
  ];
  return {
    kind: 'card',
    card: evidenceCard(
      { ...model, share: { ...share, by: scope.person.name } },
      readerOf(scope, ports.clock),
    ),
    auditedChange: { ...place, after: share.url, detail: detail.join(', ') },
  };
};

const readEvidence = async (
  ports: EvidencePorts,
  { scope, signal }: Turn,
  { agent: id, session, span, case: typed }: EvidenceAsked & { readonly session: SessionId },
): Promise<EvidenceModel> => {
  const called = caseOf(typed);
  const { agent, sessions } = await ports.agents.recent(scope.account, id, signal);
  const meant = sessions.find((one) => one.id === session);
  if (meant === undefined) throw refusal('not-found', 'agent.target-gone', { session, agent: id });
  const beside = nearTarget(agent, sessions, session);
  const period = historyPeriod(span, ports.clock.now());
  const asked = { agent: id, sessions: beside === undefined ? [meant] : [meant, beside], period };
  const [target, near] = await readHistories(ports, scope.account, asked);
  if (target === undefined) throw refusal('not-found', 'agent.target-gone', { session, agent: id });
  return {
    agent: { id, name: fullName(agent) },
    period,
    target,
    ...optional('near', near),
    ...optional('case', called),
  };
};

/** Throws 'bad-input' for one that no provider gives. */
const caseOf = (typed: string | undefined): string | undefined => {
  const called = typed?.trim() ?? '';
  if (called.length > mostCase)
    throw refusal('bad-input', 'evidence.case-too-long', { most: mostCase });
  return called === '' ? undefined : called;
};

const onlyTarget = async (
  { agents }: EvidencePorts,
  { scope, signal }: Turn,
  id: AgentId,
): Promise<SessionId | undefined> => {
  const { sessions } = await agents.recent(scope.account, id, signal);
  return sessions.length === 1 ? sessions[0]?.id : undefined;
};

const mostChoices = 10;

const askWhichTarget = async (
  { agents, clock }: EvidencePorts,
  { scope, signal }: Turn,
  { agent: id, span, case: called = '' }: EvidenceAsked,
): Promise<Reply> => {
  const { agent, sessions } = await agents.recent(scope.account, id, signal);
  const name = plainName(fullName(agent));
  return privateReply(
    whichCard(
      {
        question:
          sessions.length === 0
            ? `${name} has no targets, so there is no evidence.`
            : `Evidence is of one target. Which one of ${name}?`,
        choices: sessions.slice(0, mostChoices).map((session) => ({
          title: session.name,
          subtitle: session.address ?? '',
          verb: 'evidence.show' as const,
          data: { agent: id, session: session.id, span },
        })),
        more: Math.max(0, sessions.length - mostChoices),
        ...optional('input', called === '' ? undefined : caseInput(called)),
      },
      readerOf(scope, clock),
    ),
  );
};

/** Goes along with the press, for what somebody typed stands in no button's data. */
export const caseInput = (value: string) => ({ id: 'case', label: 'Case', value });
