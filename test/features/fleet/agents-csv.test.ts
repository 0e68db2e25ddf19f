import { expect, it } from 'vitest';
import type { FileLinks, TextFile } from '../../../src/platform/files.ts';
import { simulatedAgent } from '../../../src/simulator/agent.ts';
import { type Seen, startTalk } from '../../chat/talk.ts';
import { elementsOf, wordsOf } from '../../fakes/card-actions.ts';

const codeOf = (seen: Seen | undefined): string =>
  elementsOf(seen?.card)
    .flatMap(({ codeSnippet }) => codeSnippet ?? [])
    .join('');

const many = Array.from({ length: 600 }, (_, n) =>
  simulatedAgent({
    id: `a${n}`,
    name: `=cmd|'${n}`,
    customFields: [{ name: 'Site', value: 'Boise, ID' }],
  }),
);

const recorded = (): FileLinks & { readonly made: TextFile[] } => {
  const made: TextFile[] = [];
  return {
    made,
    link: async (file) => {
      made.push(file);
      return `https://bot.example.com/files/${made.length}`;
    },
  };
};

it('is the rows of the list, as CSV to copy', async () => {
  const alex = (await startTalk()).speaker();
  const lines = codeOf(await alex.say('agents name:lax* CSV')).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^Name,State,Score,/u);
  expect(lines[1]).toMatch(/^LAX-12,Poor,40,yes,/u);
  const all = codeOf(await alex.say('agents csv')).split('\n');
  expect(all.length).toBeGreaterThan(2);
});

it('is cut with a sentence where it is too large and there is no address', async () => {
  const alex = (await startTalk({ agents: many })).speaker();
  const seen = await alex.say('agents csv');
  const lines = codeOf(seen).split('\n');
  expect(new TextEncoder().encode(codeOf(seen)).length).toBeLessThanOrEqual(25 * 1024);
  expect(lines.length).toBeGreaterThan(100);
  expect(wordsOf(seen?.card ?? {})).toContain(`the first ${lines.length - 1} of 600 rows`);
  expect(lines[1]).toMatch(/^'=cmd/u);
});

it('is a link to all of it where there is one', async () => {
  const files = recorded();
  const alex = (await startTalk({ agents: many, files })).speaker();
  const seen = await alex.say('agents csv');
  expect(codeOf(seen)).toBe('');
  expect(JSON.stringify(seen?.card)).toContain('https://bot.example.com/files/1');
  const [file] = files.made;
  expect(file?.name).toBe('agents.csv');
  expect(file?.text.trimEnd().split('\r\n')).toHaveLength(601);
  await alex.say('agents name:nobody csv');
  expect(files.made).toHaveLength(1);
});

it('leaves an agent that is called so alone', async () => {
  const agents = [simulatedAgent({ id: 'a', name: 'Report csv' })];
  const alex = (await startTalk({ agents })).speaker();
  expect(codeOf(await alex.say('agents Report csv'))).toBe('');
  expect(codeOf(await alex.say('agents Report csv csv')).split('\n')).toHaveLength(2);
});
