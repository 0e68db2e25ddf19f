import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const agentField = 'AgentUniqueId';
const mostAgents = 50;
const longestId = 200;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Digests have one length, so the time of the comparison reveals nothing about the secret. */
const isSecret = (given: string | undefined, secret: string): boolean =>
  given !== undefined && timingSafeEqual(digest(given), digest(secret));

const single = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.[0];

const agentIds = (headers: IncomingHttpHeaders, query: string): readonly string[] => {
  const inQuery = [...new URLSearchParams(query)]
    .filter(([name]) => name.toLowerCase() === agentField.toLowerCase())
    .map(([, id]) => id);
  const inHeader = single(headers[agentField.toLowerCase()]);
  const ids = [...inQuery, ...(inHeader === undefined ? [] : [inHeader])]
    .map((id) => id.trim())
    .filter((id) => id !== '' && id.length <= longestId);
  return [...new Set(ids)].slice(0, mostAgents);
};

export type Hint =
  | { readonly status: 202; readonly agentIds: readonly string[] }
  | { readonly status: 401 | 404 };

/** A webhook's content is not trusted: it only names agents to poll early. */
export const readHint = (
  request: { readonly headers: IncomingHttpHeaders; readonly query: string },
  secret: string | undefined,
): Hint => {
  if (secret === undefined) return { status: 404 };
  if (!isSecret(single(request.headers['x-webhook-secret']), secret)) return { status: 401 };
  return { status: 202, agentIds: agentIds(request.headers, request.query) };
};
