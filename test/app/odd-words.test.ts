import { expect, it } from 'vitest';
import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

const called = (...names: readonly string[]) =>
  names.map((name) =>
    simulatedAgent({ id: `id-${name}`, name, sessions: [simulatedSession({ id: `of-${name}` })] }),
  );

const letters = 'qwrtz pqx!?,;:/()"“”’-–🤷\u200b\u0301<>&*_[]{}$';
const nonsense = (length: number): string =>
  Array.from({ length }, (_, place) => letters[(place * 7 + (place >> 3)) % letters.length]).join(
    '',
  );

const english = /I understand English/u;
const notUnderstood = /I did not understand/u;

it('whatever somebody types is answered with a way on, and changes nothing', async () => {
  const bot = await startBot({ agents: called('LAX-12', 'DEN-1') });
  const odd: readonly (readonly [said: string, answer: RegExp])[] = [
    ['🔥🔥🔥', notUnderstood],
    ['👍', notUnderstood],
    ['¯\\_(ツ)_/¯', notUnderstood],
    ['Name\tScore\tSite\nLAX-12\t40\tBoise\nDEN-1\t95\tDenver', /./u],
    ['| Agent | Score |\n|---|---|\n| LAX-12 | 40 |', /./u],
    ['pause LAX-12\tcrm\t40\npause DEN-1\tcrm\t95', /./u],
    ['welche Agenten sind langsam?', english],
    ['warum geht das nicht', english],
    ['quels agents sont en panne ?', english],
    ['¿qué agentes están mal?', english],
    ['quali agenti non funzionano? perché', english],
    ['どのエージェントが悪いですか', english],
    ['какие агенты не работают?', english],
    ['أي الوكلاء معطل؟', english],
    [nonsense(1000), notUnderstood],
    [`${'z'.repeat(999)}?`, notUnderstood],
    ['agents '.repeat(142), /./u],
    ['pause '.repeat(166), /./u],
  ];
  for (const [said, answer] of odd) {
    const { card, summary } = await bot.alex.say(said);
    expect(wordsOf(card), said).toMatch(answer);
    expect(summary, said).not.toBe('');
    expect(JSON.stringify(card).length, said).toBeLessThan(28_000);
    if (answer !== notUnderstood && answer !== english) continue;
    const titles = executesOf(card).map(({ title }) => title);
    expect(titles.slice(-3), said).toEqual(['Fleet', 'Tell me when…', 'Help']);
  }
  expect(bot.changes()).toEqual([]);
  expect(bot.logged.filter((line) => line.includes('"code":"internal"'))).toEqual([]);
});

it('an agent that is called like a command is meant in quotes, and alone', async () => {
  const bot = await startBot({ agents: called('Help', 'Pause', 'Agents', 'All', 'Undo', 'Stop') });
  for (const [said, answer] of [
    ['help', /What you can ask/u],
    ['agents', /^Fleet/mu],
    ['undo', /nothing of yours/u],
    ['stop', /What should stop here/u],
    ['"help"', /Details/u],
    ['"Agents"', /Details/u],
    ['"stop"', /Details/u],
    ['agent "undo"', /Details/u],
    ['agent all', /Details/u],
  ] as const)
    expect(wordsOf((await bot.alex.say(said)).card), said).toMatch(answer);
  expect(bot.changes()).toEqual([]);
  await bot.alex.say('pause "pause"');
  expect(bot.changes()).toHaveLength(1);
  expect(bot.changes()[0]).toContain('id-Pause');
  await bot.alex.say('mute "all" for 1h');
  const { card } = await bot.alex.say('watches');
  expect(wordsOf(card)).toContain('All');
  expect(wordsOf(card)).not.toContain('All agents');
});
