import type { Agent } from '../../../platform/agent.ts';
import type { Reader } from '../../../platform/messenger.ts';
import { markdown, markdownName } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';

export interface Fact {
  readonly title: string;
  readonly value: string;
}

/** What Details shows: everything else that PingPlotter knows of the agent. */
export const agentFacts = ({ agent }: AgentView, reader: Reader): readonly Fact[] =>
  [
    fact('Address', agent.address),
    fact('Gateway', agent.network?.gateway),
    fact('Adapter', adapterText(agent)),
    fact('Expected quality', agent.expected?.name),
    fact('Machine', agent.machineName),
    fact('Platform', agent.platform === 'NotSpecified' ? undefined : agent.platform),
    fact('Last seen', lastSeen(agent, reader)),
    fact('Created', agent.createdAt === undefined ? undefined : clock(agent.createdAt, reader)),
    fact('Sessions', sessionsText(agent)),
    fact('Agent Lobby', lobbyText(agent)),
    ...fieldFacts(agent),
    fact('Notes', agent.notes),
  ].flat();

const fact = (title: string, value: string | undefined): readonly Fact[] => {
  const text = markdown(value ?? '', 300);
  return text === '' ? [] : [{ title, value: text }];
};

const adapterText = ({ network = {} }: Agent): string =>
  dots([
    network.name,
    network.type,
    network.address,
    network.signalPercent === undefined ? undefined : `signal ${network.signalPercent} %`,
    network.noisePercent === undefined ? undefined : `noise ${network.noisePercent} %`,
  ]);

const lastSeen = ({ lastSeen: at }: Agent, reader: Reader): string | undefined =>
  typeof at === 'number' ? clock(at, reader) : at;

const sessionsText = ({ openSessions, totalSessions }: Agent): string =>
  dots([
    openSessions === undefined ? undefined : `${openSessions} open`,
    totalSessions === undefined ? undefined : `${totalSessions} in all`,
  ]);

const lobbyText = ({ configured, autoApprove }: Agent): string =>
  dots([
    configured === undefined ? undefined : configured ? 'configured' : 'not configured',
    autoApprove === undefined ? undefined : `approved ${autoApprove ? 'by itself' : 'by hand'}`,
  ]);

/** Enough for any card; the others are in PingPlotter Cloud. */
const shownFields = 15;

const fieldFacts = ({ customFields }: Agent): readonly (readonly Fact[])[] => {
  const filled = customFields.filter(({ value }) => value.trim() !== '');
  const rest = filled.length - shownFields;
  return [
    ...filled.slice(0, shownFields).map(({ name, value }) => fact(markdownName(name, 40), value)),
    ...(rest > 0 ? [fact('More', counted(rest, 'custom field'))] : []),
  ];
};
