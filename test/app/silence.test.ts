import { describe, expect, it } from 'vitest';
import { wordsOf } from '../fakes/card-actions.ts';
import { headlines } from '../fakes/headlines.ts';
import { pass } from './pass.ts';
import { calmBot } from './polled-bot.ts';

const minute = 60_000;

const start = async (pollSeconds: number) => {
  const bot = await calmBot({ pollSeconds });
  const poll = async (times: number): Promise<void> => {
    await bot.untilPolled(times);
    // What was read is stored, and what follows is sent.
    await pass(bot.clock, 2000);
  };
  await bot.alex.say('watch');
  await poll(2);
  return {
    ...bot,
    poll,
    told: () =>
      headlines(bot.connector, bot.alex.conversation.id).filter((words) =>
        /^(?:Poor|Fine|Offline|Back|Deleted)/u.test(words),
      ),
  };
};

describe('what somebody had the bot do', () => {
  it('is not announced when it is a pause, and the end of it neither', async () => {
    const { alex, edit, poll, told } = await start(5);
    await alex.say('pause lax-12 / voice');
    edit.setQuality('lax-12', 'voice-1', { score: 5 });
    await poll(4);
    edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await alex.say('resume lax-12 / voice');
    await poll(4);
    expect(told()).toEqual([]);
  });

  it('is not announced when it is a reconnect, however many polls that takes', async () => {
    const { alex, edit, poll, told } = await start(5);
    await alex.say('reconnect lax-12');
    edit.setOnline('lax-12', false);
    await poll(4);
    edit.setOnline('lax-12', true);
    await poll(4);
    expect(told()).toEqual([]);
  });

  it('is announced after all when the agent does not come back from its reconnect', async () => {
    const { alex, edit, leap, told } = await start(20);
    await alex.say('reconnect lax-12');
    edit.setOnline('lax-12', false);
    await leap(4 * minute);
    expect(told()).toEqual(['Offline · LAX-12']);
  });

  it('is not announced when it is a deletion', async () => {
    const { alex, edit, poll, told, changes } = await start(5);
    const { card } = await alex.say('delete lax-12');
    await alex.press(card, 'agent.delete');
    await poll(4);
    expect(changes()).toHaveLength(1);
    expect(told()).toEqual([]);
    edit.setOnline('den-1', false);
    await poll(3);
    expect(told()).toEqual(['Offline · DEN-1']);
  });
});

describe('mute all', () => {
  it('holds for its hour, and what is still wrong then is notified once', async () => {
    const { alex, edit, poll, leap, told } = await start(300);
    await alex.say('mute all for 1h');
    edit.setQuality('lax-12', 'voice-1', { score: 20 });
    edit.setOnline('den-1', false);
    await leap(40 * minute);
    edit.setOnline('den-1', true);
    await leap(15 * minute);
    expect(told()).toEqual([]);
    await leap(10 * minute);
    expect(told()).toEqual(['Poor 20 · LAX-12 → voice']);
    edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await poll(3);
    expect(told()).toEqual(['Poor 20 · LAX-12 → voice', 'Fine again · LAX-12 → voice']);
  });

  it('says what it held back, and shows it on a press', async () => {
    const { alex, edit, leap } = await start(60);
    expect(wordsOf((await alex.say('watches')).card)).not.toContain('Held back');
    await alex.say('mute all for 1h');
    edit.setQuality('lax-12', 'voice-1', { score: 20 });
    await leap(5 * minute);
    edit.setQuality('lax-12', 'voice-1', { score: 95 });
    await leap(5 * minute);
    const { card } = await alex.say('watches');
    expect(wordsOf(card)).toMatch(/Held back: 2 by mute \(since /u);
    const list = wordsOf((await alex.press(card, 'watches.suppressed')).card);
    expect(list).toContain('Held back here');
    expect(list).toMatch(/LAX-12.*fine again.*LAX-12.*a problem began/su);
  });

  it('ends at once with unmute', async () => {
    const { alex, edit, poll, told } = await start(5);
    await alex.say('mute all for 1h');
    edit.setQuality('lax-12', 'voice-1', { score: 20 });
    await poll(4);
    expect(told()).toEqual([]);
    await alex.say('unmute all');
    await poll(2);
    expect(told()).toEqual(['Poor 20 · LAX-12 → voice']);
  });
});
