import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isVerb } from '../../../src/chat/define-action.ts';
import { commandCalled } from '../../../src/chat/define-command.ts';
import { understand } from '../../../src/chat/plain-words/understand.ts';
import { RunCommand } from '../../../src/chat/run-command.ts';
import { actions, commands } from '../../../src/registry.ts';
import { simulatedAgent, simulatedSession } from '../../../src/simulator/agent.ts';
import { startTalk } from '../talk.ts';
import { aWorld, table } from './a-world.ts';

const pieces = [
  ...['please', 'can you', 'pause', 'stop', 'resume', 'restart', 'mute', 'unmute', 'delete', 'ack'],
  ...[
    'rename',
    'to',
    'subscribe',
    'tell me when',
    'undo',
    'remove',
    'create',
    'digest',
    'now',
    'off',
  ],
  ...[
    'lax-12',
    'LAX-1',
    'boise',
    'everything',
    'all',
    'and',
    'then',
    ',',
    ';',
    '\n',
    '"',
    'for 2h',
  ],
  ...[
    'until 08:00',
    'for 5x',
    '1',
    '#2',
    'on it',
    'is',
    'who',
    'why',
    'poor',
    'offline',
    'in',
    'not',
  ],
  ...[
    'where is:poor',
    '/',
    'crm',
    'help',
    '?',
    '!',
    '🤷',
    'ß',
    '${x}',
    '<at>',
    'acknowledge',
    'snooze',
  ],
];
const sentence = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string() },
    ),
    {
      maxLength: 14,
    },
  )
  .map((words) => words.join(' ').slice(0, 1000));

/** The commands that only read: what is run at once must be one of them. */
const readsOnly = (name: string): boolean => commandCalled(commands, name)?.reads === true;

it('whatever is typed, what runs at once only reads, and every button is one that the bot knows', () => {
  fc.assert(
    fc.property(sentence, (text) => {
      const meaning = understand(text, aWorld);
      if (meaning?.kind === 'read') expect(readsOnly(meaning.command.name)).toBe(true);
      if (meaning?.kind !== 'offers') return;
      expect(meaning.offers.length).toBeLessThanOrEqual(5);
      for (const { press, title } of meaning.offers) {
        expect(isVerb(actions, press.verb)).toBe(true);
        expect(title).not.toBe('');
        if (press.verb === 'command.run')
          expect(RunCommand.safeParse(press.data).success).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

/** These are the table's own words: they act at once, in their own form, and other tests say how. */
const own =
  /^\s*\/?\s*(?:pause|resume|reconnect|rename|delete|mute|unmute|maintenance|ack|unack|note|assign|undo|create|digest|watch|unwatch|grant|revoke)\b/iu;

it('changes nothing upstream or in the store, for any sentence that does not begin with a command', async () => {
  const agents = ['LAX-1', 'LAX-12', 'Boise'].map((name) =>
    simulatedAgent({ id: name, name, sessions: [simulatedSession({ id: `${name}-crm` })] }),
  );
  const talk = await startTalk({ agents, admins: ['alex'] });
  const alex = talk.speaker();
  await alex.say('watch offline');
  const state = async () => [
    talk.changes(),
    await talk.store.watches.all('default'),
    await talk.store.mutes.active('default', talk.clock.now()),
    await talk.store.maintenance.list('default', talk.clock.now()),
    await talk.store.digests.find({ account: 'default', conversationKey: 'chat-alex' }),
    await talk.store.grants.list('default', 'tenant-1'),
    await talk.store.timedResumes.forAgent('default', 'LAX-12'),
  ];
  const before = await state();
  const rows = [...table('./sentences.txt'), ...table('./held-out-sentences.txt')]
    .filter(({ meant }) => !meant.startsWith('undo'))
    .map((row) => row.sentence);
  const strange = fc.sample(sentence, { numRuns: 150, seed: 7 });
  for (const text of [...rows, ...strange]) {
    if (own.test(text)) continue;
    // Nobody may say more than two things in a second for long.
    await talk.clock.advance(1000);
    await alex.say(text);
  }
  expect(await state()).toEqual(before);
}, 120_000);

it('reads a thousand characters of anything in a moment: no more words than a sentence has are looked up', () => {
  for (const piece of [
    ...pieces,
    'a ',
    'is ',
    'and ',
    '\uE000',
    '? ',
    "'s ",
    'for ',
    'until ',
    '1 ',
    ', ',
  ])
    expect(() => understand(piece.repeat(1000).slice(0, 1000), aWorld)).not.toThrow();
});
