import { afterAll, describe, expect, it } from 'vitest';
import { optional } from '../../src/shared/optional.ts';
import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { startTalk, type Talk } from '../chat/talk.ts';
import { executesOf } from '../fakes/card-actions.ts';
import { openAlert } from '../features/alerting/an-alert.ts';
import { forSuite, type WhenDone } from '../store/a-folder.ts';

const agent = (id: string, name: string) =>
  simulatedAgent({
    id,
    name,
    sessions: ['crm', 'dns'].map((target) =>
      simulatedSession({ id: `${id}-${target}`, description: target, host: `${target}.example` }),
    ),
  });

const agents = [
  agent('a1', 'LAX-1'),
  agent('a12', 'LAX-12'),
  agent('den', 'Denver'),
  agent('room', 'Room'),
  agent('timed', 'Room for 2h'),
  agent('road', 'Road to Rome'),
  agent('slash', 'Hall / 12'),
  simulatedAgent({ id: 't1', name: 'Call centre seat', template: true, online: false }),
];

const grantee = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** All that a command can have changed, upstream and in the store. */
const effectOf = async (talk: Talk): Promise<readonly string[]> => {
  const { store, clock } = talk;
  const now = clock.now();
  const alert = await store.alerts.find('alert-a');
  const watches = await store.watches.all('default');
  const resumes = await Promise.all(
    agents.map(({ id }) => store.timedResumes.forAgent('default', id)),
  );
  return [
    ...talk.changes(),
    ...(await store.mutes.active('default', now)).map(({ agentId }) => `mute ${agentId || 'all'}`),
    ...(await store.maintenance.list('default', now)).map(({ filter }) => `quiet ${filter}`),
    ...(watches.length === 1 ? [] : watches.map(({ filter }) => `watch ${filter}`)),
    ...(watches.length === 0 ? ['unwatched'] : []),
    ...(await store.grants.list('default', 'tenant-1')).map(({ personId, role }) =>
      [personId, role].join(' '),
    ),
    ...(alert?.ackedBy === undefined ? [] : ['acknowledged']),
    ...resumes.flat().map(({ agentId, dueAt }) => `resume ${agentId} in ${(dueAt - now) / 60_000}`),
  ];
};

const started = async (whenDone?: WhenDone): Promise<Talk> => {
  const talk = await startTalk({ agents, admins: ['alex'], ...optional('whenDone', whenDone) });
  await talk.speaker().say('watch offline');
  await openAlert(talk.store);
  return talk;
};

/** One bot for many sentences that change nothing; one that did change something is never used again. */
const startedOnce = () => {
  let shared: Promise<Talk> | undefined;
  const { whenDone, finish } = forSuite();
  afterAll(finish);
  return {
    talk: async (): Promise<Talk> => {
      shared ??= started(whenDone);
      return shared;
    },
    effect: async (talk: Talk): Promise<readonly string[]> => {
      const effect = await effectOf(talk);
      if (effect.length > 0) shared = undefined;
      return effect;
    },
  };
};

const paused = (id: string): string => `PUT /agents/${id}/sessions?action=0`;
const on = (id: string, target: string, action: string): string =>
  `PUT /agents/${id}/session ${JSON.stringify({ SessionId: `${id}-${target}`, Action: action })}`;

describe('a command does exactly what was meant', () => {
  it.each<readonly [string, readonly string[]]>([
    ['pause lax-12', [paused('a12')]],
    ['pause lax-12.', [paused('a12')]],
    ['pause den!', [paused('den')]],
    ['Pause "lax-1"', [paused('a1')]],
    ['pause lax-12 / crm', [on('a12', 'crm', 'pause')]],
    ['pause den / crm for 2h', [on('den', 'crm', 'pause'), 'resume den in 120']],
    ['pause den until 2:30 PM', [paused('den'), 'resume den in 90']],
    ['pause room for 2h', [paused('timed')]],
    ['pause "room" for 2h', [paused('room'), 'resume room in 120']],
    ['pause hall / 12', [paused('slash')]],
    ['resume den', ['PUT /agents/den/sessions?action=1']],
    ['reconnect den.', ['POST /agents/den/forcereconnect']],
    ['reconnect room for 2h', ['POST /agents/timed/forcereconnect']],
    ['rename road to rome to Road', ['PUT /agents/road {"Name":"Road"}']],
    ['rename den to Ready?', ['PUT /agents/den {"Name":"Ready?"}']],
    ['mute den for 1h', ['mute den']],
    ['mute all for 30m', ['mute all']],
    ['mute "room" for 2h', ['mute room']],
    ['ack 1', ['acknowledged']],
    ['ack #1.', ['acknowledged']],
    ['unwatch 1', ['unwatched']],
    ['maintenance den from 8am to 9am', ['quiet den']],
    ['maintenance all from now to 18:00', ['quiet ']],
    [`grant ${grantee} operator`, [`${grantee} operator`]],
    [`grant ${grantee} none.`, [`${grantee} none`]],
  ])('“%s”', async (text, effect) => {
    const talk = await started();
    await talk.speaker().say(text);
    expect(await effectOf(talk)).toEqual(effect);
  });
});

/** What each command may be given in place of a name that means one agent. */
const wrong = {
  'a part of several names': 'lax',
  'a part within a word': 'enver',
  'a guess': 'lax-13',
  'an unread tail': 'den for 5x',
  politeness: 'den please',
  'two names': 'den lax-12',
  'two lines': 'den\nlax-12',
  'a template': 'Call centre seat',
  'an empty name': '""',
  'a filter': 'where is:poor',
  all: 'all',
} as const;

const commands: readonly (readonly [command: string, text: (name: string) => string])[] = [
  ['pause', (name) => `pause ${name}`],
  ['pause with a time', (name) => `pause ${name} for 1h`],
  ['pause of a target', (name) => `pause ${name} / crm`],
  ['resume', (name) => `resume ${name}`],
  ['reconnect', (name) => `reconnect ${name}`],
  ['rename', (name) => `rename ${name} to New`],
  ['delete', (name) => `delete ${name}`],
  ['mute', (name) => `mute ${name} for 1h`],
  ['unmute', (name) => `unmute ${name}`],
];

/** The preview of a change of every agent; where it would change none, a way to the list. */
const preview = ['bulk.start', 'bulk.cancel'];
const toTheList = ['command.run'];
/** A filter and `all` mean many agents (contract, Typed text and Bulk); nothing is done before a press. */
const offeredFor: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'a filter': Object.fromEntries(
    ['pause', 'pause with a time', 'resume', 'reconnect', 'rename', 'delete'].map((command) => [
      command,
      toTheList,
    ]),
  ),
  all: {
    pause: preview,
    'pause with a time': preview,
    resume: toTheList,
    reconnect: preview,
    rename: toTheList,
    delete: preview,
  },
};

describe.each(commands)('%s does nothing', (command, textOf) => {
  const cases = Object.entries(wrong).filter(
    ([what]) => !(what === 'all' && command.endsWith('mute')),
  );
  const unchanged = startedOnce();
  it.each(cases)('for %s', async (what, name) => {
    const talk = await unchanged.talk();
    const seen = await talk.speaker().say(textOf(name));
    expect(await unchanged.effect(talk)).toEqual([]);
    // A row of “which one?” may act; a guess, a template and a refusal may only be looked at.
    if (name === 'lax') return;
    const acting = executesOf(seen?.card ?? {}).filter(
      ({ verb, data }) => verb !== 'agent.show' && data['command'] !== 'help',
    );
    expect(acting.map(({ verb }) => verb)).toEqual(offeredFor[what]?.[command] ?? []);
    for (const { verb, data } of acting)
      if (verb === 'command.run') expect(data).toEqual({ command: 'agents' });
  });
});

describe('nothing is done', () => {
  const unchanged = startedOnce();
  it.each([
    'ack all',
    'ack 1x',
    'ack 1 please',
    'ack 7',
    'unwatch',
    'unwatch all',
    'unwatch 1 2',
    'unwatch one',
    'watch den for 10m',
    'watch den please',
    'watch is:bad',
    'maintenance den',
    'maintenance off',
    'maintenance den from 8 to 9',
    'maintenance den from 22:00 to 23:00 please',
    'maintenance please from 22:00 to 23:00',
    'digest daily at noon',
    'undo',
    'undo all',
    'grant foo admin',
    'grant bob@example.com admin',
    `grant ${grantee} king`,
    `grant ${grantee} admin please`,
    `grant ${grantee} den admin`,
    'grant all admin',
    'revoke all',
    'revoke den',
  ])('by “%s”', async (text) => {
    const talk = await unchanged.talk();
    await talk.speaker().say(text);
    expect(await unchanged.effect(talk)).toEqual([]);
  });
});
