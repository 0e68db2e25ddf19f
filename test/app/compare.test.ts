import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

const agents = ['BOI-1', 'BOI-2', 'Dance with Me'].map((name) =>
  simulatedAgent({
    id: name.toLowerCase(),
    name,
    sessions: [
      simulatedSession({ id: `${name}-crm` }),
      ...(name === 'BOI-1'
        ? [simulatedSession({ id: 'voice', description: 'voice', address: '203.0.113.31' })]
        : []),
    ],
  }),
);

describe('compare', () => {
  it('puts two agents side by side, target by target', async () => {
    const bot = await startBot({ agents });
    const words = wordsOf((await bot.alex.say('compare boi-1 with boi-2')).card);
    expect(words).toMatch(/crm[\s\S]*BOI-1: [\d.]+ % good time[\s\S]*BOI-2: [\d.]+ % good time/u);
    expect(words).toContain('Only BOI-1 has voice');
  });

  it('knows names that hold the word', async () => {
    const bot = await startBot({ agents });
    for (const typed of ['compare dance with me with boi-1', 'compare boi-1 with dance with me'])
      expect(wordsOf((await bot.alex.say(typed)).card)).toContain('Dance with Me: ');
  });

  it('takes the other name along when one of them is not clear', async () => {
    const bot = await startBot({ agents });
    const { card } = await bot.alex.say('compare boi with dance');
    expect(JSON.stringify(card)).toContain('"value":"dance"');
    const pressed = await bot.alex.press(card, 'history.compare', {
      agent: 'boi-2',
      with: 'boi',
    });
    const rows = executesOf(pressed.card).map(({ data }) => data);
    expect(rows).toEqual(
      ['boi-1', 'boi-2'].map((other) => ({ agent: 'boi-2', other, span: '24h' })),
    );
  });

  it.each([
    ['compare', 'Type it like this'],
    ['compare boi-1', 'Type it like this'],
    ['compare boi-1 with nobody-9', 'no agent called'],
    ['top', 'Type it like this'],
    ['top good', 'good'],
    ['top poor 12h', '12h'],
    ['top poor 7d please', 'please'],
    ['top poor', 'nothing can be said of it'],
  ])('answers “%s”', async (typed, said) => {
    const bot = await startBot({ agents });
    expect(wordsOf((await bot.alex.say(typed)).card)).toContain(said);
  });
});
