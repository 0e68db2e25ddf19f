import type { AgentId, SessionId } from '../../../platform/agent.ts';

/** What a link means here. */
export type LinkMeaning =
  | { readonly kind: 'agent'; readonly agent: AgentId; readonly session?: SessionId }
  /** A page of PingPlotter Cloud; one of these may be the id of an agent or a session. */
  | { readonly kind: 'live-share'; readonly ids: readonly string[] };

export interface ReadLink {
  /** As a browser would open it. */
  readonly url: string;
  readonly meaning: LinkMeaning;
}

const agentMark = '{agentId}';
const sessionMark = '{sessionId}';

/**
 * Where PingPlotter's own page of an agent is, or of one of its sessions. `template` is PINGPLOTTER_WEB_URL; without a
 * session its place stays empty.
 */
export const webLink = (template: string, agent: AgentId, session: SessionId = ''): string =>
  template
    .replace(agentMark, () => encodeURIComponent(agent))
    .replace(sessionMark, () => encodeURIComponent(session));

/**
 * What a pasted link means; nothing for one that leads elsewhere, however much it looks like PingPlotter's: another
 * host, scheme or port, a user in front of the host, or a host that is no plain ASCII.
 */
export const readLink = (text: string, template: string | undefined): ReadLink | undefined => {
  const url = plainUrl(text);
  if (url === undefined) return undefined;
  const meaning = (template && webMeaning(url, template)) || liveShareMeaning(url);
  return meaning && { url: url.href, meaning };
};

/** Longer than any link that PingPlotter makes. */
const longestLink = 2000;

/** A backslash is a slash to browsers, and other signs are left out or folded by them: none belongs in a link. */
const plainLink = /^https:\/\/[!-[\]-~]+$/iu;

const plainUrl = (text: string): URL | undefined => {
  const typed = text.trim();
  if (typed.length > longestLink || !plainLink.test(typed) || !URL.canParse(typed))
    return undefined;
  const url = new URL(typed);
  return url.username === '' && url.password === '' ? url : undefined;
};

const cloud = '.pingplotter.cloud';

/** So many parts of a link may be the id; PingPlotter's have a handful. */
const mostIds = 20;

const liveShareMeaning = (url: URL): LinkMeaning | undefined => {
  const { hostname, port } = url;
  const below = hostname.slice(0, -cloud.length);
  const ours = hostname.endsWith(cloud) && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/u.test(below);
  if (!ours || port !== '' || /(?:^|\.)xn--/u.test(hostname)) return undefined;
  const ids = [...url.pathname.split('/').flatMap((step) => decoded(step) ?? [])].concat([
    ...url.searchParams.values(),
  ]);
  return { kind: 'live-share', ids: ids.filter((id) => id !== '').slice(0, mostIds) };
};

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/** Stand for the ids while the template is read as an address. */
const agentToken = 'agent-id-stands-here';
const sessionToken = 'session-id-stands-here';

const webMeaning = (url: URL, template: string): LinkMeaning | undefined => {
  const marked = new URL(
    template.replace(agentMark, agentToken).replace(sessionMark, sessionToken),
  );
  if (url.origin !== marked.origin) return undefined;
  const found = patternOf(marked).exec(restOf(url))?.groups;
  const agent = decoded(found?.['agent'] ?? '');
  const session = decoded(found?.['session'] ?? '');
  if (!agent) return undefined;
  return { kind: 'agent', agent, ...(session ? { session } : {}) };
};

const restOf = ({ pathname, search, hash }: URL): string => pathname + search + hash;

/** What follows the template in a link, like a tab of the page, does not matter. */
const patternOf = (marked: URL): RegExp =>
  new RegExp(
    `^${restOf(marked)
      .replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&')
      .replace(agentToken, '(?<agent>[^/?#&]+)')
      .replace(sessionToken, '(?<session>[^/?#&]*)')}(?:[/?#&].*)?$`,
    'u',
  );
