import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import type { FakeMember, Fault } from '../fakes/connector.ts';
import type { TeamsUser, TeamsUserOptions } from '../fakes/teams-user.ts';
import { forSuite } from '../store/a-folder.ts';
import { botHere } from './bot-here.ts';
import { type GuardedBot, startGuarded } from './guarded-bot.ts';

/** Of whom the roster tells something else than of others; all of them are listed as admins. */
const guests: readonly (readonly [name: string, Partial<FakeMember>])[] = [
  ['by userRole', { userRole: 'guest' }],
  ['by userRole in capitals', { userRole: 'Guest' }],
  ['as an anonymous participant', { userRole: 'anonymous' }],
  ['by name', { userPrincipalName: 'gus_contoso.com#EXT#@acme.example' }],
  ['by name in small letters', { userPrincipalName: 'gus_contoso.com#ext#@acme.example' }],
];
const silences: readonly (readonly [name: string, Fault])[] = [
  ['does not know the person', { status: 404, code: 'MemberNotFoundInConversation' }],
  ['is forbidden', { status: 403, code: 'BotNotInConversationRoster' }],
  ['is throttled', { status: 429 }],
  ['is down', { status: 503 }],
  ['answers nonsense', { status: 200, body: 'no JSON' }],
  ['resets the connection', { how: 'reset' }],
  ['does not answer', { how: 'hang' }],
];

const { whenDone, finish } = forSuite();
let bot: GuardedBot;

beforeAll(async () => {
  const names = [...guests, ...silences].map(([name]) => idOf(name));
  bot = await startGuarded(botHere, {
    whenDone,
    environment: { DEFAULT_ROLE: 'operator', BOT_ADMINS: ['root', ...names].join(',') },
  });
}, 60_000);
afterAll(finish);

const idOf = (name: string): string => name.replaceAll(' ', '-');

/** Somebody in a 1:1 chat of their own. */
const personCalled = (name: string, options: Partial<TeamsUserOptions> = {}): TeamsUser => {
  const id = idOf(name);
  const conversation = { id: `a:${id}`, conversationType: 'personal' } as const;
  return bot.user({ person: { id: `29:${id}`, name, aadObjectId: id }, conversation, ...options });
};

const rosterCalls = ({ person }: TeamsUser): number =>
  bot.connector.calls.filter(({ path }) =>
    path.includes(`/members/${encodeURIComponent(person.id)}`),
  ).length;

const words = async (user: TeamsUser, text: string): Promise<string> =>
  wordsOf((await user.say(text)).card);

/** What nobody here may do must leave PingPlotter alone. */
const changesBy = async (act: () => Promise<void>): Promise<readonly string[]> => {
  const before = bot.changes().length;
  await act();
  return bot.changes().slice(before);
};

const channel = {
  id: '19:general@thread.tacv2;messageid=1700',
  conversationType: 'channel',
} as const;

describe('a guest', () => {
  it.each(guests)(
    'is known %s, and is a viewer even if listed as an admin',
    async (name, member) => {
      const guest = personCalled(name);
      bot.connector.member(guest.person.id, member);
      expect(await words(guest, 'whoami')).toContain('a guest is never more than a viewer');
      expect(await words(guest, 'agents')).toContain('LAX-12');
      const changes = await changesBy(async () => {
        expect(await words(guest, 'pause lax-12')).toContain('needs the role operator');
        for (const text of ['delete lax-12', 'grant someone admin', 'roles'])
          expect(await words(guest, text)).toContain('needs the role admin');
        const pressed = await guest.execute({ verb: 'agent.pause', data: { agent: 'lax-12' } });
        expect(wordsOf(pressed.card)).toContain('needs the role operator');
      });
      expect(changes).toEqual([]);
      // Known for an hour.
      expect(rosterCalls(guest)).toBe(1);
    },
  );

  it('cannot be made more by an admin', async () => {
    const guest = personCalled('Gus', { conversation: channel });
    bot.connector.member('29:Gus', { userRole: 'guest', aadObjectId: 'Gus' });
    const text = '<at>Gus</at>';
    const entities = [{ type: 'mention', text, mentioned: { id: '29:Gus', name: 'Gus' } }];
    const { card } = await personCalled('root', { conversation: channel }).say(
      `grant ${text} admin`,
      { entities },
    );
    expect(wordsOf(card)).toContain('never more than a viewer');
    expect(await words(guest, 'pause lax-12')).toContain('needs the role operator');
  });
});

describe('a roster', () => {
  it.each(silences)(
    'that %s stops acting, with a sentence that says so, and no reading',
    async (name, fault) => {
      const person = personCalled(name);
      const about = encodeURIComponent(person.person.id);
      bot.connector.fault({ ...fault, times: 1000, when: ({ path }) => path.includes(about) });
      const changes = await changesBy(async () => {
        const [said, pressed, read] = await Promise.all([
          words(person, 'pause lax-12'),
          person.execute({ verb: 'agent.pause', data: { agent: 'lax-12' } }),
          words(person, 'agent lax-12'),
        ]);
        expect(said).toContain('Your role cannot be checked');
        expect(wordsOf(pressed.card)).toContain('Your role cannot be checked');
        expect(read).toContain('voice');
      });
      expect(changes).toEqual([]);
    },
  );

  it('is asked again as soon as somebody acts again', async () => {
    const person = personCalled('back again');
    const when = ({ path }: { readonly path: string }) => path.includes('back-again');
    bot.connector.fault({ status: 503, times: 1, when });
    const act = async () => void (await person.say('pause lax-12 / crm'));
    expect(await changesBy(act)).toEqual([]);
    expect(await changesBy(act)).toHaveLength(1);
  });
});

describe('buttons in a 1:1 chat', () => {
  const acting = ['agent.pause', 'agent.rename', 'agent.reconnect', 'agent.delete'];
  it.each<readonly [string, readonly string[]]>([
    ['viewer', []],
    ['operator', ['agent.pause', 'agent.rename', 'agent.reconnect']],
    ['admin', acting],
  ])('are for a %s those that they may use', async (role, theirs) => {
    const person = personCalled(`some ${role}`);
    await personCalled('root').say(`grant ${person.person.aadObjectId} ${role}`);
    const { card } = await person.say('agent lax-12');
    const shown = executesOf(card).map(({ verb }) => verb);
    expect(acting.filter((verb) => shown.includes(verb))).toEqual(theirs);
  });
});
