import { describe, expect, it } from 'vitest';
import type { Misbehaviour } from '../../src/simulator/fault.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { passUntil } from './pass.ts';
import { boise, scheduledBot as start } from './scheduled-bot.ts';

const three = [boise('boi-1'), boise('boi-2'), boise('boi-3')];
const typed = 'pause where field.Site:Boise daily 22:00-06:00';
const status = (code: number, headers: Readonly<Record<string, string>> = {}): Misbehaviour => ({
  kind: 'status',
  status: code,
  headers,
});

describe('several schedules of one agent', () => {
  it('keep it paused from the first beginning to the last end, and call once for each', async () => {
    const { alex, goTo, since, said } = await start({ agents: [boise('boi-1')] });
    for (const times of ['22:00-06:00', '23:00-07:00', '01:00-02:00', '07:00-08:00'])
      await alex.say(`pause boi-1 daily ${times}`);
    await goTo('2026-11-23T21:00:00Z');
    expect(since()).toEqual(['pause boi-1']);
    for (const quiet of ['2026-11-23T22:00:00Z', '2026-11-24T00:00:00Z', '2026-11-24T01:00:00Z'])
      await goTo(quiet);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual([]);
    expect(wordsOf((await alex.say('agent boi-1')).card)).toContain('resumes by itself at 07:00');
    // One ends as the other begins: whichever comes first, it is paused after it.
    await goTo('2026-11-24T06:00:00Z');
    expect(['', 'pause boi-1,resume boi-1']).toContain(since().join());
    expect(wordsOf((await alex.say('agent boi-1')).card)).toContain('resumes by itself at 08:00');
    await goTo('2026-11-24T07:00:00Z');
    expect(since()).toEqual(['resume boi-1']);
    expect(said()).toEqual([]);
  });

  it('that is ended leaves to the others what they have paused', async () => {
    const { alex, goTo, since } = await start({ agents: [boise('boi-1')] });
    await alex.say('pause boi-1 daily 22:00-06:00');
    await alex.say('pause boi-1 daily 23:00-07:00');
    await goTo('2026-11-23T21:00:00Z');
    await goTo('2026-11-23T22:00:00Z');
    const ended = await alex.say('unschedule 1');
    expect(ended.summary).toContain('Schedule #1 has ended · by');
    expect(wordsOf((await alex.say('unschedule 1')).card)).toContain('There is no schedule 1 here');
    since();
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-24T06:00:00Z');
    expect(since()).toEqual(['resume boi-1']);
  });
});

describe('a schedule and what happens in its window', () => {
  it('ends for those that it paused, whatever they are called by then, and for nobody else', async () => {
    const { alex, goTo, since, said, simulator } = await start({ agents: three });
    await alex.say(typed);
    await goTo('2026-11-23T21:00:00Z');
    expect(since()).toEqual(['pause boi-1', 'pause boi-2', 'pause boi-3']);
    simulator.edit.change('boi-1', { name: 'Moved', customFields: [] });
    simulator.edit.drop('boi-2');
    simulator.edit.add(boise('boi-4'));
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume boi-1', 'resume boi-2', 'resume boi-3']);
    // Who is gone needs no resume, and nobody needs to hear of it.
    expect(said()).toEqual([]);
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual(['pause boi-3', 'pause boi-4']);
  });

  it('gives way to many that are resumed or paused by hand', async () => {
    const { alex, clock, goTo, since, connector } = await start({ agents: three });
    await alex.say(typed);
    await goTo('2026-11-23T21:00:00Z');
    const byHand = async (text: string, says: string): Promise<void> => {
      const before = connector.updates.length;
      const { card, messageId } = await alex.say(text);
      await alex.press(card, 'bulk.start', {}, { messageId });
      await passUntil(clock, () =>
        connector.updates
          .slice(before)
          .some(({ activity }) => (activity.summary ?? '').includes(says)),
      );
    };
    await byHand('resume where name:boi-1', 'Resumed 1 agent');
    await byHand('resume where name:boi-2', 'Resumed 1 agent');
    await byHand('pause where name:boi-2', 'Paused 1 agent');
    since();
    await goTo('2026-11-23T23:00:00Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume boi-3']);
  });

  it('skips the next window, not the one that is open', async () => {
    const { alex, goTo, since } = await start({ agents: three });
    await alex.say(typed);
    await goTo('2026-11-23T21:00:00Z');
    const skipped = await alex.press((await alex.say('schedules')).card, 'schedule.skip');
    expect(wordsOf(skipped.card)).toContain('24 Nov, 22:00 is skipped');
    since();
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toHaveLength(3);
    await goTo('2026-11-24T21:00:00Z');
    await goTo('2026-11-25T05:00:00Z');
    expect(since()).toEqual([]);
    await goTo('2026-11-25T21:00:00Z');
    expect(since()).toHaveLength(3);
  });
});

describe('a schedule whose account', () => {
  it('cannot be reached acts when it can be while the window is open, and says so', async () => {
    const { alex, goTo, since, said, simulator } = await start({ agents: three });
    await alex.say(typed);
    await alex.say('pause boi-1 daily 22:00-06:00');
    const back = simulator.fault({ match: {}, effect: status(503) });
    await goTo('2026-11-23T21:00:00Z');
    await goTo('2026-11-23T21:02:00Z');
    expect(said()).toEqual([]);
    back();
    since();
    await goTo('2026-11-23T21:08:00Z');
    expect(since()).toEqual(['pause boi-1', 'pause boi-2', 'pause boi-3']);
    expect(said().toSorted()).toEqual([
      expect.stringMatching(
        /^Schedule #1 · \d agents paused .* begun only at 22:08 instead of 22:00/u,
      ),
      expect.stringMatching(/^Schedule #2 · .* begun only at 22:08 instead of 22:00/u),
    ]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume boi-1', 'resume boi-2', 'resume boi-3']);
  });

  it('cannot be reached at the end resumes when it can be, and says so', async () => {
    const { alex, goTo, since, said, simulator } = await start({ agents: three });
    await alex.say(typed);
    await goTo('2026-11-23T21:00:00Z');
    const back = simulator.fault({ match: { path: /boi-2\/sessions$/u }, effect: status(503) });
    await goTo('2026-11-24T05:00:00Z');
    await goTo('2026-11-24T05:03:00Z');
    back();
    expect(new Set(since())).toEqual(
      new Set([
        'pause boi-1',
        'pause boi-2',
        'pause boi-3',
        'resume boi-1',
        'resume boi-2',
        'resume boi-3',
      ]),
    );
    expect(said()).toEqual([]);
    await goTo('2026-11-24T05:05:00Z');
    expect(since()).toEqual(['resume boi-2']);
    expect(said()).toEqual([
      expect.stringMatching(
        /^Schedule #1 · 1 agent resumed · .* ended only at 06:05 instead of 06:00/u,
      ),
    ]);
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toHaveLength(3);
  });

  it('cannot be reached in all of a window says that no agent was paused, once', async () => {
    const { alex, goTo, said, simulator, since } = await start({ agents: three });
    await alex.say(typed);
    await alex.say('pause boi-1 daily 22:00-06:00');
    const back = simulator.fault({ match: {}, effect: status(503) });
    for (const moment of ['2026-11-23T21:00:00Z', '2026-11-24T04:59:00Z', '2026-11-24T05:00:10Z'])
      await goTo(moment);
    await goTo('2026-11-24T05:02:00Z');
    back();
    since();
    await goTo('2026-11-24T08:00:00Z');
    expect(said().toSorted()).toEqual([
      expect.stringMatching(/^Schedule #1 · no agent paused · .*field.Site:Boise daily/u),
      expect.stringMatching(/^Schedule #2 · no agent paused · 1 failed · BOI-1 daily/u),
    ]);
    expect(since()).toEqual([]);
    await goTo('2026-11-24T21:00:00Z');
    expect(since()).toEqual(['pause boi-1', 'pause boi-2', 'pause boi-3']);
    expect(said()).toEqual([]);
  });

  it('asks for a pause, or refuses one agent, has the others paused in time', async () => {
    const environment = { BULK_CONCURRENCY: '1' };
    const { alex, goTo, since, said, simulator } = await start({ agents: three, environment });
    await alex.say(typed);
    const put = (id: string) => ({ method: 'PUT', path: `/agents/${id}/sessions` });
    const wait = { 'Retry-After': '30' };
    simulator.fault({ match: put('boi-1'), times: 1, effect: status(429, wait) });
    simulator.fault({ match: put('boi-2'), effect: status(403) });
    await goTo('2026-11-23T21:00:00Z');
    // What a 429 asks holds for the others too.
    expect(since()).toEqual(['pause boi-1']);
    expect(said()).toEqual([]);
    await goTo('2026-11-23T21:01:00Z');
    expect(since()).toEqual(['pause boi-1', 'pause boi-2', 'pause boi-3']);
    expect(said()).toEqual([expect.stringMatching(/^Schedule #1 · 2 agents paused · 1 failed/u)]);
    await goTo('2026-11-24T05:00:00Z');
    expect(since()).toEqual(['resume boi-1', 'resume boi-3']);
    expect(said()).toEqual([]);
  });
});
