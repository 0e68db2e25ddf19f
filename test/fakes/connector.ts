import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** An activity as the bot sent it. Only what tests look at is typed. */
export interface SentActivity {
  readonly type: string;
  readonly text?: string;
  readonly summary?: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly content: Readonly<Record<string, unknown>>;
  }[];
  readonly [field: string]: unknown;
}

export interface Sent {
  readonly conversationId: string;
  /** The id that the connector gave (post) or was asked to change (update). */
  readonly id: string;
  readonly replyTo?: string;
  readonly activity: SentActivity;
  /** Who alone sees it: the recipient of a targeted message. */
  readonly only?: string;
  /** By the clock of `startConnector`'s option `now`. */
  readonly at: number;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
  readonly at: number;
  /** Counts the calls of its connection from 1: above it the connection was kept. */
  readonly ofConnection: number;
}

export interface FakeMember {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly name?: string;
  readonly userRole?: string;
  readonly userPrincipalName?: string;
  readonly tenantId?: string;
}

export type Fault = (
  | {
      readonly status: number;
      /** Becomes `{error: {code, message}}` unless `body` says otherwise. */
      readonly code?: string;
      readonly body?: string | Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** No answer at all; `reset` before the request took effect, `reset-after` once it has. */
  | { readonly how: 'hang' | 'reset' | 'reset-after' }
) & {
  /** Which calls; all if left out. */
  readonly when?: (call: Call) => boolean;
  /** How many calls; 1 if left out. */
  readonly times?: number;
};

export interface FakeConnector {
  /** Give it to activities as their serviceUrl. */
  readonly url: string;
  /** Every request, also those that met a fault. */
  readonly calls: readonly Call[];
  /** What was posted and taken, typing indicators too, in order. */
  readonly activities: readonly Sent[];
  /** Of them, the messages that answer an activity. */
  answersTo(activityId: string): readonly Sent[];
  readonly updates: readonly Sent[];
  readonly deleted: readonly string[];
  /** The newest card of each message that all see, in the order of posting. A changed message stays in its place. */
  messages(conversationId: string): readonly SentActivity[];
  /** Who answers under that id; unknown ids are ordinary users. `undefined` makes them a 404. */
  member(id: string, member: Partial<FakeMember> | undefined): void;
  fault(fault: Fault): void;
  /** Resolves as soon as it holds; looked at again after each request. Rejects after 10 s, or as long as it says. */
  waitFor(holds: (connector: FakeConnector) => boolean, patienceMs?: number): Promise<void>;
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const body = await text(request);
  return body === '' ? undefined : JSON.parse(body);
};

const isActivity = (body: unknown): body is SentActivity =>
  typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string';

const answer = (
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
};

const routes =
  /^\/v3\/conversations(?:\/(?<conversation>[^/]+)(?:\/(?<part>activities|members|pagedmembers)(?:\/(?<id>[^/]+))?)?)?\/?$/;

/** The Bot Framework's connector service, on loopback. */
export const startConnector = async (
  options: { readonly now?: () => number } = {},
): Promise<FakeConnector> => {
  const now = options.now ?? (() => Date.now());
  const calls: Call[] = [];
  const activities: Sent[] = [];
  const answers = new Map<string, Sent[]>();
  const updates: Sent[] = [];
  const deleted: string[] = [];
  const members = new Map<string, Partial<FakeMember> | undefined>();
  const faults: { fault: Fault; left: number }[] = [];
  const watchers = new Set<() => void>();
  const callsOf = new WeakMap<Socket, number>();
  let ids = 0;

  const memberOf = (id: string): FakeMember | undefined =>
    members.has(id) && members.get(id) === undefined
      ? undefined
      : {
          id,
          aadObjectId: id,
          name: 'Alex Wilber',
          userRole: 'user',
          userPrincipalName: 'x@example.com',
          ...members.get(id),
        };

  const faultFor = (call: Call): Fault | undefined => {
    const found = faults.find(({ fault, left }) => left > 0 && fault.when?.(call) !== false);
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  };

  /** Status and body, once the request has taken effect. */
  const take = (call: Call, body: unknown): readonly [number, unknown] => {
    const { pathname: path, searchParams } = new URL(call.path, 'http://connector');
    const { conversation, part, id } = routes.exec(path)?.groups ?? {};
    const notFound = [404, { error: { code: 'NotFound', message: path } }] as const;
    if (!routes.test(path)) return notFound;
    if (conversation === undefined) {
      ids += 1;
      return [201, { id: `conversation-${ids}`, activityId: `message-${ids}` }];
    }
    const conversationId = decodeURIComponent(conversation);
    const given = id === undefined ? undefined : decodeURIComponent(id);
    if (part === 'activities' && call.method === 'POST' && isActivity(body)) {
      ids += 1;
      const targeted = searchParams.get('isTargetedActivity') === 'true';
      const { recipient } = body;
      const to = typeof recipient === 'object' && recipient !== null && 'id' in recipient;
      if (targeted && !to)
        return [400, { error: { code: 'BadArgument', message: 'no recipient' } }];
      const sent = {
        conversationId,
        id: `message-${ids}`,
        activity: body,
        at: call.at,
        ...(targeted && to ? { only: String(recipient.id) } : {}),
      };
      if (given === undefined) activities.push(sent);
      else {
        const reply = { ...sent, replyTo: given };
        activities.push(reply);
        if (body.type === 'message') answers.set(given, [...(answers.get(given) ?? []), reply]);
      }
      return [201, { id: sent.id }];
    }
    if (part === 'activities' && call.method === 'PUT' && isActivity(body) && given !== undefined) {
      updates.push({ conversationId, id: given, activity: body, at: call.at });
      return [200, { id: given }];
    }
    if (part === 'activities' && call.method === 'DELETE' && given !== undefined) {
      deleted.push(given);
      return [200, undefined];
    }
    if (part === 'members' && call.method === 'GET' && given !== undefined) {
      const member = memberOf(given);
      return member === undefined
        ? [404, { error: { code: 'MemberNotFoundInConversation', message: 'no such member' } }]
        : [200, member];
    }
    if (part === 'pagedmembers' && call.method === 'GET') {
      return [200, { members: [...members.keys()].map(memberOf).filter((m) => m !== undefined) }];
    }
    return notFound;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const authorization = request.headers.authorization;
    const ofConnection = (callsOf.get(request.socket) ?? 0) + 1;
    callsOf.set(request.socket, ofConnection);
    const call: Call = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      at: now(),
      ofConnection,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const body = await readBody(request);
    calls.push(call);
    const fault = faultFor(call);
    if (fault === undefined) {
      answer(response, ...take(call, body));
    } else if ('status' in fault) {
      const { status, code, headers } = fault;
      const error = code === undefined ? undefined : { error: { code, message: code } };
      answer(response, status, fault.body ?? error, headers);
    } else if (fault.how !== 'hang') {
      if (fault.how === 'reset-after') take(call, body);
      request.socket.resetAndDestroy();
    }
    for (const look of watchers) look();
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => answer(response, 400, { error: { code: 'BadRequest' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the connector has no port');

  const connector: FakeConnector = {
    url: `http://127.0.0.1:${bound.port}/`,
    calls,
    activities,
    answersTo: (activityId) => answers.get(activityId) ?? [],
    updates,
    deleted,
    messages: (conversationId) => {
      const here = (sent: Sent) =>
        sent.conversationId.split(';')[0] === conversationId.split(';')[0];
      const newest = new Map<string, SentActivity>();
      for (const sent of [...activities, ...updates].filter(here)) {
        if (sent.activity.type === 'message' && sent.only === undefined)
          newest.set(sent.id, sent.activity);
      }
      for (const id of deleted) newest.delete(id);
      return [...newest.values()];
    },
    member: (id, member) => void members.set(id, member),
    fault: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    waitFor: (holds, patienceMs = 10_000) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          watchers.delete(look);
          reject(
            new Error(`did not come: ${calls.map((c) => `${c.method} ${c.path}`).join(', ')}`),
          );
        }, patienceMs);
        const look = () => {
          if (!holds(connector)) return;
          clearTimeout(late);
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return connector;
};
