import type { Incoming } from '../../src/chat/turn.ts';
import type { Observers } from '../../src/delivery/record-outcome.ts';
import type { AlertEvent } from '../../src/features/alerting/domain/alert-state.ts';
import type { ErrorCode } from '../../src/platform/errors.ts';
import type { Readiness } from '../../src/platform/metrics.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { bearerFault } from '../../src/teams/bearer.ts';

const errors: readonly ErrorCode[] = ['key-wrong', 'timeout', 'unavailable', 'unreachable'];
const kinds: readonly Incoming['kind'][] = ['command', 'action', 'search'];
const events: readonly AlertEvent['kind'][] = ['raised', 'cleared'];
type Failure = Parameters<Observers['onFailed']>[0]['outcome'];
const failures: readonly Failure[] = ['given-up', 'unsure', 'conversation-dead'];
export const checks: Readiness['checks'] = {
  store: true,
  pingplotter: true,
  monitor: true,
  delivery: true,
};
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const unsigned = `${encoded({ alg: 'none', kid: 'k' })}.${encoded({ iss: 'i', aud: 'a', exp: 9 })}.s`;
const rules = { issuer: 'i', audience: 'a', tenants: [], now: 0 };
const reasons: readonly string[] = [undefined, 'Bearer x', `Bearer ${unsigned}`].map(
  (authorization) => bearerFault(authorization, rules) ?? 'no fault',
);

interface Family {
  readonly kind: string;
  /** The values that each label was seen with. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
}

const tell = async (): Promise<string> => {
  const metrics = createMetrics({ processMetrics: true, labelOf: (account) => ({ account }) });
  for (const kind of kinds) metrics.turn(kind, 'answered', 1);
  for (const outcome of ['ok', ...errors]) metrics.apiCall('GET /agents', outcome, 1, 'acme');
  for (const outcome of ['ok', 'throttled']) metrics.sent('post', outcome, 1);
  for (const outcome of ['read', ...errors]) metrics.poll(outcome, 1, 'acme');
  for (const outcome of ['sent', ...failures]) metrics.delivery(outcome, 1);
  for (const event of events) metrics.alert(event, 'acme');
  for (const reason of ['tenant', ...reasons]) metrics.refused(reason);
  metrics.agents([{ account: 'acme', agents: 1 }]);
  metrics.outbox(1);
  metrics.ready(checks);
  return (await metrics.text()).body;
};

const read = (text: string): ReadonlyMap<string, Family> => {
  const types = new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gmu)].map(([, name = '', type = '']) => [name, type]),
  );
  const kindOf = (name: string): string =>
    types.get(name) ?? types.get(name.replace(/_(bucket|sum|count)$/u, '')) ?? '';
  const labels = new Map<string, Map<string, Set<string>>>();
  for (const [, name = '', inBraces = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gmu)) {
    const ofName = labels.get(name) ?? new Map<string, Set<string>>();
    labels.set(name, ofName);
    for (const [, label = '', value = ''] of inBraces.matchAll(/(\w+)="([^"]*)"/gu))
      ofName.set(label, (ofName.get(label) ?? new Set()).add(value));
  }
  return new Map([...labels].map(([name, found]) => [name, { kind: kindOf(name), labels: found }]));
};

/** What the bot tells, as Prometheus stores it: by the names of the series. */
export const families = read(await tell());
