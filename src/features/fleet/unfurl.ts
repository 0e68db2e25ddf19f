import { requireRole } from '../../chat/person.ts';
import { type Incoming, type Reply, readerOf } from '../../chat/turn.ts';
import type { SessionId } from '../../platform/agent.ts';
import type { Clock } from '../../platform/clock.ts';
import type { ListedLiveShare } from '../../platform/trace.ts';
import { optional } from '../../shared/optional.ts';
import { previewLine } from './cards/agent-line.ts';
import { linkCard } from './cards/link.ts';
import type { AgentView } from './domain/agent-view.ts';
import { type LinkMeaning, readLink } from './domain/web-link.ts';
import type { LiveShareFinder } from './live-shares.ts';
import type { FleetReader } from './ports.ts';

export interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'readIfAny'>;
  readonly liveShares: LiveShareFinder;
  /** PINGPLOTTER_WEB_URL */
  readonly webUrl?: string;
}

type Link = Extract<Incoming, { kind: 'link' }>;

const nothing: Reply = { kind: 'hits', hits: [] };

/**
 * What a link that is pasted into a chat shows: one small card of an agent of the account, or nothing. A page of
 * PingPlotter Cloud that names no agent of the account says no more than that it is one. Throws 'not-allowed'.
 */
export const unfurlLink =
  ({ fleets, clock, liveShares, webUrl }: Ports) =>
  async ({ url: pasted, scope }: Link): Promise<Reply> => {
    requireRole(scope, 'viewer', 'Seeing agents');
    const link = readLink(pasted, webUrl);
    if (link === undefined) return nothing;
    const { url, meaning } = link;
    const fleet = await fleets.readIfAny(scope.account);
    const agents = fleet?.agents ?? [];
    const named = meant(meaning, agents);
    // Its own address names no agent; PingPlotter's list of them does.
    const shared =
      named === undefined && meaning.kind === 'live-share' && agents.length > 0
        ? await liveShares.find(scope.account, { url, ids: meaning.ids })
        : undefined;
    const found = named ?? (shared && ofShare(shared, agents));
    if (found === undefined && meaning.kind === 'agent') return nothing;
    const reader = readerOf(scope, clock);
    const card = linkCard({ url, ...found }, reader);
    const title = found === undefined ? card.summary : previewLine(found.view, reader).title;
    const subtitle = found === undefined ? '' : card.summary;
    return { kind: 'hits', hits: [{ title, subtitle, value: url, card }] };
  };

const ofShare = (
  { about, entity }: ListedLiveShare,
  agents: readonly AgentView[],
): Found | undefined => {
  const view = agents.find(({ agent, sessions }) =>
    about === 'agent' ? agent.id === entity : sessions.some(({ id }) => id === entity),
  );
  return withSession(view, about === 'session' ? entity : undefined);
};

interface Found {
  readonly view: AgentView;
  readonly session?: SessionId;
}

const meant = (meaning: LinkMeaning, agents: readonly AgentView[]): Found | undefined =>
  meaning.kind === 'agent'
    ? withSession(
        agents.find(({ agent }) => agent.id === meaning.agent),
        meaning.session,
      )
    : withOneOf(meaning.ids, agents);

const withSession = (
  view: AgentView | undefined,
  session: SessionId | undefined,
): Found | undefined => view && { view, ...optional('session', session) };

/** Of what may be the ids of a page, the one that is. */
const withOneOf = (ids: readonly string[], agents: readonly AgentView[]): Found | undefined => {
  const wanted = new Set(ids);
  for (const view of agents) {
    const session = view.sessions.find(({ id }) => wanted.has(id));
    if (session !== undefined) return { view, session: session.id };
  }
  return withSession(
    agents.find(({ agent }) => wanted.has(agent.id)),
    undefined,
  );
};
