import { expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { builtBot } from '../processes/bot-process.ts';
import { startGuarded } from './guarded-bot.ts';

it('answers somebody who asks too much kindly once, then not at all, and others as ever', async () => {
  const bot = await startGuarded(builtBot, {});
  const alex = bot.user();
  const heard = await Promise.all(
    Array.from({ length: 90 }, async (_, index) => {
      const action = { verb: 'command.run', data: { command: 'whoami' } };
      const { card, value } = await alex.execute(action, { messageId: `message-${index}` });
      return wordsOf(card) || String(value);
    }),
  );
  const kind = heard.filter((words) => words.includes('a lot at once'));
  const silent = heard.filter((words) => words === 'There is nothing new to show.');
  const answered = heard.filter((words) => words.includes('tenant-1'));
  expect(kind).toHaveLength(1);
  expect(silent.length).toBeGreaterThan(0);
  expect(answered.length).toBeGreaterThanOrEqual(60);
  expect(answered.length + silent.length).toBe(89);
  const megan = { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-object-id' };
  expect((await bot.user({ person: megan }).say('whoami')).summary).toContain('Megan');
});

const mostTurns = 200;

it('turns away what is more than it can serve at once, and says when to come again', async () => {
  const bot = await startGuarded(builtBot, { environment: { PINGPLOTTER_TIMEOUT_MS: '60000' } });
  const send = async (name: string): Promise<Response> => {
    const user = bot.user({
      person: { id: `29:${name}`, name, aadObjectId: name },
      conversation: { id: `a:${name}`, conversationType: 'personal' },
    });
    const value = { action: { verb: 'agent.show', data: { agent: 'lax-12' } }, trigger: 'manual' };
    const activity = user.activity({ type: 'invoke', name: 'adaptiveCard/action', value });
    return fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: bot.authorization },
      body: JSON.stringify(activity),
    });
  };
  const mend = bot.simulator.fault({ match: { path: /lax-12/u }, effect: { kind: 'hang' } });
  const answers = Array.from({ length: mostTurns + 50 }, (_, index) => send(`person-${index}`));
  const turnedAway = await Promise.any(
    answers.map(async (answer) => {
      const response = await answer;
      if (response.status !== 503) throw new Error('let in');
      return response;
    }),
  );
  expect(turnedAway.headers.get('retry-after')).toBe('2');
  mend();
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  const letIn = statuses.filter((status) => status === 200).length;
  // More, where some are answered before the last have come.
  expect(letIn).toBeGreaterThanOrEqual(mostTurns);
  expect(statuses.filter((status) => status === 503)).toHaveLength(statuses.length - letIn);
  expect((await send('later')).status).toBe(200);
}, 60_000);
