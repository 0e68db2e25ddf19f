import { beforeEach, describe, expect, it } from 'vitest';
import type { Agent } from '../../src/platform/agent.ts';
import { ops } from '../contracts/store-bed.ts';
import { aMonitor, type Message, type MonitorBed, minute } from './a-monitor.ts';

const hour = 60 * minute;
const seconds = 1000;

/** Like `19:ops: new KIOSK-7, deleted LAX-1`. */
const lines = (messages: readonly Message[]): readonly string[] =>
  messages.flatMap(({ to, notice }) =>
    notice.kind === 'changes'
      ? [
          `${to}: ${notice.changes
            .map(({ kind, was, name, other }) =>
              [kind, was === undefined ? '' : `${was} to`, name, other?.name ?? '']
                .filter((part) => part !== '')
                .join(' '),
            )
            .join(', ')}${notice.more > 0 ? ` +${notice.more}` : ''}`,
        ]
      : [],
  );

describe('a watch of changes', () => {
  let bed: MonitorBed;
  const names = ['lax-1', 'lax-2', 'lax-3', 'lax-4', 'boi-1'];

  const gone = new Set<string>();

  beforeEach(async () => {
    gone.clear();
    bed = await aMonitor();
    for (const id of names) bed.fleet.add(id, { machineId: `machine-${id}` });
    await bed.watch('changes');
  });

  const polled = async (times = 1): Promise<readonly string[]> => {
    for (let count = 0; count < times; count += 1) {
      for (const id of names) if (!gone.has(id)) bed.fleet.measure(id, 'good');
      await bed.poll();
    }
    return lines(await bed.messages());
  };

  const remove = (id: string): void => {
    gone.add(id);
    bed.fleet.remove(id);
  };
  const rename = (id: string, name: string): void => bed.fleet.set(id, { name });
  const approval = (configured: boolean): Partial<Agent> => ({ configured });

  it('says nothing of a fleet that it meets for the first time', async () => {
    expect(await polled(3)).toEqual([]);
  });

  it('notifies in one message what one poll found, the most important first', async () => {
    await polled(2);
    bed.fleet.add('kiosk', { name: 'KIOSK' });
    bed.fleet.add('lobby', { name: 'LOBBY', configured: false });
    bed.fleet.add('twin', { name: 'TWIN', machineId: 'MACHINE-LAX-2' });
    rename('lax-1', 'LAX-ONE');
    expect(await polled()).toEqual([
      '19:ops: waiting LOBBY, same-machine TWIN LAX-2, renamed LAX-1 to LAX-ONE, new KIOSK, new TWIN',
    ]);
    expect(await polled(3)).toEqual([]);
  });

  it('takes two whole polls for a deletion: a list that is short once is none', async () => {
    await polled(2);
    const { pingPlotter } = bed.fleet;
    const whole = pingPlotter.agents;
    let isShort = true;
    const short = {
      ...pingPlotter,
      agents: async () => {
        const { agents, skipped } = await whole({});
        return { agents: agents.filter(({ id }) => !isShort || id !== 'lax-1'), skipped };
      },
    };
    await bed.restart({ pingPlotter: () => short });
    expect(await polled()).toEqual([]);
    isShort = false;
    expect(await polled(2)).toEqual([]);
    isShort = true;
    expect(await polled(2)).toEqual(['19:ops: deleted LAX-1']);
    isShort = false;
    expect(await polled()).toEqual(['19:ops: back LAX-1']);
  });

  it('does not take entries that cannot be read for deleted agents', async () => {
    await polled(2);
    const { pingPlotter } = bed.fleet;
    const whole = pingPlotter.agents;
    const skipping = {
      ...pingPlotter,
      agents: async () => {
        const { agents } = await whole({});
        return { agents: agents.filter(({ id }) => id !== 'lax-1'), skipped: 1 };
      },
    };
    await bed.restart({ pingPlotter: () => skipping });
    expect(await polled(4)).toEqual([]);
  });

  it('matches who is deleted by what was known, also over a restart', async () => {
    await bed.watch('changes name:boi*', {}, '19:boise');
    await polled(2);
    await bed.restart();
    remove('boi-1');
    remove('lax-1');
    expect((await polled(2)).toSorted()).toEqual(
      ['19:boise: deleted BOI-1', '19:ops: deleted BOI-1, deleted LAX-1'].toSorted(),
    );
  });

  it('finds what happened while the bot was down, and only that', async () => {
    await polled(2);
    bed.fleet.add('kiosk', { name: 'KIOSK' });
    rename('lax-1', 'LAX-ONE');
    await bed.restart();
    expect(await polled()).toEqual(['19:ops: renamed LAX-1 to LAX-ONE, new KIOSK']);
  });

  it('says nothing of another account', async () => {
    await bed.restart({ source: 'first' });
    await polled(2);
    for (const id of names) remove(id);
    for (const id of ['x1', 'x2', 'x3', 'x4', 'x5', 'x6']) bed.fleet.add(id);
    await bed.restart({ source: 'second' });
    expect(await polled(3)).toEqual([]);
    bed.fleet.add('x7');
    expect(await polled()).toEqual(['19:ops: new X7']);
  });

  it('says nothing while PingPlotter is away, and afterwards only what is so', async () => {
    await polled(2);
    bed.fleet.fail('unavailable');
    expect(await polled(5)).toEqual([]);
    bed.fleet.fail();
    rename('lax-2', 'LAX-TWO');
    expect(await polled(2)).toEqual(['19:ops: renamed LAX-2 to LAX-TWO']);
  });

  it('believes that most of a fleet is deleted only when the outage is over', async () => {
    const many = Array.from({ length: 21 }, (_, index) => `k${index + 10}`);
    for (const id of many) bed.fleet.add(id);
    await polled(2);
    for (const id of many) remove(id);
    expect(await polled(10)).toEqual([]);
    const [message, ...others] = await polled(8);
    expect(message).toMatch(/^19:ops: deleted K10, deleted K11, .*deleted K30$/u);
    expect(others).toEqual([]);
  });

  it('leaves out what the bot renamed itself, and notifies of the same agent elsewhere', async () => {
    await polled(2);
    const now = bed.clock.now();
    const own = { agent: 'lax-1', kind: 'rename', name: 'MINE', until: now + 1, at: now } as const;
    await bed.ownChanges.add('default', own);
    rename('lax-1', 'MINE');
    expect(await polled()).toEqual([]);
    rename('lax-1', 'THEIRS');
    expect(await polled()).toEqual(['19:ops: renamed MINE to THEIRS']);
  });

  it('notifies of a rename that leads out of the filter, and of one that leads in', async () => {
    await bed.watch('changes name:boi*', {}, '19:boise');
    await polled(2);
    rename('boi-1', 'REN-1');
    expect(await polled()).toContain('19:boise: renamed BOI-1 to REN-1');
    rename('boi-1', 'BOI-9');
    expect(await polled()).toContain('19:boise: renamed REN-1 to BOI-9');
  });

  it('notifies once of an agent that waits, and again when it waits again', async () => {
    await polled(2);
    bed.fleet.set('lax-1', approval(false));
    expect(await polled()).toEqual(['19:ops: waiting LAX-1']);
    bed.fleet.set('lax-1', approval(true));
    expect(await polled(2)).toEqual([]);
    bed.fleet.set('lax-1', approval(false));
    expect(await polled()).toEqual(['19:ops: waiting LAX-1']);
  });

  it('ends with unwatch', async () => {
    await polled(2);
    await bed.store().watches.remove(ops, 1);
    bed.fleet.add('kiosk');
    expect(await polled()).toEqual([]);
  });

  it('raises no alert, and a watch of problems notifies of no change', async () => {
    await bed.watch('', {}, '19:alerts');
    await polled(2);
    bed.fleet.add('kiosk', { name: 'KIOSK' });
    await bed.poll();
    for (const _ of [1, 2, 3]) {
      bed.fleet.measure('lax-1', 'poor');
      await bed.poll();
    }
    const messages = await bed.messages();
    expect(messages.map(({ to, notice }) => `${to} ${notice.kind}`)).toEqual([
      '19:ops changes',
      '19:alerts alert',
    ]);
  });

  describe('by a hint', () => {
    const hinted = async (...agents: readonly string[]): Promise<readonly string[]> => {
      await bed.clock.advance(10 * seconds);
      await bed.hint(...agents);
      return lines(await bed.messages());
    };

    it('notifies of a new agent at once, and only once', async () => {
      await polled(2);
      bed.fleet.add('kiosk', { name: 'KIOSK' });
      expect(await hinted('kiosk')).toEqual(['19:ops: new KIOSK']);
      expect(await hinted('kiosk')).toEqual([]);
      expect(await polled()).toEqual([]);
    });

    it('notifies of a deleted agent with the next poll, and only once', async () => {
      await polled(2);
      remove('lax-1');
      expect(await hinted('lax-1')).toEqual([]);
      expect(await polled()).toEqual(['19:ops: deleted LAX-1']);
      expect(await hinted('lax-1')).toEqual([]);
      expect(await polled(2)).toEqual([]);
    });

    it('does not take an agent that cannot be read once for deleted', async () => {
      await polled(2);
      bed.fleet.fail('unavailable');
      expect(await hinted('lax-1')).toEqual([]);
      bed.fleet.fail();
      expect(await polled(3)).toEqual([]);
    });
  });

  describe('in a silence', () => {
    const timeZone = 'UTC';
    const days = [1, 2, 3, 4, 5, 6, 7] as const;
    const at = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

    beforeEach(async () => {
      await bed.store().watches.remove(ops, 1);
      await polled(2);
    });

    it('waits for the end of quiet hours, then notifies of what is still so in one message', async () => {
      const now = bed.clock.now();
      const quiet = { from: at(now - hour), to: at(now + hour), days: [...days], timeZone };
      await bed.watch('changes', { quiet });
      bed.fleet.add('kiosk', { name: 'KIOSK' });
      bed.fleet.add('blip', { name: 'BLIP' });
      expect(await polled()).toEqual([]);
      rename('lax-1', 'ONE');
      remove('blip');
      expect(await polled(2)).toEqual([]);
      rename('lax-1', 'UNO');
      rename('lax-2', 'TWO');
      expect(await polled()).toEqual([]);
      rename('lax-2', 'LAX-2');
      await bed.restart();
      expect(await polled(2)).toEqual([]);
      await bed.clock.advance(hour);
      await bed.settle();
      expect(lines(await bed.messages())).toEqual([
        '19:ops: deleted BLIP, renamed LAX-1 to UNO, new KIOSK',
      ]);
      expect(await polled(2)).toEqual([]);
    });

    it('is held back by a mute of the agent or of all, and by maintenance of its site', async () => {
      await bed.watch('changes');
      const until = bed.clock.now() + 30 * minute;
      const by = { id: 'ada', name: 'Ada' };
      await bed.store().mutes.set({ ...ops, agentId: 'lax-1', until, by });
      rename('lax-1', 'ONE');
      rename('lax-2', 'TWO');
      expect(await polled()).toEqual(['19:ops: renamed LAX-2 to TWO']);
      await bed.store().maintenance.add({
        ...ops,
        id: 'm',
        filter: 'name:boi*',
        from: bed.clock.now(),
        until,
        by,
      });
      rename('boi-1', 'BOI-NEW');
      expect(await polled()).toEqual([]);
      const held = () => bed.store().suppressions.list(ops, 0, { skip: 0, limit: 9 });
      // The rename of LAX-1 would have shared the message that was sent.
      expect((await held()).messages).toMatchObject([
        { agentId: 'boi-1', agentName: 'BOI-NEW', what: 'changes', why: 'maintenance' },
      ]);
      expect(await polled(31)).toEqual(['19:ops: renamed LAX-1 to ONE, renamed BOI-1 to BOI-NEW']);
      expect((await held()).listed).toBe(1);
    });

    it('is notified all the same where another watch of the conversation is not silent', async () => {
      const now = bed.clock.now();
      const quiet = { from: at(now - hour), to: at(now + hour), days: [...days], timeZone };
      await bed.watch('changes', { quiet });
      await bed.watch('changes name:lax*');
      rename('lax-1', 'ONE');
      rename('boi-1', 'TWO');
      expect(await polled()).toEqual(['19:ops: renamed LAX-1 to ONE']);
    });

    it('forgets what a watch held back that has ended', async () => {
      const now = bed.clock.now();
      const quiet = { from: at(now - hour), to: at(now + hour), days: [...days], timeZone };
      const watch = await bed.watch('changes', { quiet });
      rename('lax-1', 'ONE');
      await polled();
      await bed.store().watches.remove(ops, watch.number);
      await bed.watch('changes');
      await bed.clock.advance(hour);
      await bed.settle();
      expect(lines(await bed.messages())).toEqual([]);
    });
  });

  it('bounds a message about very many, and counts the rest', async () => {
    await polled(2);
    for (let count = 0; count < 400; count += 1)
      bed.fleet.add(`k${count}`, { name: `K${String(count).padStart(3, '0')}` });
    const [message = ''] = await polled();
    expect(message.split(', ')).toHaveLength(30);
    expect(message).toMatch(/ \+370$/u);
  });
});
