import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/chat/define-command.ts';
import { defineCommand } from '../../src/chat/define-command.ts';
import { handleMessage } from '../../src/chat/handle-message.ts';
import { reply } from '../../src/chat/reply.ts';
import type { AgentFinder } from '../../src/chat/resolve-agent.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { scopeOf } from './talk.ts';

const never = new Promise<never>(() => {});

/** A chat whose commands only keep what they were run with, and the names of whose fleet come when they come. */
const aChat = (wholeName: AgentFinder['readingOfWholeName']) => {
  const clock = fakeClock();
  const runs: string[] = [];
  let asked = 0;
  const finder: AgentFinder = {
    find: () => never,
    withAddress: () => never,
    like: () => never,
    readingOfWholeName: (...args) => {
      asked += 1;
      return wholeName(...args);
    },
    readingsOfPart: () => never,
    firstKnown: () => never,
  };
  const words = {
    fleet: () => never,
    watchForm: () => noCard,
    watchedHere: () => never,
    wouldHide: () => never,
  };
  const noCard = { content: {}, summary: '' };
  const ports = { finder, clock, log: silentLog, words };
  const command = (name: string): Command<typeof ports> =>
    defineCommand({
      name,
      group: 'Act',
      usage: name,
      summary: name,
      details: [],
      role: 'viewer',
      run: async (_ports, _turn, rest) => {
        runs.push(`${name} ${rest}`);
        return reply(noCard);
      },
    });
  const handle = handleMessage(ports, ['agent', 'pause'].map(command));
  const say = (text: string) =>
    handle(
      {
        kind: 'command',
        text,
        mentions: [],
        scope: { ...scopeOf({}, 'activity'), role: 'operator' },
      },
      new AbortController().signal,
    );
  return { clock, runs, say, asked: () => asked };
};

/** A fleet of these names. */
const named =
  (...names: readonly string[]): AgentFinder['readingOfWholeName'] =>
  async (_account, readings) =>
    readings
      .filter(({ agent }) => names.includes(agent))
      .toSorted((a, b) => b.agent.length - a.agent.length)[0];

describe('whether what was typed is somebody’s name', () => {
  it.each(['pause acme inc.', 'pause acme'])(
    'keeps no command waiting for more than a moment, and is asked once: “%s”',
    async (text) => {
      const { clock, runs, say, asked } = aChat(() => never);
      const answer = say(text);
      await clock.advance(1499);
      expect(runs).toEqual([]);
      await clock.advance(1);
      await answer;
      expect(runs).toEqual([text.replace('.', '')]);
      expect(asked()).toBe(1);
    },
  );

  it.each([
    ['pause acme inc.', [], 'pause acme inc'],
    ['pause acme inc.', ['acme inc.'], 'pause acme inc.'],
    ['pause acme inc. for 2h.', ['acme inc.'], 'pause acme inc. for 2h'],
    ['pause you and me', ['you and me'], 'pause you and me'],
    ['pause you and me for 2h', ['you and me'], 'pause you and me for 2h'],
    ['pause house', ['pause house'], 'agent pause house'],
    ['pause.', ['pause'], 'pause '],
  ])('“%s” where these are names: %j', async (text, names, run) => {
    const { runs, say } = aChat(named(...names));
    await say(text);
    expect(runs).toEqual([run]);
  });

  it('is not known when the fleet cannot be read', async () => {
    const { runs, say } = aChat(() => Promise.reject(new Error('unavailable')));
    await say('pause acme inc.');
    expect(runs).toEqual(['pause acme inc']);
  });
});
