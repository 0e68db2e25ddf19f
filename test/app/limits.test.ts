import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import type { SimulatedBucket } from '../../src/simulator/trace.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { smallFleet, startedAt } from '../simulator/started.ts';
import { pass, passUntil } from './pass.ts';

const bucketMs = 5 * 60_000;
const pollSeconds = 5;

/** The bucket before the story begins, and the one that runs in it. */
const trace = (
  before: Partial<SimulatedBucket>,
  running?: Partial<SimulatedBucket>,
): readonly SimulatedBucket[] =>
  [before, running].flatMap((bucket, n) =>
    bucket === undefined
      ? []
      : [
          {
            at: startedAt + (n - 1) * bucketMs,
            latencyMs: 40,
            jitterMs: 3,
            sent: 100,
            lost: 0,
            ...bucket,
          },
        ],
  );
const fine = trace({}, {});

const start = async (options: Parameters<typeof startBot>[0] = {}) => {
  const clock = fakeClock();
  const bot = await startBot({
    clock,
    watching: true,
    environment: { POLL_SECONDS: `${pollSeconds}` },
    ...options,
  });
  const { edit, requests } = bot.simulator;
  const reads = (session: string) =>
    requests.filter(({ path }) => path.includes(`session-trace-data/${session}`));
  const summaries = (text: RegExp) =>
    bot.connector.activities.filter(({ activity }) => text.test(activity.summary ?? ''));
  edit.setQuality('lax-12', 'voice-1', { score: 95 });
  edit.changeSession('lax-12', 'voice-1', { trace: fine });
  edit.changeSession('lax-12', 'crm-1', { trace: fine });
  const polled = async (times: number): Promise<void> => {
    const before = reads('crm-1').length;
    await passUntil(clock, () => reads('crm-1').length >= before + times);
    await pass(clock, 2000);
  };
  return { ...bot, clock, edit, reads, summaries, polled };
};

const cardOf = (found: ReturnType<Awaited<ReturnType<typeof start>>['summaries']>) =>
  wordsOf(found.at(-1)?.activity.attachments?.[0]?.content ?? {});

describe('a watch with limits', () => {
  it('raises by the running bucket, says the value and not Poor, and clears', async () => {
    const { alex, clock, edit, polled, summaries } = await start();
    const made = await alex.say('watch lax latency>150 jitter>30');
    expect(wordsOf(made.card)).toContain('Latency over 150 ms or jitter over 30 ms');
    expect(wordsOf(made.card)).toContain('How often they were exceeded before is not counted');
    expect(wordsOf((await alex.say('watches')).card)).toContain('Latency over 150 ms');
    await polled(2);
    edit.changeSession('lax-12', 'crm-1', { trace: trace({}, { latencyMs: 182 }) });
    await passUntil(clock, () => summaries(/^Latency 182 ms/u).length > 0);
    const card = cardOf(summaries(/^Latency 182 ms/u));
    expect(card).toContain('is over its limit of latency');
    expect(card).toContain('Latency 182 ms (limit 150)');
    expect(card).not.toContain('Poor');
    expect(summaries(/^Poor/u)).toEqual([]);
    edit.changeSession('lax-12', 'crm-1', { trace: fine });
    await passUntil(clock, () => summaries(/^Within its limits again/u).length > 0);
    expect(cardOf(summaries(/^Within its limits again/u))).toContain('is within its limits again');
  });

  it('reads each session once a poll for all watches, and nothing of a bucket without packets', async () => {
    const { alex, edit, polled, reads, summaries, simulator } = await start();
    await alex.say('watch lax loss>2');
    await alex.say('watch latency>150');
    const slow = { latencyMs: 900 };
    edit.changeSession('lax-12', 'crm-1', { trace: trace({}, { ...slow, sent: 0 }) });
    const asked = { reads: reads('crm-1').length, polls: polls(simulator) };
    await polled(4);
    expect(reads('crm-1').length - asked.reads).toBe(polls(simulator) - asked.polls);
    expect(summaries(/^(?:Latency|Loss)/u)).toEqual([]);
    edit.changeSession('lax-12', 'crm-1', { trace: trace({ ...slow, lost: 30 }, { sent: 0 }) });
    await polled(4);
    expect(summaries(/^Latency 900 ms \(limit 150\)/u)).not.toEqual([]);
    expect(cardOf(summaries(/^Latency/u))).toContain('loss 30 % (limit 2)');
  });

  it('goes on polling where a read fails, counts it once a poll, and learns nothing from it', async () => {
    const { alex, edit, polled, summaries, simulator, logged, clock } = await start();
    await alex.say('watch lax latency>150 offline');
    await polled(1);
    simulator.fault({
      match: { path: /^\/session-trace-data/u },
      effect: { kind: 'status', status: 403 },
      times: Number.POSITIVE_INFINITY,
    });
    edit.changeSession('lax-12', 'crm-1', { trace: trace({}, { latencyMs: 182 }) });
    const before = polls(simulator);
    edit.setOnline('lax-12', false);
    await passUntil(clock, () => summaries(/^Offline/u).length > 0);
    expect(summaries(/^Latency/u)).toEqual([]);
    const lines = logged.filter((line) => line.includes('poll.limits-unread'));
    expect(lines.length).toBeLessThanOrEqual(polls(simulator) - before + 1);
  });
});

const polls = ({ requests }: Awaited<ReturnType<typeof startBot>>['simulator']): number =>
  requests.filter(({ path }) => path === '/agents/status').length;

it('says once that the key may not read trace data any more, and once that it may again', async () => {
  const { alex, clock, simulator, summaries } = await start({
    environment: { POLL_SECONDS: '3600' },
  });
  await alex.say('watch lax latency>150');
  const goOn = async () => {
    await clock.jump(11 * 60_000);
    await pass(clock, 12_000);
  };
  await goOn();
  expect(summaries(/^Limits/u)).toEqual([]);
  simulator.fault({
    match: { path: /^\/session-trace-data/u },
    effect: { kind: 'status', status: 403 },
    times: 2,
  });
  await goOn();
  await goOn();
  expect(summaries(/^Limits are not followed · watch 1/u)).toHaveLength(1);
  await goOn();
  expect(summaries(/^Limits are followed again/u)).toHaveLength(1);
  await goOn();
  expect(summaries(/^Limits/u)).toHaveLength(2);
});

describe('a watch with limits is refused', () => {
  const environment = { POLL_SECONDS: '3600' };
  const quiet = { watching: false, environment };

  it('for more than 200 targets, with their number, and made when a filter narrows it down', async () => {
    const many = Array.from({ length: 20 }, (_, agent) =>
      simulatedAgent({
        id: `big-${agent}`,
        name: `BIG-${agent}`,
        sessions: Array.from({ length: 10 }, (_, n) =>
          simulatedSession({ id: `s-${agent}-${n}`, readings: [simulatedReading({ score: 90 })] }),
        ),
      }),
    );
    const { alex } = await start({ ...quiet, agents: [...smallFleet, ...many] });
    const refused = wordsOf((await alex.say('watch latency>150')).card);
    expect(refused).toMatch(/about 20\d targets, and a watch with limits reads at most 200/u);
    expect(wordsOf((await alex.say('watches')).card)).toContain('Nothing is watched here yet');
    expect((await alex.say('watch name:BIG-* latency>150')).summary).toContain('Watching 20');
  });

  it('without the right to trace data, in the form as well, after one read', async () => {
    const { alex, simulator } = await start({ ...quiet, permissions: ['Sessions'] });
    const refused = wordsOf((await alex.say('watch lax latency>150')).card);
    expect(refused).toContain('may not read trace data');
    expect(simulator.requests.filter(({ path }) => path.includes('trace-data'))).toHaveLength(1);
    const made = await alex.say('watch lax');
    const form = await alex.press(made.card, 'watch.edit');
    const again = await alex.press(form.card, 'watch.edit', {
      filter: 'lax',
      bound: 'none',
      limits: 'latency>150',
      offline: 'false',
    });
    expect(wordsOf(again.card)).toContain('may not read trace data');
    expect(wordsOf((await alex.say('watches')).card)).not.toContain('Latency');
  });

  it('is changed on its form, which shows the limits as they are typed', async () => {
    const { alex } = await start(quiet);
    const made = await alex.say('watch lax latency>150 loss>2');
    const form = await alex.press(made.card, 'watch.edit');
    expect(JSON.stringify(form.card)).toContain('latency>150 loss>2');
    const filledIn = { filter: 'lax', bound: 'poor', limits: 'jitter>30', offline: 'false' };
    const shown = await alex.press(form.card, 'watch.edit', filledIn);
    const changed = await alex.press(shown.card, 'watch.edit', filledIn);
    expect(wordsOf(changed.card)).toContain('Poor or jitter over 30 ms');
    const wrong = await alex.press(form.card, 'watch.edit', {
      filter: 'lax',
      bound: 'poor',
      limits: 'jitter>30 remind 15m',
      offline: 'false',
    });
    expect(wordsOf(wrong.card)).toContain('does not belong there');
  });
});
