import type { AgentView } from '../../../src/features/fleet/domain/agent-view.ts';
import type { SessionView } from '../../../src/features/fleet/domain/session-view.ts';
import type { Agent, Reading } from '../../../src/platform/agent.ts';

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
  at: 0,
  statusWord: 'good',
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
