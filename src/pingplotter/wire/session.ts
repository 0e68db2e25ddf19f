import type { AgentId, ListedSession, SessionState } from '../../platform/agent.ts';
import type { ListReader } from '../caller.ts';
import { entriesReader, filled, list, readExpected, record, targetWords, text } from './fields.ts';

const states: ReadonlyMap<string, SessionState> = new Map([
  ['active', 'active'],
  ['paused', 'paused'],
  ['closed', 'closed'],
]);

/** The sessions of one agent; those of others are left out, should the query have been ignored. */
export const readSessions = (
  body: unknown,
  agentId: AgentId,
): readonly ListedSession[] | undefined =>
  list(body)?.flatMap((entry) => {
    const session = readSession(entry, agentId);
    return session?.agentId === agentId ? [session] : [];
  });

/** The sessions of all agents; those that do not say whose they are, are left out. */
export const sessionsReader: ListReader<readonly ListedSession[]> = entriesReader(
  (entry) => readSession(entry),
  (sessions) => sessions,
);

/** `asked` is the agent's id where the answer does not name it. */
const readSession = (entry: unknown, asked?: AgentId): ListedSession | undefined => {
  const wire = record(entry);
  const id = filled(wire?.['SessionId']);
  const agentId = filled(wire?.['AgentUniqueId']) ?? asked;
  if (wire === undefined || id === undefined || agentId === undefined) return undefined;
  return {
    id,
    agentId,
    ...targetWords(wire['Description'], wire['IpAddress']),
    state: states.get(text(wire['Status']).trim().toLowerCase()) ?? 'unknown',
    expected: readExpected(wire['ExpectedQuality']),
  };
};
