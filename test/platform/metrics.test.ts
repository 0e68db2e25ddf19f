import { expect, it } from 'vitest';
import { createMetrics } from '../../src/platform/metrics.ts';

it('tells what was observed in the text format of Prometheus', async () => {
  const metrics = createMetrics();
  metrics.turn('command', 'answered', 0.2);
  metrics.apiCall('GET /agents', 'ok', 0.1);
  metrics.sent('post', 'throttled', 0.3);
  metrics.refused('tenant');
  metrics.poll('ok', 1);
  metrics.alert('raised');
  metrics.delivery('ok', 2);
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
