import type { AgentId, ListedSession, SessionState } from '../../platform/agent.ts';
import { filled, list, readExpected, record, targetWords, text } from './fields.ts';

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
    const wire = record(entry);
    const id = filled(wire?.['SessionId']);
    if (wire === undefined || id === undefined) return [];
    if ((filled(wire['AgentUniqueId']) ?? agentId) !== agentId) return [];
    return [
      {
        id,
        agentId,
        ...targetWords(wire['Description'], wire['IpAddress']),
        state: states.get(text(wire['Status']).trim().toLowerCase()) ?? 'unknown',
        expected: readExpected(wire['ExpectedQuality']),
      },
    ];
  });
