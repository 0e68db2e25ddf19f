import { expect, it } from 'vitest';
import { simulatedAgent } from '../../src/simulator/agent.ts';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

const agents = Array.from({ length: 800 }, (_, n) =>
  simulatedAgent({ id: `a${n}`, name: `Zürich ${n}`, machineName: `machine-of-${n}` }),
);

/** Of a card, the address of its download. */
const downloadOf = (card: object): string =>
  /https:\/\/bot\.example\.com(\/files\/[\w.-]+)/u.exec(JSON.stringify(card))?.[1] ?? '';

it('gives a large table to whoever has its link, and neither token nor content to the log', async () => {
  const bot = await startBot({ agents, environment: { PUBLIC_URL: 'https://bot.example.com/' } });
  const { card } = await bot.alex.say('agents csv');
  const path = downloadOf(card);
  expect(path).toMatch(/^\/files\//u);
  for (let n = 0; n < 2; n += 1) {
    const answer = await fetch(`${bot.url}${path}`);
    expect(answer.status).toBe(200);
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(801);
    expect(lines[1]).toContain('Zürich');
  }
  expect((await fetch(`${bot.url}${path}x`)).status).toBe(404);
  const log = bot.logged.join('\n');
  expect(log).not.toContain(path.slice('/files/'.length));
  expect(log).not.toContain('Zürich');
});

it('cuts it, and says so, without an address of its own', async () => {
  const bot = await startBot({ agents });
  const { card } = await bot.alex.say('agents csv');
  expect(downloadOf(card)).toBe('');
  expect(wordsOf(card)).toContain('of 800 rows');
  expect(executesOf(card).map(({ verb }) => verb)).toContain('agents.page');
});
