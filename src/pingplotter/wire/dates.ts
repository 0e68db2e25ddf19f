import type { LastSeen } from '../../core/agent.ts';

const iso = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/i;
/** What a Date can hold at most. */
const latest = 8.64e15;

/** The number where there is one, else the text; PingPlotter's 0001-01-01 is 'never'. */
export const lastSeenOf = (date: unknown, timestampInMs?: unknown): LastSeen => {
  if (typeof timestampInMs === 'number' && timestampInMs > 0 && timestampInMs <= latest)
    return timestampInMs;
  if (typeof date !== 'string') return undefined;
  // Most dates of most agents, told apart without reading them.
  if (date.startsWith('0001-01-01T00:00:00')) return 'never';
  const found = iso.exec(date);
  if (found === null) return undefined;
  const [whole, zone] = found;
  // Without a zone it is UTC, as everywhere in this API, and not this machine's time.
  const at = Date.parse(zone === undefined && whole.length > 10 ? `${whole}Z` : whole);
  if (Number.isNaN(at)) return undefined;
  return at > 0 ? at : 'never';
};

/** ms since 1970; undefined when the date was never set. */
export const dateOf = (date: unknown, timestampInMs?: unknown): number | undefined => {
  const at = lastSeenOf(date, timestampInMs);
  return at === 'never' ? undefined : at;
};
