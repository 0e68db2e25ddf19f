import { z } from 'zod';
import type { AgentId, ListedSession, SessionState } from '../../core/agent.ts';
import { readExpected } from './expected.ts';
import { field, list, present, text } from './fields.ts';
import { targetWords } from './target.ts';

const SessionWire = z.object({
  SessionId: z.string().min(1),
  AgentUniqueId: field,
  Description: field,
  IpAddress: field,
  Status: field,
  ExpectedQuality: field,
});

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
    const wire = SessionWire.safeParse(entry).data;
    if (wire === undefined || (text(wire.AgentUniqueId) || agentId) !== agentId) return [];
    return [
      present({
        id: wire.SessionId,
        agentId,
        ...targetWords(wire.Description, wire.IpAddress),
        state: states.get(text(wire.Status).trim().toLowerCase()) ?? 'unknown',
        expected: readExpected(wire.ExpectedQuality),
      }),
    ];
  });
