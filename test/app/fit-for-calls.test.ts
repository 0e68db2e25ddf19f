import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/features/history/store.ts';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { openStore } from '../../src/store/open.ts';
import { startBot } from '../fakes/bot.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ann = { id: '29:ann', name: 'Ann', aadObjectId: 'ann-oid' };
const eve = { id: '29:eve', name: 'Eve', aadObjectId: 'eve-oid' };

const owned = (id: string, owner: string) =>
  simulatedAgent({
    id,
    name: id.toUpperCase(),
    customFields: [{ name: 'Owner', value: owner }],
    sessions: [simulatedSession({ id: `${id}-crm`, readings: [simulatedReading({ score: 93 })] })],
  });

/** Two weeks of `pc-1`, fine from 12:00 and Poor from 14:00 in Berlin, as the store rolls them up meanwhile. */
const start = async () => {
  const clock = fakeClock(Date.parse('2026-11-26T10:20:00Z'));
  const url = await aDatabase();
  const store = await openStore({ url, clock, log: silentLog });
  const midnight = Date.parse('2026-11-26T00:00:00Z');
  for (const half of [14, 7]) {
    const samples = Array.from(
      { length: 6 },
      (_, place) => midnight - (half - place) * day,
    ).flatMap((begin) =>
      [11, 13].flatMap((of) =>
        [0, 15, 30, 45].map(
          (minutes): Sample => ({
            ...{ agentId: 'pc-1', sessionId: 'pc-1-crm', at: begin + of * hour + minutes * minute },
            ...(of === 11 ? { word: 'good', score: 92 } : { word: 'poor', score: 30 }),
          }),
        ),
      ),
    );
    await store.samples.add('default', samples, 'thinned');
    await store.prune(midnight - (half - 7) * day);
  }
  await store.close();
  const bot = await startBot({
    clock,
    agents: [owned('pc-1', 'ann@example.com'), owned('pc-2', 'eve-oid')],
    environment: { AGENT_OWNER_FIELD: 'owner', DEFAULT_ROLE: 'none', DATABASE_URL: url },
  });
  for (const { id, name, aadObjectId } of [ann, eve])
    bot.connector.member(id, { aadObjectId, name, userPrincipalName: `${name}@Example.com` });
  const chatOf = (person: typeof ann) =>
    bot.user({ person, conversation: { id: `a:${person.name}`, conversationType: 'personal' } });
  return { bot, chatOf };
};

describe('fit for calls', () => {
  it('is guessed from the same hour of earlier days, and says from how many', async () => {
    const { chatOf } = await start();
    const user = chatOf(ann);
    const noon = await user.say('fit for calls at 12:00?');
    expect(noon.summary).toContain('12:00 your connection will probably be fit for calls');
    expect(wordsOf(noon.card)).toMatch(/fit for calls on \d+ of \d+ working days that I know/u);
    expect(wordsOf(noon.card)).toContain('This is a guess');
    const later = await user.press(noon.card, 'connection.fit', {}, { title: 'An hour later\\?' });
    expect(wordsOf(later.card)).toContain('I cannot say how your connection will be at 13:00');
    expect(wordsOf(later.card)).toContain('I know this hour of 0 working days');
    const bad = await user.say('Fit for a call at 2 pm');
    expect(bad.summary).toContain('14:00 your connection will probably not be fit for calls');
    const now = await user.press(bad.card, 'connection.show');
    const offered = await user.press(now.card, 'connection.fit', {}, { title: 'Fit at 12:00\\?' });
    expect(wordsOf(offered.card)).toContain('12:00 your connection will probably be fit');
  });

  it('is nobody else’s, and asks where it cannot read', async () => {
    const { chatOf } = await start();
    const other = chatOf(eve);
    expect(wordsOf((await other.say('fit for calls at 12:00')).card)).toContain('PC-2');
    const forged = await other.execute({ verb: 'connection.fit', data: { own: 'pc-1', at: 1 } });
    expect(wordsOf(forged.card)).toContain('not yours');
    for (const typed of ['fit for calls at noon or so', 'fit for work', 'fit'])
      expect(wordsOf((await other.say(typed)).card)).not.toMatch(/PC-\d|will probably/u);
  });
});
