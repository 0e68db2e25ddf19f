import type { SimulatedAgent, SimulatedSession } from '../agent.ts';
import { definitionToWire } from './agent.ts';

export const sessionToWire = (agent: SimulatedAgent, session: SimulatedSession) => ({
  AgentUniqueId: agent.id,
  SessionId: session.id,
  Description: session.description,
  IpAddress: session.address,
  Status: session.status,
  ExpectedQuality: definitionToWire(session.expected),
});
