import { expect, it } from 'vitest';
import { createAccountLabels } from '../../src/platform/account-label.ts';
import { createAccounts, onlyAccount } from '../../src/platform/accounts.ts';
import { createMetrics } from '../../src/platform/metrics.ts';

it('tells what was observed in the text format of Prometheus', async () => {
  const metrics = createMetrics();
  metrics.turn('command', 'answered', 0.2);
  metrics.apiCall('GET /agents', 'ok', 0.1, 'default');
  metrics.sent('post', 'throttled', 0.3);
  metrics.refused('tenant');
  metrics.poll('ok', 1, 'default');
  metrics.alert('raised', 'default');
  metrics.delivery('ok', 2);
  metrics.agents([{ account: 'default', agents: 12 }]);
  metrics.outbox(3);
  metrics.ready({ store: true, pingplotter: false, monitor: true, delivery: true });
  const { contentType, body } = await metrics.text();
  expect(contentType).toContain('text/plain');
  for (const line of [
    'bot_turn_seconds_count{kind="command",outcome="answered"} 1',
    'bot_pingplotter_call_seconds_count{endpoint="GET /agents",outcome="ok"} 1',
    'bot_teams_send_seconds_count{operation="post",outcome="throttled"} 1',
    'bot_refused_total{reason="tenant"} 1',
    'bot_sweep_seconds_count{outcome="ok"} 1',
    'bot_alerts_total{event="raised"} 1',
    'bot_delivery_seconds_count{outcome="ok"} 1',
    'bot_agents 12',
    'bot_outbox_waiting 3',
    'bot_ready{check="store"} 1',
    'bot_ready{check="pingplotter"} 0',
  ]) {
    expect(body.split('\n')).toContain(line);
  }
});

it('keeps the numbers of two bots in one process apart', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.refused('tenant');
  expect((await other.text()).body).not.toContain('reason="tenant"');
});

it('tells them by account where there are several, for fifty of them at most', async () => {
  const named = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...onlyAccount(), name: `a${index}` }));
  const accounts = createAccounts(named(1));
  const metrics = createMetrics({ labelOf: createAccountLabels(accounts) });
  metrics.poll('read', 1, 'a0');
  accounts.replace(named(60));
  for (const { name } of accounts.list()) {
    metrics.apiCall('GET /agents', 'ok', 0.1, name);
    metrics.poll('read', 1, name);
    metrics.alert('raised', name);
  }
  metrics.agents([{ account: 'a9', agents: 5 }]);
  metrics.agents(accounts.list().map(({ name: account }) => ({ account, agents: 2 })));
  const lines = (await metrics.text()).body.split('\n');
  for (const line of [
    'bot_sweep_seconds_count{outcome="read"} 1',
    'bot_sweep_seconds_count{outcome="read",account="a49"} 1',
    'bot_pingplotter_call_seconds_count{endpoint="GET /agents",outcome="ok",account="(others)"} 10',
    'bot_alerts_total{event="raised",account="(others)"} 10',
    'bot_agents{account="a9"} 2',
    'bot_agents{account="(others)"} 20',
  ])
    expect(lines).toContain(line);
  expect(lines.filter((line) => line.startsWith('bot_agents{'))).toHaveLength(51);
  // Those of accounts that this instance does not poll any more go.
  metrics.agents([]);
  expect((await metrics.text()).body).not.toContain('bot_agents{');
});
