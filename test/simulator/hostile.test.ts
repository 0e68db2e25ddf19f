import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApi } from '../../src/simulator/http/api.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { createTraces } from '../../src/simulator/trace.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { smallFleet, startedAt } from './started.ts';

const now = (): number => startedAt;
const settings = {
  key: 'k',
  permissions: new Set([
    'AgentManagement',
    'TargetManagement',
    'Sessions',
    'TraceData',
    'LiveShareManagement',
  ]),
  pathPrefix: '',
  pausedSessionsVanish: false,
};

const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'TRACE');
const segment = fc.oneof(
  fc.constantFrom(
    'agents',
    'sessions',
    'session-trace-data',
    'points',
    'liveshares',
    'status',
    'session',
    'lax-12',
    'crm-1',
    'customfields',
  ),
  fc.string(),
  fc.string().map(encodeURIComponent),
);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
const body = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"__proto__":null}', 'null', '[]'));
const query = fc.dictionary(
  fc.oneof(
    fc.constantFrom('action', 'includeDeleted', 'agentUniqueId', 'startTime', 'endTime'),
    fc.string(),
  ),
  fc.string(),
);

describe('any request', () => {
  it('gets an answer, and without the key no other than a 401', () => {
    const arbitrary = fc.record({
      method,
      path,
      query,
      body,
      headers: fc.record({
        'x-api-key': fc.constantFrom('k', '', 'other'),
        'content-type': fc.constantFrom('application/json', 'text/plain', ''),
      }),
    });
    fc.assert(
      fc.property(arbitrary, (request) => {
        const api = createApi(
          { world: createWorld(smallFleet, now), traces: createTraces(now), liveShares: [] },
          createRandom(1),
          now,
          settings,
        );
        const { status } = api(request);
        const possible = request.headers['x-api-key'] === 'k' ? [200, 400, 404, 405] : [401];
        expect(possible).toContain(status);
      }),
      { numRuns: 500 },
    );
  });
});
