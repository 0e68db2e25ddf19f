import { expect, it, vi } from 'vitest';
import { auditCsv } from '../../../src/cli/audit.ts';
import type { AuditEntry } from '../../../src/features/audit/store.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { channel, type Seen, startTalk, type Talk, type TalkOptions } from '../../chat/talk.ts';
import { elementsOf, wordsOf } from '../../fakes/card-actions.ts';
import { openAlert } from '../alerting/an-alert.ts';

const started = async (options: TalkOptions = {}): Promise<Talk> =>
  startTalk({ admins: ['alex'], ...options });

const entries = ({ store }: Talk): Promise<readonly AuditEntry[]> =>
  store.audit.list({ account: 'default', limit: 100 });

const told = async (talk: Talk): Promise<readonly string[]> =>
  (await entries(talk)).map(({ personName, action, agentId, before, after, result }) =>
    [personName, action, agentId, before, after, result].filter(Boolean).join(' | '),
  );

it('keeps every change with its before and after', async () => {
  const talk = await started();
  const alex = talk.speaker();
  await alex.say('rename lax to Reception');
  await alex.say('undo');
  await alex.say('pause lax / crm');
  await alex.execute('agent.resume', { agent: 'lax-12' });
  await alex.say('reconnect lax');
  await alex.say('watch is:vpn offline');
  await alex.say('unwatch 1');
  await alex.say('mute lax for 1h');
  await alex.say('unmute lax');
  await alex.say('maintenance all from now to 18:00');
  await alex.say('digest daily at 08:00');
  expect((await told(talk)).toReversed()).toEqual([
    expect.stringMatching(/^Alex \| rename \| lax-12 \| .+ \| Reception \| done$/u),
    'Alex | undo | lax-12 | rename taken back | done',
    expect.stringMatching(/^Alex \| pause \| lax-12 \| active \| paused: .+ \| done$/u),
    'Alex | agent.resume | lax-12 | paused | resumed: all | done',
    'Alex | reconnect | lax-12 | reconnected | done',
    expect.stringMatching(/^Alex \| watch \| .+ \| done$/u),
    expect.stringMatching(/^Alex \| unwatch \| .+ \| ended \| done$/u),
    'Alex | mute | lax-12 | muted for 1h | done',
    'Alex | unmute | lax-12 | unmuted | done',
    'Alex | maintenance | planned | done',
    'Alex | digest | daily at 08:00 | done',
  ]);
  expect(await talk.store.audit.verify()).toEqual({ intact: true, entries: 11 });
});

it.each([
  ['Weekly 7d', 'audit weekly 7d'],
  ['Report csv', 'audit Report csv'],
  ['Desk 30d csv', 'audit "desk 30d csv"'],
])('an agent called “%s” is audited by its whole name', async (name, typed) => {
  const talk = await started();
  const alex = talk.speaker();
  await alex.say(`rename lax to "${name}"`);
  await alex.say('reconnect boise');
  await alex.say('agents');
  const seen = wordsOf((await alex.say(typed))?.card ?? {});
  expect(seen).toContain(name);
  expect(seen).not.toContain('There is no agent');
  expect(seen).not.toContain('at,');
});

it('a time alone stays a time, whoever is called so', async () => {
  const talk = await started();
  const alex = talk.speaker();
  await alex.say('rename lax to "7d"');
  await alex.say('watch is:vpn offline');
  expect(wordsOf((await alex.say('audit 7d'))?.card ?? {})).toContain('watch');
});

it('keeps a deletion, and what PingPlotter refused with its status', async () => {
  const talk = await started();
  const alex = talk.speaker();
  const asked = await alex.say('delete lax');
  await alex.press(asked?.card ?? {}, 'agent.delete');
  await talk.clock.advance(2000);
  await alex.press(asked?.card ?? {}, 'agent.delete');
  talk.simulator.fault({
    match: { method: 'POST', path: /forcereconnect$/u },
    effect: { kind: 'status', status: 403 },
  });
  await alex.execute('agent.reconnect', { agent: 'den-1' });
  const [refused, replayed, deleted] = await entries(talk);
  expect(deleted).toMatchObject({ action: 'agent.delete', agentId: 'lax-12', result: 'done' });
  expect(replayed).toMatchObject({
    action: 'agent.delete',
    result: expect.not.stringMatching('done'),
  });
  expect(refused).toMatchObject({ agentId: 'den-1', result: 'permission-missing', status: 403 });
});

it('keeps refusals: a role, forged data, a token that is not theirs', async () => {
  const talk = await started({ role: 'viewer' });
  const megan = talk.speaker({ name: 'Megan' });
  await megan.say('delete lax-12');
  await megan.execute('agent.pause', { agent: 'lax-12' });
  await megan.execute('agent.explode', {});
  await megan.execute('agent.show', { agent: 7 });
  await talk.speaker().execute('agent.delete', { agent: 'lax-12', token: 'made-up' });
  expect((await told(talk)).toReversed()).toEqual([
    'Megan | delete | not-allowed',
    'Megan | agent.pause | lax-12 | not-allowed',
    'Megan | agent.explode | bad-input',
    'Megan | agent.show | bad-input',
    'Alex | agent.delete | lax-12 | expired',
  ]);
  expect((await entries(talk)).map(({ detail }) => detail).toReversed()).toEqual([
    'delete lax-12',
    'Pausing needs operator',
    'unknown verb',
    'data does not fit the verb',
    'confirmation unknown',
  ]);
  expect(talk.changes()).toEqual([]);
});

it('keeps nothing of what only reads, of typing errors, and of refreshes', async () => {
  const talk = await started({ role: 'none' });
  const alex = talk.speaker();
  for (const text of ['agents', 'agent lax', 'help', 'rename', 'pause', 'create', 'nonsense'])
    await alex.say(text);
  await alex.execute('agent.rename', { agent: 'lax-12' });
  await talk.speaker({ name: 'Megan' }).execute('agent.show', { agent: 'lax-12' }, 'automatic');
  expect(await told(talk)).toEqual([]);
});

it('B8: says that a change is done but not recorded, and records it once the store is back', async () => {
  let down = true;
  const talk = await started({
    broken: (store) => ({
      ...store,
      audit: {
        ...store.audit,
        append: (entry) =>
          down ? Promise.reject(new AppError('store-down', 'down')) : store.audit.append(entry),
      },
    }),
  });
  const at = talk.clock.now();
  const first = await talk.speaker().say('reconnect lax');
  expect(first?.summary).toContain('could not be recorded');
  expect(wordsOf(first?.card ?? {})).toContain('This is done, but it could not be recorded');
  const second = await talk.speaker().say('rename lax to Reception');
  expect(wordsOf(second?.card ?? {})).toContain('Reception');
  await talk.speaker({ name: 'Megan' }).say('delete lax');
  expect(talk.changes()).toHaveLength(2);
  expect(await told(talk)).toEqual([]);
  expect(talk.logged).toContain('warn audit.delayed');
  // Who is killed now has lost the entries, not who did what: once each, in ids.
  expect(talk.logged.filter((line) => line === 'warn audit.entry-waits')).toHaveLength(3);
  down = false;
  await talk.clock.advance(16_000);
  await vi.waitFor(async () => expect(await entries(talk)).toHaveLength(3));
  expect((await told(talk)).toReversed()).toEqual([
    'Alex | reconnect | lax-12 | reconnected | done',
    expect.stringContaining('Alex | rename'),
    'Megan | delete | not-allowed',
  ]);
  expect((await entries(talk)).at(-1)?.at).toBe(at);
  const later = await talk.speaker().say('reconnect den');
  expect(wordsOf(later?.card ?? {})).not.toContain('recorded');
  expect(await talk.store.audit.verify()).toEqual({ intact: true, entries: 4 });
});

it('keeps a change that is done when no card can be drawn of it, and says that it is done', async () => {
  const down = async (): Promise<never> => {
    throw new AppError('store-down', 'down');
  };
  const talk = await started({
    broken: (store) => ({ ...store, mutes: { ...store.mutes, active: down } }),
  });
  await openAlert(talk.store);
  const seen = await talk.speaker().execute('alert.ack', { alert: 'alert-a' });
  expect(wordsOf(seen?.card ?? {})).toContain('This is done, but it cannot be shown');
  expect(await told(talk)).toEqual(['Alex | alert.ack | lax-12 | acknowledged | done']);
  expect(talk.logged).toContain('error turn.failed');
});

it('shows admins everything and others what they did themselves', async () => {
  const talk = await started();
  const megan = talk.speaker({ name: 'Megan' });
  await talk.speaker().say('rename lax to Reception');
  await megan.say('reconnect den');
  const all = wordsOf((await talk.speaker().say('audit'))?.card ?? {});
  expect(all).toContain('Alex · rename');
  expect(all).toContain('Megan · reconnect');
  const own = wordsOf((await megan.say('audit'))?.card ?? {});
  expect(own).toContain('Megan · reconnect');
  expect(own).not.toContain('Alex · rename');
  const forged = await megan.execute('audit.page', { by: 'alex', since: 0 });
  expect(wordsOf(forged?.card ?? {})).toContain('Not allowed');
});

it('finds what was done with an agent, also with one that is gone, and since when', async () => {
  const talk = await started();
  const alex = talk.speaker();
  await alex.say('reconnect den');
  const asked = await alex.say('delete lax');
  await alex.press(asked?.card ?? {}, 'agent.delete');
  const words = async (text: string) => wordsOf((await alex.say(text))?.card ?? {});
  expect(await words('audit lax-12')).toMatch(/delete agent/u);
  expect(await words('audit lax-12')).not.toMatch(/reconnect/u);
  expect(await words('audit nobody')).toContain('Nothing is known');
  await talk.clock.advance(3_600_000);
  expect(await words('audit 30m')).toContain('Nothing was done');
  expect(await words('audit lax-12 2h')).toMatch(/delete agent/u);
});

it('pages', async () => {
  const talk = await started();
  const alex = talk.speaker({ ...channel });
  for (let index = 1; index <= 12; index += 1) await alex.say(`digest daily at 08:${10 + index}`);
  const first = await alex.say('audit');
  expect(wordsOf(first?.card ?? {})).toContain('08:22');
  const second = await alex.press(first?.card ?? {}, 'audit.page');
  expect(wordsOf(second?.card ?? {})).toContain('08:11');
  expect(wordsOf(second?.card ?? {})).not.toContain('08:22');
});

/** What a card shows to be copied. */
const codeOf = (seen: Seen | undefined): string =>
  elementsOf(seen?.card)
    .flatMap(({ codeSnippet }) => codeSnippet ?? [])
    .join('');

it('is CSV to copy, typed or pressed, and everybody’s own for whoever is no admin', async () => {
  const talk = await started();
  const megan = talk.speaker({ name: 'Megan' });
  await talk.speaker().say('rename lax to Reception');
  await megan.say('reconnect den');
  const all = codeOf(await talk.speaker().say('audit CSV')).split('\n');
  expect(all).toEqual([
    expect.stringMatching(/^at,tenantId,/u),
    expect.stringContaining('Megan,reconnect,den-1'),
    expect.stringContaining('Alex,rename,lax-12'),
  ]);
  const pressed = await megan.press((await megan.say('audit'))?.card ?? {}, 'audit.page');
  expect(codeOf(pressed)).toContain('Megan,reconnect');
  expect(codeOf(pressed)).not.toContain('Alex');
  expect(codeOf(await talk.speaker().say('audit lax 7d csv'))).not.toContain('Megan');
  expect(wordsOf((await talk.speaker().say('audit csv 7d'))?.card ?? {})).toContain(
    'agent called “csv”',
  );
});

it('says where the rest is when there is more than a message takes', async () => {
  const talk = await started();
  const entry = {
    account: 'default',
    tenantId: 'tenant-1',
    conversationKey: 'chat',
    personId: 'alex',
    personName: '=1+1',
    at: talk.clock.now(),
    action: 'rename',
    result: 'done',
    detail: 'x'.repeat(200),
    correlationId: 'c',
  };
  for (let index = 0; index < 100; index += 1) await talk.store.audit.append(entry);
  const seen = await talk.speaker().say('audit csv');
  const lines = codeOf(seen).split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.length).toBeLessThan(100);
  expect(lines[1]).toContain(",'=1+1,");
  expect(wordsOf(seen?.card ?? {})).toContain('npm run audit -- --csv');
});

it('is printed as CSV that no spreadsheet takes for formulas', async () => {
  const talk = await started();
  await talk.speaker({ name: '=HYPERLINK("http://evil")' }).say('rename lax to a,"b"');
  const lines: string[] = [];
  for await (const line of auditCsv(talk.store.audit, { pageSize: 1 })) lines.push(line);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^at,tenantId,/u);
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(lines[1]).toContain('"a,""b""');
});
