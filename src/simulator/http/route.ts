import type { z } from 'zod';

/** A request that the API does not do; `message` is what the answer says. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.headers = headers;
  }
}

/** What an endpoint is given. Reading a body or query that is wrong ends in a 400. */
export interface Call {
  /** The `{id}` of the path. */
  readonly id: string;
  body<T>(schema: z.ZodType<T>): T;
  query<T>(schema: z.ZodType<T>): T;
}

export interface Route {
  readonly method: string;
  /** `{id}` stands for one segment that is not empty. */
  readonly path: string;
  /** Without it every key may. */
  readonly permission?: Permission;
  /** Gives the body of the 200 answer, or throws a Refusal. */
  run(call: Call): unknown;
}

/** The route of a request and its id; literal paths have to stand before those with an `{id}`. */
export const findRoute = (
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly id: string } => {
  const found = routes.flatMap((route) => {
    const id = idIn(route.path, path);
    return id === undefined ? [] : [{ route, id }];
  });
  if (found.length === 0) throw new Refusal(404, 'No such path.');
  const match = found.find(({ route }) => route.method === method);
  if (match !== undefined) return match;
  const allowed = [...new Set(found.map(({ route }) => route.method))].join(', ');
  throw new Refusal(405, `This path takes ${allowed}.`, { Allow: allowed });
};

/** The id that a path has where the pattern says `{id}`, empty where it says none; undefined = no match. */
const idIn = (pattern: string, path: string): string | undefined => {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  const fits =
    wanted.length === given.length &&
    wanted.every((segment, at) => (segment === '{id}' ? given[at] !== '' : segment === given[at]));
  return fits ? decoded(given[wanted.indexOf('{id}')] ?? '') : undefined;
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, 'The path is not encoded as it should be.');
  }
};

/**
 * What a key may be allowed to do. Sessions = may read `GET /sessions`, TraceData = may read trace data; the others
 * are PingPlotter's own names.
 */
export const allPermissions = [
  'TargetManagement',
  'AgentManagement',
  'SessionManagement',
  'LiveShareManagement',
  'Sessions',
  'TraceData',
] as const;

export type Permission = (typeof allPermissions)[number];
