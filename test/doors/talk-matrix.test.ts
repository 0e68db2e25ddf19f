import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandCalled, invitedTo, mayUse } from '../../src/chat/define-command.ts';
import { commands } from '../../src/registry.ts';
import { mayAct, type Role } from '../../src/shared/role.ts';
import { simulatedAgent } from '../../src/simulator/agent.ts';
import { type CardContent, executesOf, wordsOf } from '../fakes/card-actions.ts';
import type { TeamsUser } from '../fakes/teams-user.ts';
import { forSuite } from '../store/a-folder.ts';
import { botHere } from './bot-here.ts';
import { type GuardedBot, startGuarded } from './guarded-bot.ts';
import { type Place, places, type Who } from './scene.ts';

/** What somebody says, and whether all of the conversation see the answer. */
interface Row {
  readonly said: string;
  /** The command that the least role is of; everybody without one. */
  readonly command?: string;
  readonly shows: RegExp;
  readonly toAll?: true;
}

const rows: readonly Row[] = [
  { said: 'hi', shows: /^Hello/u, toAll: true },
  { said: 'help', shows: /What you can ask/u },
  { said: 'warum ist das so langsam?', shows: /I understand English/u },
  { said: 'blah blubb 17', shows: /I did not understand/u },
  { said: 'which agents are bad?', command: 'agents', shows: /^Fleet/mu, toAll: true },
  { said: 'is box-1 ok?', command: 'agent', shows: /BOX-1/u, toAll: true },
  { said: 'box-1', command: 'agent', shows: /BOX-1/u, toAll: true },
  { said: 'box', command: 'agent', shows: /Which agent do you mean/u },
  { said: 'please pause box-1', command: 'pause', shows: /Do you want this/u },
  { said: 'stop box-1', command: 'pause', shows: /or mute it here/u },
  { said: 'tell me when box-1 goes down', command: 'watch', shows: /Understood as/u },
  { said: 'be quiet', command: 'watches', shows: /What should stop here/u },
  { said: 'send a report every day at 8:00', command: 'digest', shows: /Do you want this/u },
  { said: 'take that back', command: 'undo', shows: /Do you want this/u },
  { said: 'take care of alert 7', command: 'ack', shows: /Do you want this/u },
  { said: 'add a new agent', command: 'create', shows: /Do you want this/u },
];

const whos = ['none', 'viewer', 'guest', 'operator', 'admin'] as const;

const roleOf = (who: Who): Role => (who === 'guest' ? 'viewer' : who);

const { whenDone, finish } = forSuite();
let bot: GuardedBot;
const users = new Map<string, TeamsUser>();
const cases = whos.flatMap((who) => places.map((place) => [who, place] as const));

const userOf = (who: Who, place: Place): TeamsUser => {
  const found = users.get(`${who} ${place}`);
  if (found === undefined) throw new Error('nobody');
  return found;
};

const kinds = { personal: 'personal', groupChat: 'group', channel: 'channel' } as const;
const readerOf = (who: Who, place: Place) => ({ role: roleOf(who), kind: kinds[place] });

beforeAll(async () => {
  const agents = ['BOX-1', 'BOX-12', 'LAX-12'].map((name) => simulatedAgent({ id: name, name }));
  const named = cases.map(([who, place]) => [who, `${who}-${place}`.toLowerCase()] as const);
  const admins = named.filter(([who]) => who === 'guest' || who === 'admin');
  bot = await startGuarded(botHere, {
    whenDone,
    agents,
    environment: {
      DEFAULT_ROLE: 'none',
      AGENT_OWNER_FIELD: 'Owner',
      BOT_ADMINS: ['root', ...admins.map(([, name]) => name)].join(','),
    },
  });
  const root = bot.user({ person: { id: '29:root', name: 'Root', aadObjectId: 'root' } });
  for (const [who, place] of cases) {
    const name = `${who}-${place}`.toLowerCase();
    const person = { id: `29:${name}`, name, aadObjectId: name };
    const id = place === 'personal' ? `a:${name}` : `19:${name}@thread.tacv2`;
    users.set(
      `${who} ${place}`,
      bot.user({ person, conversation: { id, conversationType: place } }),
    );
    if (who === 'guest') bot.connector.member(person.id, { userRole: 'guest' });
    if (who === 'viewer' || who === 'operator') await root.say(`grant ${name} ${who}`);
  }
}, 60_000);
afterAll(finish);

/** The words of an answer, and whether it went to the asker alone. */
const answerTo = async (
  user: TeamsUser,
  said: string,
): Promise<{ readonly card: CardContent; readonly words: string; readonly isPrivate: boolean }> => {
  const { card, messageId } = await user.say(said);
  const sent = bot.connector.activities.find(({ id }) => id === messageId);
  return { card, words: wordsOf(card), isPrivate: sent?.only !== undefined };
};

const isRefused = (words: string): boolean =>
  /^Not allowed|needs the role \w+; yours is/mu.test(words);

it.each(rows)(
  '“$said” is answered as the role allows, in each kind of conversation',
  async (row) => {
    for (const [who, place] of cases) {
      const command = row.command === undefined ? undefined : commandCalled(commands, row.command);
      const may = command === undefined || mayUse(command, readerOf(who, place));
      const { card, words, isPrivate } = await answerTo(userOf(who, place), row.said);
      const at = `${who} ${place}`;
      // Who may not read learns of no name, not even whether there is one.
      if (who === 'none' && !may) expect(words, at).toMatch(/^Not allowed|I did not understand/mu);
      else if (may) expect(words, at).toMatch(row.shows);
      else expect(isRefused(words), at).toBe(true);
      expect(isPrivate, at).toBe(place !== 'personal' && !(may && row.toAll === true));
      if (who === 'none') expect(words, at).not.toMatch(/BOX-/u);
      if (isPrivate || place === 'personal') {
        const offered = new Set(executesOf(card).map(({ verb }) => verb));
        for (const verb of acting(roleOf(who))) expect(offered, at).not.toContain(verb);
      }
    }
    expect(bot.changes()).toEqual([]);
  },
);

/** Verbs of buttons that a role may not press. */
const acting = (role: Role): readonly string[] => [
  ...(mayAct(role, 'operator') ? [] : ['agent.pause', 'agent.mute', 'agent.rename']),
  ...(mayAct(role, 'admin') ? [] : ['agent.create', 'agent.delete']),
];

it.each(cases)('%s in a %s is invited to what is theirs, and may press it', async (who, place) => {
  const user = userOf(who, place);
  const settings = { ownerField: 'Owner' };
  const invited = invitedTo(commands, readerOf(who, place), settings).map(
    ({ invitation }) => invitation,
  );
  const hello = (await answerTo(user, 'hello')).card;
  const help = (await answerTo(user, 'help')).card;
  const titles = (card: CardContent) => executesOf(card).map(({ title }) => title);
  expect(titles(hello)).toEqual([...invited.slice(0, 2).map(({ button }) => button), 'Help']);
  expect(titles(help)).toEqual(invited.slice(0, 5).map(({ button }) => button));
  if (who !== 'none') expect(titles(hello)[0]).toBe('Fleet');
  else expect(titles(hello)).toContain('My connection');
  for (const { verb, data } of executesOf(help)) {
    const { statusCode, card } = await user.execute({ verb, data });
    expect(statusCode).toBe(200);
    expect(wordsOf(card)).not.toBe('');
    expect(isRefused(wordsOf(card))).toBe(false);
  }
  for (const { words } of place === 'personal' ? invited : [])
    expect((await answerTo(user, words)).words).not.toMatch(/I did not understand|Not allowed/u);
  expect(bot.changes()).toEqual([]);
});

it('a greeting and help fit into a message, and help says that plain words work', async () => {
  const { card, words } = await answerTo(userOf('operator', 'personal'), 'help');
  expect(JSON.stringify(card).length).toBeLessThan(28_000);
  expect(words).toContain('plain words');
  expect(words.match(/“/gu)?.length).toBeGreaterThan(2);
  for (const command of commands.filter(
    (one) => mayAct('operator', one.role) && one.needs === undefined && one.ofSeveral !== true,
  ))
    expect(words).toContain(command.usage);
});
