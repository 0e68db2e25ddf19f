import { describe, expect, it } from 'vitest';
import { actions } from '../../src/bot/actions.ts';
import { commands } from '../../src/bot/commands.ts';
import { mayAct, type Role, roles } from '../../src/core/role.ts';
import type { ConversationKind } from '../../src/core/turn.ts';
import { isVerb, type Verb, verbs } from '../../src/core/verbs.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { type Seen, type Speaker, startTalk, type Talk } from './talk.ts';

const kinds = ['personal', 'group', 'channel'] as const satisfies readonly ConversationKind[];
const verbNames = Object.keys(verbs).filter((name): name is Verb => isVerb(name));

/** Where the role depends on more than the name: data that gets that far. */
const data: Partial<Record<Verb, object>> = { 'digest.set': { when: 'off' } };
const rest: Readonly<Record<string, string>> = { digest: 'off', maintenance: 'off' };

const asks: readonly (readonly [
  name: string,
  declared: Role,
  (by: Speaker) => Promise<Seen | undefined>,
])[] = [
  ...commands.map(
    ({ name, role }) =>
      [name, role, (by: Speaker) => by.say(`${name} ${rest[name] ?? ''}`.trim())] as const,
  ),
  ...verbNames.map(
    (verb) =>
      [verb, actions[verb].role, (by: Speaker) => by.execute(verb, data[verb] ?? {})] as const,
  ),
];

/** Everybody has that role, each for themselves: nobody is too fast. */
const talkOf = (role: Role, guests = false): Promise<Talk> => {
  const everybody = asks.flatMap((_, index) => kinds.map((kind) => `p-${kind}-${index}`));
  return startTalk(role === 'admin' ? { admins: everybody, guests } : { admins: [], role, guests });
};

/** `<name> <kind>` of everything that is not refused for the role. */
const allowedTo = async (talk: Talk): Promise<ReadonlySet<string>> => {
  const allowed = new Set<string>();
  for (const [index, [name, , ask]] of asks.entries())
    for (const kind of kinds) {
      const speaker = talk.speaker({ name: `p-${kind}-${index}`, kind, key: `chat-${kind}` });
      const seen = await ask(speaker);
      expect(seen, `${name} in ${kind} is answered`).toBeDefined();
      if (!wordsOf(seen?.card ?? {}).includes('Not allowed')) allowed.add(`${name} ${kind}`);
    }
  return allowed;
};

describe('who may do what', () => {
  it('is what the table of commands and verbs says, in every kind of conversation', async () => {
    const allowed = new Map<Role, ReadonlySet<string>>();
    for (const role of roles) allowed.set(role, await allowedTo(await talkOf(role)));
    const least = (name: string, kind: ConversationKind): Role | undefined =>
      roles.find((role) => allowed.get(role)?.has(`${name} ${kind}`));
    for (const [name, declared] of asks)
      for (const kind of kinds) {
        const from = least(name, kind) ?? 'admin';
        expect(mayAct(from, declared), `${name} in ${kind} is never below its role`).toBe(true);
        for (const role of roles)
          expect(allowed.get(role)?.has(`${name} ${kind}`), `${name} ${kind} ${role}`).toBe(
            mayAct(role, from),
          );
      }
    const matrix = asks.map(
      ([name]) => `${name}: ${kinds.map((kind) => least(name, kind)).join(' ')}`,
    );
    expect(matrix).toMatchInlineSnapshot(`
      [
        "agents: viewer viewer viewer",
        "agent: viewer viewer viewer",
        "pause: operator operator operator",
        "resume: operator operator operator",
        "rename: operator operator operator",
        "reconnect: operator operator operator",
        "create: admin admin admin",
        "delete: admin admin admin",
        "undo: operator operator operator",
        "watch: viewer operator operator",
        "watches: viewer viewer viewer",
        "unwatch: viewer viewer viewer",
        "ack: operator operator operator",
        "mute: operator operator operator",
        "unmute: operator operator operator",
        "maintenance: operator operator operator",
        "digest: viewer operator operator",
        "health: viewer viewer viewer",
        "fields: viewer viewer viewer",
        "templates: viewer viewer viewer",
        "deleted: viewer viewer viewer",
        "grant: admin admin admin",
        "revoke: admin admin admin",
        "roles: admin admin admin",
        "audit: viewer viewer viewer",
        "whoami: none none none",
        "help: none none none",
        "agents.page: viewer viewer viewer",
        "agent.show: viewer viewer viewer",
        "agent.pause: operator operator operator",
        "agent.resume: operator operator operator",
        "agent.mute: operator operator operator",
        "agent.reconnect: operator operator operator",
        "agent.rename: operator operator operator",
        "agent.delete: admin admin admin",
        "agent.create: admin admin admin",
        "session.pause: operator operator operator",
        "session.resume: operator operator operator",
        "alert.show: viewer viewer viewer",
        "alert.ack: operator operator operator",
        "alert.mute: operator operator operator",
        "watch.create: viewer operator operator",
        "watch.edit: viewer viewer viewer",
        "watch.end: viewer viewer viewer",
        "watch.test: viewer viewer viewer",
        "mute.end: operator operator operator",
        "digest.set: viewer operator operator",
        "change.undo: operator operator operator",
        "audit.page: viewer viewer viewer",
        "command.run: none none none",
      ]
    `);
  });

  it('is for a guest what it is for a viewer, even if listed as an admin', async () => {
    const guest = await allowedTo(await talkOf('admin', true));
    expect([...guest]).toEqual([...(await allowedTo(await talkOf('viewer')))]);
  });

  it('is for nobody at all more than who they are and what there is', async () => {
    const names = [...(await allowedTo(await talkOf('none')))].map((one) => one.split(' ')[0]);
    expect([...new Set(names)]).toEqual(['whoami', 'help', 'command.run']);
  });

  it('leaves PingPlotter alone whoever is refused', async () => {
    const talk = await talkOf('viewer');
    await allowedTo(talk);
    expect(talk.changes()).toEqual([]);
  });
});
