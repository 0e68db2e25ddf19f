import { describe, expect, it } from 'vitest';
import { simulatedSession } from '../../src/simulator/agent.ts';
import type { SimulatedBucket } from '../../src/simulator/trace.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { smallFleet, startedAt } from '../simulator/started.ts';

const minute = 60_000;
const bucket = 5 * minute;
const day = 24 * 60 * minute;

const trace = (isBad: (minutesAgo: number) => boolean): readonly SimulatedBucket[] =>
  Array.from({ length: 3 * 288 }, (_, place) => {
    const at = startedAt - 3 * day + place * bucket;
    const lost = isBad((startedAt - at) / minute) ? 120 : 0;
    return { at, latencyMs: 40, jitterMs: 3, sent: 120, lost };
  });

const start = async (options: Parameters<typeof startBot>[0] = {}): Promise<StartedBot> => {
  const bot = await startBot({ clock: fakeClock(startedAt), ...options });
  const [lax] = smallFleet;
  const router = simulatedSession({ id: 'router-1', description: 'router', address: '10.8.0.1' });
  bot.simulator.edit.change('lax-12', { sessions: [...(lax?.sessions ?? []), router] });
  bot.simulator.edit.changeSession('lax-12', 'crm-1', {
    trace: trace((ago) => ago <= 120 && ago > 90),
  });
  bot.simulator.edit.changeSession('lax-12', 'router-1', { trace: trace(() => false) });
  return bot;
};

describe('evidence', () => {
  it('shows what a provider needs, with the case and the near target', async () => {
    const bot = await start();
    const { card } = await bot.alex.say('evidence lax-12 / crm 24h case #00001');
    const words = wordsOf(card);
    expect(words).toContain('Case: #00001');
    expect(words).toContain('Good time: 97.9 %');
    expect(words).toContain('Outages (nothing came back for five minutes or more): 1, 30 min');
    expect(words).toContain('- 2026-11-23 11:00 – 11:30, 30 min, 100 % lost');
    expect(words).toContain(
      'Near target router: 100 % good time; of the windows below (1) it was fine in 1',
    );
  });

  it('gives the buckets as CSV', async () => {
    const bot = await start({ environment: { PUBLIC_URL: 'https://bot.example.com/' } });
    const { card, messageId } = await bot.alex.say('evidence lax-12 / crm 24h');
    const csv = await bot.alex.press(card, 'evidence.csv', {}, { messageId });
    expect(JSON.stringify(csv.card)).toContain('2026-11-23T10:00:00.000Z,120,120,100,');
    const long = await bot.alex.press(card, 'evidence.csv', { span: '7d' }, { messageId });
    expect(wordsOf(long.card)).toContain('864 buckets');
    expect(JSON.stringify(long.card)).toContain('https://bot.example.com/files/');
  });

  it('makes a LiveShare for 30 days by a press, with the case, and keeps it in the audit log', async () => {
    const bot = await start();
    const { card, messageId } = await bot.alex.say('evidence lax-12 / crm case #00001');
    const press = { agent: 'lax-12', session: 'crm-1', span: '7d', case: 'ISP 4711' };
    const shared = await bot.alex.press(card, 'evidence.share', press, { messageId });
    expect(bot.simulator.liveShares).toMatchObject([
      {
        LinkType: 'session',
        EntityId: 'crm-1',
        Notes: 'ISP 4711',
        ExpirationDate: new Date(startedAt + 30 * day).toISOString(),
      },
    ]);
    const url = bot.simulator.liveShares[0]?.ShareUrl ?? '';
    expect(wordsOf(shared.card)).toContain(url);
    expect(wordsOf(shared.card)).toContain('Good time');
    expect(executesOf(shared.card).map(({ verb }) => verb)).not.toContain('evidence.share');
    const log = wordsOf((await bot.alex.say('audit lax-12')).card);
    expect(log).toContain(url);
    expect(log).toContain('case ISP 4711');
  });

  it('makes no LiveShare where the key may not, and says what it lacks', async () => {
    const bot = await start({ permissions: ['Sessions', 'TraceData'] });
    const { card, messageId } = await bot.alex.say('evidence lax-12 / crm');
    const refused = await bot.alex.press(card, 'evidence.share', {}, { messageId });
    expect(wordsOf(refused.card)).toContain('LiveShareManagement');
    expect(bot.simulator.liveShares).toEqual([]);
  });

  it('shows no button for it to a viewer, who may read all the same', async () => {
    const bot = await start({ environment: { DEFAULT_ROLE: 'viewer' } });
    const sam = bot.user({
      person: { id: '29:sam', name: 'Sam', aadObjectId: 'sam' },
      conversation: { id: 'a:sam', conversationType: 'personal' },
    });
    const { card } = await sam.say('evidence lax-12 / crm');
    expect(wordsOf(card)).toContain('Good time');
    expect(executesOf(card).map(({ verb }) => verb)).not.toContain('evidence.share');
  });

  it('goes by stored scores where the key may not read trace data, and says so', async () => {
    const bot = await start({ permissions: ['Sessions'] });
    const words = wordsOf((await bot.alex.say('evidence lax-12 / crm')).card);
    expect(words).toContain('There is no trace data');
    expect(words).toContain('nothing can be said of it');
  });

  it('asks which target, and takes the case along', async () => {
    const bot = await start();
    const { card } = await bot.alex.say('evidence lax-12 24h case #7');
    expect(JSON.stringify(card)).toContain('"value":"#7"');
    const rows = executesOf(card).filter(({ verb }) => verb === 'evidence.show');
    expect(rows.map(({ data }) => data)).toContainEqual({
      agent: 'lax-12',
      session: 'crm-1',
      span: '24h',
    });
  });

  it.each([
    ['evidence', 'Type it like this'],
    ['evidence lax-12 / crm case', 'Type it like this'],
    ['evidence lax-12 / crm 5d', '5d'],
    [`evidence lax-12 / crm case ${'x'.repeat(101)}`, '100 characters'],
    ['history lax-12 case 7', 'case 7'],
  ])('does not guess at “%s”', async (typed, said) => {
    const bot = await start();
    expect(wordsOf((await bot.alex.say(typed)).card)).toContain(said);
  });
});
