import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import type { SimulatedBucket } from '../../src/simulator/trace.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { smallFleet, startedAt } from '../simulator/started.ts';

const minute = 60_000;
const bucket = 5 * minute;
const day = 24 * 60 * minute;
const environment = { POLL_SECONDS: '3600' };

/** Buckets of the last two days; `lost` of 120 packets, or nothing where there was none. */
const trace = (lost: (minutesAgo: number) => number | undefined): readonly SimulatedBucket[] => {
  const buckets: SimulatedBucket[] = [];
  for (let at = startedAt - 2 * day; at < startedAt; at += bucket) {
    const packets = lost((startedAt - at) / minute);
    if (packets !== undefined)
      buckets.push({ at, latencyMs: 40, jitterMs: 3, sent: 120, lost: packets });
  }
  return buckets;
};

/** Lost between 120 and 90 minutes ago, and nothing measured an hour ago. */
const trouble = trace((ago) => {
  if (ago <= 60 && ago > 30) return undefined;
  return ago <= 120 && ago > 90 ? 60 : 0;
});

const start = async (options: Parameters<typeof startBot>[0] = {}): Promise<StartedBot> => {
  const bot = await startBot({ clock: fakeClock(startedAt), environment, ...options });
  bot.simulator.edit.changeSession('lax-12', 'crm-1', { trace: trouble });
  bot.simulator.edit.changeSession('lax-12', 'voice-1', { trace: trace(() => 0) });
  return bot;
};

const traceCalls = ({ simulator }: StartedBot) =>
  simulator.requests.filter(({ path }) => path.startsWith('/session-trace-data/'));

describe('history', () => {
  it('shows a target from trace data, with the worst windows in the asker’s zone and the period before', async () => {
    const bot = await start();
    const { card, summary } = await bot.alex.say('history lax-12 / crm');
    const words = wordsOf(card);
    expect(words).toContain('LAX-12 → crm');
    expect(words).toContain('97.8 % · before 100 %'); // 6 of 282 buckets with packets
    expect(words).toContain('Loss · 11:00 – 11:30 · 30 min · 50 % lost'); // Berlin is an hour ahead
    expect(words).toMatch(/Without packets[\s\S]*30 min/u);
    expect(words).toMatch(/Latency[\s\S]*40 ms · before 40 ms/u);
    expect(words).not.toContain('stored');
    expect(summary).toContain('97.8 % good time');
  });

  it('puts the worst target first where none is named, and opens it', async () => {
    const bot = await start();
    const { card, messageId } = await bot.alex.say('history lax');
    expect(wordsOf(card)).toMatch(/crm[\s\S]*voice/u);
    const opened = await bot.alex.press(card, 'history.show', { session: 'crm-1' }, { messageId });
    expect(wordsOf(opened.card)).toContain('LAX-12 → crm');
    expect(wordsOf((await bot.alex.say('history lax-12 7d')).card)).toContain('last 7d');
  });

  it('asks for each bucket once', async () => {
    const bot = await start();
    for (let n = 0; n < 3; n += 1) await bot.alex.say('history lax-12 / crm');
    const starts = traceCalls(bot).map(({ query }) => Date.parse(query['startTime'] ?? ''));
    expect(starts.map((at) => at < startedAt - 15 * minute)).toEqual([true, false, false]);
  });

  it('goes by stored scores where the key may not read trace data, and says so', async () => {
    const clock = fakeClock(startedAt);
    const bot = await start({
      permissions: ['Sessions'],
      clock,
      watching: true,
      environment: { POLL_SECONDS: '60' },
    });
    await clock.untilAsleep(1);
    await clock.advance(3 * minute);
    const { card } = await bot.alex.say('history lax-12 7d');
    const words = wordsOf(card);
    expect(words).toContain('may not read trace data');
    expect(words).toMatch(/voice[\s\S]*Poor for[\s\S]*crm[\s\S]*never Poor/u);
    expect(words).toMatch(/Since .*: nothing is known of before/u);
    expect(traceCalls(bot)).toHaveLength(1);
  });

  it('answers 429 with when to ask again', async () => {
    const bot = await start();
    bot.simulator.fault({
      match: { path: /^\/session-trace-data/u },
      effect: { kind: 'status', status: 429, headers: { 'Retry-After': '90' } },
    });
    const words = wordsOf((await bot.alex.say('history lax-12 / crm')).card);
    expect(words).toContain('ask again at 13:01');
    expect(words).toContain('scores that the bot has stored');
  });

  it('says that nothing was measured, and never that all was well', async () => {
    const bot = await start();
    bot.simulator.edit.changeSession('lax-12', 'crm-1', { trace: [] });
    const words = wordsOf((await bot.alex.say('history lax-12 / crm')).card);
    expect(words).toContain('Nothing was measured');
    expect(words).not.toContain('%');
  });

  it('takes the whole command along when several agents match', async () => {
    const agents = ['1', '2'].map((n) =>
      simulatedAgent({
        id: `boi-${n}`,
        name: `BOI-${n}`,
        sessions: [
          simulatedSession({ id: `crm-of-${n}`, readings: [simulatedReading({ score: 90 })] }),
        ],
      }),
    );
    const bot = await startBot({ agents: [...smallFleet, ...agents] });
    const { card } = await bot.alex.say('history boi / crm 7d');
    expect(executesOf(card).map(({ verb, data }) => ({ verb, data }))).toEqual(
      ['1', '2'].map((n) => ({
        verb: 'history.show',
        data: { agent: `boi-${n}`, session: `crm-of-${n}`, span: '7d' },
      })),
    );
    const pressed = await bot.alex.press(card, 'history.show', {
      agent: 'boi-2',
      session: 'crm-of-2',
    });
    expect(wordsOf(pressed.card)).toMatch(/BOI-2 → crm[\s\S]*last 7d/u);
  });

  it.each([
    ['history', 'Type it like this'],
    ['history lax-12 12h', '12h'],
    ['history lax-12 / nothing', 'no target called'],
    ['history nobody-7', 'no agent called'],
    ['history lax-12 please', 'please'],
  ])('does not guess at “%s”', async (typed, said) => {
    const bot = await start();
    const words = wordsOf((await bot.alex.say(typed)).card);
    expect(words).toContain(said);
    expect(traceCalls(bot)).toEqual([]);
  });

  it('knows an agent whose whole name looks like more', async () => {
    const named = simulatedAgent({
      id: 'lab',
      name: 'Lab 7d',
      sessions: [simulatedSession({ id: 'lab-crm' })],
    });
    const bot = await startBot({ agents: [...smallFleet, named] });
    const words = wordsOf((await bot.alex.say('history lab 7d')).card);
    expect(words).toMatch(/Lab 7d[\s\S]*last 24h/u);
  });
});
