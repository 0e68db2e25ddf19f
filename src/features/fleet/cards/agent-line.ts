import type { Agent } from '../../../platform/agent.ts';
import type { Reader } from '../../../platform/messenger.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { dots } from '../../../ui/rich-text.ts';
import { stateText } from '../../../ui/status.ts';
import { ago } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import { fullName } from '../domain/distinction.ts';
import { shownReading } from '../domain/quality.ts';
import type { SessionView } from '../domain/session-view.ts';

/** One line under an agent's name: where it is, how it is connected, its worst targets. */
export const agentLine = ({ agent, sessions }: AgentView, reader: Pick<Reader, 'now'>): string =>
  dots([
    siteOf(agent),
    ...(agent.online
      ? [...connectionOf(agent), ...sessions.filter(isFresh).slice(0, 2).map(targetText)]
      : [lastSeenText(agent, reader)]),
  ]);

/** Custom fields are free: the first of the usual names for a place counts. */
export const siteOf = ({ customFields }: Pick<Agent, 'customFields'>): string | undefined =>
  placeNames
    .flatMap((place) => customFields.filter(({ name }) => name.trim().toLowerCase() === place))
    .map(({ value }) => plain(value, 40))
    .find((value) => value !== '');

const placeNames = ['site', 'location', 'office', 'branch', 'city', 'region'];

/** `Wi-Fi 38 %`, `VPN`, `wired`: as far as PingPlotter knows. `saying` comes before the figure. */
export const connectionOf = ({ wifi, vpn, network }: Agent, saying = ''): readonly string[] => {
  const signal = network?.signalPercent;
  return [
    ...(wifi === true
      ? [signal === undefined ? 'Wi-Fi' : `Wi-Fi${saying} ${Math.round(signal)} %`]
      : []),
    ...(vpn === true ? ['VPN'] : []),
    ...(wifi === false && vpn !== true ? ['wired'] : []),
  ];
};

export const lastSeenText = (
  { lastSeen }: Agent,
  reader: Pick<Reader, 'now'>,
): string | undefined =>
  typeof lastSeen === 'number' ? `last seen ${ago(lastSeen, reader)}` : undefined;

/** Only such a session says something about now. */
export const isFresh = ({ state, stale }: SessionView): boolean => state === 'active' && !stale;

const targetText = (session: SessionView): string => {
  const reading = shownReading(session);
  const name = plainName(session.name, 30);
  return reading === undefined ? name : `${name} ${stateText(reading.word, reading.score)}`;
};

/** An agent as one search result. */
export const previewLine = (
  view: AgentView,
  reader: Pick<Reader, 'now'>,
): { readonly title: string; readonly subtitle: string } => ({
  title: plainName(fullName(view.agent)),
  subtitle: dots([stateText(view.statusWord, view.score), agentLine(view, reader)]),
});
