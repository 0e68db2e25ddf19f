import type { Agent } from '../../src/core/agent.ts';
import type { AgentView } from '../../src/core/overview.ts';
import type { Reading } from '../../src/core/quality.ts';
import type { SessionView } from '../../src/core/session-view.ts';

export const anAgent = (overrides: Partial<Agent> = {}): Agent => ({
  id: 'a1',
  name: 'LAX-12',
  online: true,
  template: false,
  deleted: false,
  customFields: [],
  ...overrides,
});

export const aSession = (overrides: Partial<SessionView> = {}): SessionView => ({
  id: 's1',
  name: 'crm',
  state: 'active',
  readings: [],
  stale: false,
  ...overrides,
});

export const aView = ({
  agent,
  ...overrides
}: Partial<Omit<AgentView, 'agent'>> & { readonly agent?: Partial<Agent> } = {}): AgentView => ({
  agent: anAgent(agent),
  standing: 'good',
  sessions: [],
  source: 'listed',
  definitions: new Map(),
  ...overrides,
});

export const aReading = (overrides: Partial<Reading> = {}): Reading => ({
  definitionId: 'voip',
  word: 'good',
  ...overrides,
});
