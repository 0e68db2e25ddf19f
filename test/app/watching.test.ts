import { describe, expect, it } from 'vitest';
import { commands } from '../../src/registry.ts';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';

const channel = {
  id: '19:general@thread.tacv2;messageid=1700',
  conversationType: 'channel',
} as const;

describe('watching', () => {
  it('begins with a word, is changed on its card, and ends by its number', async () => {
    const bot = await startBot();
    const made = await bot.alex.say('watch lax');
    expect(made.summary).toContain('Watching 1 agent');
    const form = await bot.alex.press(made.card, 'watch.edit');
    const filledIn = {
      filter: 'lax',
      bound: 'below',
      below: '65',
      offline: 'false',
      after: '10m',
      quietFrom: '',
      quietTo: '',
    };
    const shown = await bot.alex.press(form.card, 'watch.edit', filledIn);
    expect(wordsOf(shown.card)).toContain('Not saved yet: Score below 65');
    expect(wordsOf((await bot.alex.say('watches')).card)).not.toContain('after 10m');
    const changed = await bot.alex.press(shown.card, 'watch.edit', filledIn);
    expect(wordsOf(changed.card)).toContain('Score below 65');
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('after 10m');
    expect(wordsOf((await bot.alex.say('unwatch 1')).card)).toContain('Watch 1 has ended');
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('Nothing is watched here yet');
  });

  it('is a conversation’s own: what holds it back stands beside it', async () => {
    const bot = await startBot();
    const there = bot.user({ conversation: channel });
    await there.say('watch offline');
    await there.say('mute all for 1h');
    await there.say('maintenance den from now to 23:59');
    const { card } = await there.say('watches');
    expect(wordsOf(card)).toMatch(
      /Offline[\s\S]*All agents[\s\S]*muted until[\s\S]*maintenance from/,
    );
    await there.press(card, 'mute.end');
    expect(wordsOf((await there.say('watches')).card)).not.toContain('muted until');
    expect(wordsOf((await bot.alex.say('watches')).card)).toContain('Nothing is watched here yet');
  });

  it('is each viewer’s own affair in a 1:1 chat, and an operator’s in a channel', async () => {
    const bot = await startBot({ environment: { DEFAULT_ROLE: 'viewer', BOT_ADMINS: '' } });
    expect((await bot.alex.say('watch')).summary).toContain('Watching');
    const there = bot.user({ conversation: channel });
    expect(wordsOf((await there.say('watch')).card)).toContain('needs the role operator');
  });
});

describe('a timed pause', () => {
  it('says on the card when it ends, until somebody resumes', async () => {
    const bot = await startBot();
    const paused = await bot.alex.say('pause lax / crm until 2030-01-02 08:15');
    expect(wordsOf(paused.card)).toContain('a year');
    const timed = await bot.alex.say('pause lax / crm for 2h');
    expect(wordsOf(timed.card)).toMatch(/resumes/iu);
    const resumed = await bot.alex.press(timed.card, 'session.resume');
    expect(wordsOf(resumed.card)).not.toMatch(/resumes/iu);
    expect(bot.changes()).toEqual([
      'PUT /agents/lax-12/session {"SessionId":"crm-1","Action":"pause"}',
      'PUT /agents/lax-12/session {"SessionId":"crm-1","Action":"resume"}',
    ]);
  });
});

describe('the commands', () => {
  it('all stand in help, and each explains itself', async () => {
    const bot = await startBot({ environment: { AGENT_OWNER_FIELD: 'Owner' } });
    const all = wordsOf((await bot.alex.say('help')).card);
    for (const { name, usage, summary, ofSeveral } of commands) {
      // What is about several accounts is not shown where there is one.
      if (ofSeveral !== true) expect(all).toContain(usage);
      expect(wordsOf((await bot.alex.say(`help ${name}`)).card)).toContain(summary);
    }
  });

  it('answer health without a word of secrets', async () => {
    const bot = await startBot();
    const { card } = await bot.alex.say('health');
    expect(wordsOf(card)).toContain('PingPlotter');
    expect(JSON.stringify(card)).not.toContain(bot.simulator.key);
    expect(executesOf(card)).toContainEqual(
      expect.objectContaining({ verb: 'command.run', data: { command: 'health' } }),
    );
  });
});
