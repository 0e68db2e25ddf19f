import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedSession } from '../../../src/simulator/agent.ts';
import { here, startTalk, type Talk } from '../../chat/talk.ts';
import { wordsOf } from '../../fakes/card-actions.ts';

const hour = 3_600_000;

const agents = [
  simulatedAgent({
    id: 'x',
    name: 'X',
    sessions: ['crm', 'dns'].map((name) =>
      simulatedSession({ id: name, description: name, host: `${name}.example.com` }),
    ),
  }),
];

const ends = async ({ store, clock }: Talk) =>
  (await store.timedResumes.forAgent('default', 'x')).map(({ sessions, dueAt, by }) => ({
    sessions,
    hours: (dueAt - clock.now()) / hour,
    by: by.name,
  }));

const on = (session: string, action: 'pause' | 'resume'): string =>
  `PUT /agents/x/session ${JSON.stringify({ SessionId: session, Action: action })}`;

describe('B5: undo gives a timed pause its end back', () => {
  it('when it takes a resume back', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker().say('pause x / crm for 2h');
    await talk.clock.advance(hour / 2);
    await talk.speaker().say('resume x / crm');
    expect(await ends(talk)).toEqual([]);
    await talk.speaker().say('undo');
    expect(await ends(talk)).toEqual([{ sessions: ['crm'], hours: 1.5, by: 'Alex' }]);
    expect(talk.changes()).toEqual([on('crm', 'pause'), on('crm', 'resume'), on('crm', 'pause')]);
  });

  it('of who set it, and when all were resumed at once', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker({ name: 'Megan' }).say('pause x for 2h');
    await talk.speaker().say('resume x');
    await talk.speaker().say('undo');
    expect(await ends(talk)).toEqual([{ sessions: ['crm', 'dns'], hours: 2, by: 'Megan' }]);
    expect((await talk.store.timedResumes.forAgent('default', 'x'))[0]).toMatchObject(here);
  });

  it('when a pause of all had made an earlier one endless', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker().say('pause x / crm for 2h');
    await talk.speaker().say('pause x');
    expect(await ends(talk)).toEqual([]);
    await talk.speaker().say('undo');
    expect(talk.changes().at(-1)).toBe(on('dns', 'resume'));
    expect(await ends(talk)).toEqual([{ sessions: ['crm'], hours: 2, by: 'Alex' }]);
  });

  it('when a second pause had moved the end', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker().say('pause x / crm for 2h');
    await talk.speaker().say('pause x / crm for 5h');
    expect(await ends(talk)).toMatchObject([{ hours: 5 }]);
    await talk.speaker().say('undo');
    expect(await ends(talk)).toEqual([{ sessions: ['crm'], hours: 2, by: 'Alex' }]);
    await talk.speaker().say('undo');
    expect(await ends(talk)).toEqual([]);
    expect(talk.changes().at(-1)).toBe(on('crm', 'resume'));
  });

  it('begins no pause again that would be over', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker().say('pause x / crm for 1h');
    await talk.speaker().say('resume x / crm');
    await talk.clock.advance(2 * hour);
    const seen = await talk.speaker().say('undo');
    expect(wordsOf(seen?.card ?? {})).toContain('would have ended by itself');
    expect(talk.changes()).toHaveLength(2);
  });

  it('leaves nothing planned where PingPlotter refuses the pause', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker().say('pause x / crm for 2h');
    await talk.speaker().say('resume x / crm');
    talk.simulator.fault({
      match: { method: 'PUT', path: /session$/u },
      effect: { kind: 'status', status: 403 },
    });
    await talk.speaker().say('undo');
    expect(await ends(talk)).toEqual([]);
  });

  it('keeps a pause without an end without one', async () => {
    const talk = await startTalk({ agents });
    await talk.speaker().say('pause x / crm');
    await talk.speaker().say('resume x / crm');
    await talk.speaker().say('undo');
    expect(talk.changes().at(-1)).toBe(on('crm', 'pause'));
    expect(await ends(talk)).toEqual([]);
  });
});

it('C15: “undo” with nothing to take back says so', async () => {
  const talk = await startTalk({ agents });
  const seen = await talk.speaker().say('undo');
  expect(seen?.summary).toBe('Nothing to take back: There is nothing of yours here to take back.');
});
