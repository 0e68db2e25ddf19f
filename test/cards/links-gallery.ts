import { alertCard } from '../../src/features/alerting/cards/alert.ts';
import { agentCard } from '../../src/features/fleet/cards/agent.ts';
import { linkCard } from '../../src/features/fleet/cards/link.ts';
import { namedAgentsCard } from '../../src/features/fleet/cards/named-agents.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { anAgent, aReader, aView, hostile, hour, lax12, now, tenAgents } from './a-fleet.ts';
import { aPoorTarget, aWatch } from './a-problem.ts';

const reader = aReader();
const url = 'https://share.pingplotter.cloud/5f3a';
const page = 'https://app.example.com/agents/agent-1';
const [worst] = lax12().sessions;
const offline = aView({ agent: anAgent({ name: hostile, online: false, lastSeen: now - hour }) });

/** What leads to PingPlotter's own pages, and what a link to them or a message shows. */
export const linksGallery: readonly (readonly [name: string, card: Card])[] = [
  ['link.agent', linkCard({ url, view: lax12() }, reader)],
  ['link.target', linkCard({ url, view: lax12(), session: worst?.id ?? '' }, reader)],
  ['link.paused-target', linkCard({ url, view: lax12(), session: 'session-router' }, reader)],
  ['link.offline', linkCard({ url, view: offline }, reader)],
  ['link.unknown', linkCard({ url }, reader)],
  ['named-agents.some', namedAgentsCard({ agents: tenAgents, at: now, isCut: false }, reader)],
  [
    'named-agents.many',
    namedAgentsCard({ agents: Array(30).fill(offline), at: now, isCut: true }, reader),
  ],
  ['named-agents.none', namedAgentsCard({ agents: [], at: now, isCut: false }, reader)],
  ['agent.page', agentCard({ view: lax12(), page }, reader)],
  [
    'agent.page-all-buttons',
    agentCard(
      {
        view: lax12(),
        page,
        list: { filter: '', page: 1 },
        trend: [
          { session: 's', name: 'crm', points: [now - hour, now].map((at) => ({ at, score: 50 })) },
        ],
      },
      aReader({ role: 'admin' }),
    ),
  ],
  [
    'alert.page',
    alertCard(
      {
        id: 'alert-7',
        number: 7,
        agentId: 'agent-1',
        detail: aPoorTarget(),
        notes: [],
        watches: [aWatch()],
        page,
      },
      reader,
    ),
  ],
];
