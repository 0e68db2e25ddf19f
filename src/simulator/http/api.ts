import type { z } from 'zod';
import type { Random } from '../random.ts';
import type { Traces } from '../trace.ts';
import type { World } from '../world.ts';
import { changeRoutes } from './change-routes.ts';
import { liveShareRoutes, type SimulatedLiveShare } from './live-share-routes.ts';
import { readRoutes } from './read-routes.ts';
import { type Call, findRoute, Refusal } from './route.ts';
import { sessionRoutes } from './session-routes.ts';
import { traceRoutes } from './trace-routes.ts';

export interface ApiSettings {
  readonly key: string;
  readonly permissions: ReadonlySet<string>;
  /** Without a slash at its end. */
  readonly pathPrefix: string;
  readonly pausedSessionsVanish: boolean;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Goes out as JSON. */
  readonly body: unknown;
}

export type Api = (request: ApiRequest) => ApiAnswer;

/** What the API tells of, and changes. */
export interface ApiWorld {
  readonly world: World;
  readonly traces: Traces;
  readonly liveShares: SimulatedLiveShare[];
}

export const createApi = (
  { world, traces, liveShares }: ApiWorld,
  random: Random,
  now: () => number,
  settings: ApiSettings,
): Api => {
  const filter = { withPaused: !settings.pausedSessionsVanish };
  const routes = [
    ...readRoutes(world, filter),
    ...changeRoutes(world, random, now),
    ...sessionRoutes(world, filter),
    ...traceRoutes(world, traces, now),
    ...liveShareRoutes(world, liveShares, random, now),
  ];
  const answer = (request: ApiRequest): unknown => {
    if (request.headers['x-api-key'] !== settings.key) throw new Refusal(401, 'The key is wrong.');
    const path = withoutPrefix(request.path, settings.pathPrefix);
    const { route, id } = findRoute(routes, request.method, path);
    if (route.permission !== undefined && !settings.permissions.has(route.permission))
      throw new Refusal(403, `The key lacks the permission ${route.permission}.`);
    if (request.body !== '' && !isJson(request.headers['content-type']))
      throw new Refusal(400, 'A body needs the Content-Type application/json.');
    return route.run(callOf(request, id));
  };
  return (request) => {
    try {
      return { status: 200, headers: {}, body: answer(request) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, headers: error.headers, body: { Message: error.message } };
    }
  };
};

const callOf = (request: ApiRequest, id: string): Call => ({
  id,
  body: (schema) => accepted(schema, parsedJson(request.body), 'body'),
  query: (schema) => accepted(schema, request.query, 'query'),
});

const accepted = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, `The ${what} is wrong at ${issue?.path.join('.') || 'its root'}.`);
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
};

const withoutPrefix = (path: string, prefix: string): string => {
  if (!path.startsWith(`${prefix}/`)) throw new Refusal(404, 'No such path.');
  return path.slice(prefix.length);
};

const isJson = (contentType: string | undefined): boolean =>
  contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
