import { expect, it } from 'vitest';
import { createRender } from '../../src/delivery/render.ts';
import { AlertDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { endCard } from '../../src/features/alerting/domain/notifications.ts';
import type { AlertDraft } from '../../src/features/alerting/store.ts';
import type { Place } from '../../src/platform/conversation.ts';
import { type Notice, noticesWith } from '../../src/platform/notice.ts';
import { notices } from '../../src/registry.ts';
import type { Role } from '../../src/shared/role.ts';
import { anOfflineAgent, aPoorTarget, aRule } from '../cards/a-problem.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { type FakeClock, settle } from '../fakes/clock.ts';
import { deliveryBed } from './bed.ts';
import { aDraft, aPlace, conversation } from './drafts.ts';

const key = '19:ops';
const ops = conversation(key);

const open = async (place: Partial<Place> = {}, role: Role = 'operator') => {
  const bed = await deliveryBed([aPlace(key, place)]);
  const { store, clock } = bed;
  const fleets = {
    read: () => Promise.reject(new Error('unused')),
    last: () => undefined,
    forget: () => undefined,
  };
  const render = createRender({
    ports: {
      store,
      clock,
      fleets,
      comparisons: { of: async () => undefined },
      findMember: async () => undefined,
      loadDigest: async () => undefined,
    },
    notices,
    clock,
    roleIn: async () => role,
    atAccount: async () => (card) => card,
  });
  const worker = bed.worker({ render, lasts: noticesWith(notices, 'lasts') });
  worker.start();
  const watch = await store.watches.add({
    ...ops,
    filter: '',
    rule: aRule(),
    madeBy: { id: 'megan', name: 'Megan Bowen' },
    createdAt: 0,
  });
  const alert = (id: string, detail: AlertDetail, more: Partial<AlertDraft> = {}) =>
    store.alerts.open([
      {
        ...ops,
        id,
        watchId: watch.id,
        agentId: 'lax',
        sessionId: '',
        openedAt: clock.now(),
        detail: inFourMinutes(detail),
        ...more,
      },
    ]);
  const inFourMinutes = (detail: AlertDetail): AlertDetail => ({
    ...detail,
    rows: detail.rows.map((row) => ({
      ...row,
      since: clock.now() - 4 * 60_000,
      at: clock.now(),
    })),
  });
  const change = async (id: string, detail: Partial<AlertDetail>, groupId?: string) => {
    const stored = await store.alerts.find(id);
    if (stored === undefined) throw new Error(`no alert ${id}`);
    await store.alerts.save([
      {
        ...stored,
        ...(groupId === undefined ? {} : { groupId }),
        detail: { ...AlertDetail.parse(stored.detail), ...detail },
      },
    ]);
  };
  const notify = (card: string, notice: Notice, kind: 'post' | 'update' = 'post') =>
    bed.enqueue(aDraft(key, card, { payload: notice, kind }));
  const draw = async (notice: unknown) => {
    const installation = await bed.place(key);
    if (installation === undefined) throw new Error('no installation');
    const item = { ...aDraft(key, 'a', { payload: notice }), id: 1, attempts: 0, inDoubt: false };
    return render(item, installation);
  };
  return { ...bed, watch, alert, change, notify, draw };
};

const raised: Notice = { kind: 'alert', alertId: 'a' };
const ended: Notice = { ...raised, what: 'end' };

it('sends the state that holds when it is sent', async () => {
  const { clock, alert, change, notify, arrivals } = await open();
  await alert('a', aPoorTarget());
  await notify('a', raised);
  const [row] = aPoorTarget({ shown: { word: 'poor', score: 17 } }).rows;
  if (row === undefined) throw new Error('no row');
  await change('a', { rows: [{ ...row, since: clock.now() - 4 * 60_000 }] });
  await clock.advance(2000);
  expect(arrivals()).toEqual([`post ${key}: Poor 17 · LAX-12 → crm · 4 min`]);
});

it('sends the end beside the card that it brings up to date', async () => {
  const { clock, alert, change, notify, messenger } = await open({ kind: 'channel' });
  await alert('a', aPoorTarget());
  await notify('a', raised);
  await clock.advance(2000);
  await change('a', { state: 'over' });
  await notify('a', raised, 'update');
  await notify(endCard('a'), ended);
  await clock.advance(2000);
  expect(
    messenger.sent.map(({ operation, conversationId, summary }) => [
      operation,
      conversationId,
      summary.split(' · ')[0],
    ]),
  ).toEqual([
    ['post', key, 'Poor 41'],
    ['update', `${key};messageid=m1`, 'Fine again'],
    ['post', `${key};messageid=m1`, 'Fine again'],
  ]);
});

it('A7: posts neither a problem that is over by then nor its end', async () => {
  const { clock, alert, change, notify, arrivals } = await open();
  await alert('a', anOfflineAgent());
  await notify('a', raised);
  await notify(endCard('a'), ended);
  await change('a', { state: 'over' });
  await clock.advance(2000);
  expect(arrivals()).toEqual([]);
});

it('A7: sends the end of what a process that was killed had begun to send', async () => {
  const { store, clock, alert, change, notify, arrivals } = await open();
  await alert('a', anOfflineAgent());
  await clock.advance(2000);
  // Due while this process waits, and taken by another one, which is killed before it hears of the outcome.
  await store.outbox.enqueue([aDraft(key, 'a', { payload: raised, dueAt: clock.now() })]);
  const queue = await store.outbox.claimQueue(clock.now(), 1000);
  if (queue === undefined) throw new Error('no queue');
  await store.outbox.next(queue, clock.now());
  await change('a', { state: 'over' });
  await notify(endCard('a'), ended);
  await clock.advance(30_000);
  expect(arrivals()).toEqual([`post ${key}: Back online · BER-Office · after 4 min`]);
});

it('A7: sends the end of what may have arrived', async () => {
  const { clock, alert, change, notify, messenger, arrivals } = await open();
  await alert('a', anOfflineAgent());
  messenger.answer({ ok: false, reason: 'ambiguous', code: 'ETIMEDOUT' });
  await notify('a', raised);
  await clock.advance(2000);
  await change('a', { state: 'over' });
  await notify(endCard('a'), ended);
  await clock.advance(2000);
  expect(arrivals().map((line) => line.split(' · ').slice(0, 2).join(' · '))).toEqual([
    `post ${key}: Offline · BER-Office`,
    `post ${key}: Back online · BER-Office`,
  ]);
});

const blocked = { ok: false, reason: 'gone', code: 'ConversationBlockedByUser' } as const;

it('A7: sends what could not arrive when the conversation lives again, and only then its end', async () => {
  const { clock, store, alert, change, notify, messenger, arrivals } = await open();
  await alert('a', aPoorTarget());
  await alert('b', anOfflineAgent());
  messenger.answer(blocked);
  await notify('a', raised);
  await notify('b', { kind: 'alert', alertId: 'b' });
  await clock.advance(2000);
  await change('b', { state: 'over' });
  await notify('b', { kind: 'alert', alertId: 'b' }, 'update');
  await notify(endCard('b'), { kind: 'alert', alertId: 'b', what: 'end' });
  await notify('digest', { kind: 'digest', from: 0, to: 1 });
  await clock.advance(2000);
  expect(arrivals()).toHaveLength(1);
  const comesBack = async (): Promise<void> => {
    await store.installations.refresh(aPlace(key));
    await store.outbox.revive(ops, noticesWith(notices, 'lasts'), clock.now());
    await clock.advance(5000);
  };
  await comesBack();
  const told = `post ${key}: Poor 41 · LAX-12 → crm · 4 min`;
  expect(arrivals().slice(1)).toEqual([told]);
  await comesBack();
  await change('a', { state: 'over' });
  await notify(endCard('a'), ended);
  await clock.advance(2000);
  expect(arrivals().slice(2)).toEqual([`post ${key}: Fine again · LAX-12 → crm · after 4 min`]);
});

/** In steps of five, each long enough awake for what is due then. */
const minutesPass = async (clock: FakeClock, minutes: number): Promise<void> => {
  for (let passed = 0; passed < minutes; passed += 5) {
    await clock.jump(5 * 60_000 - 3000);
    await settle(20);
    await clock.advance(3000);
    await settle(20);
  }
};

const away = { ok: false, reason: 'transient', code: '503' } as const;

it('A7: notifies what holds still when Teams answers again after hours, and then its end', async () => {
  const { clock, alert, change, notify, messenger, arrivals } = await open();
  await alert('a', aPoorTarget());
  messenger.answer(...Array.from({ length: 1000 }, () => away));
  await notify('a', raised);
  await minutesPass(clock, 130);
  messenger.forgive();
  const tried = arrivals().length;
  await minutesPass(clock, 10);
  expect(arrivals().slice(tried)).toEqual([
    expect.stringMatching(/^post 19:ops: Poor 41 · LAX-12 → crm/u),
  ]);
  await change('a', { state: 'over' });
  await notify(endCard('a'), ended);
  await clock.advance(2000);
  expect(arrivals().at(-1)).toContain('Fine again');
});

it('A7: notifies nothing of what was over before Teams answered, and lets others pass meanwhile', async () => {
  const { clock, alert, change, notify, messenger, arrivals, failed, store } = await open();
  await alert('a', aPoorTarget());
  messenger.answer(...Array.from({ length: 1000 }, () => away));
  await notify('a', raised);
  await minutesPass(clock, 130);
  messenger.forgive();
  const tried = arrivals().length;
  await alert('b', anOfflineAgent());
  await notify('b', { kind: 'alert', alertId: 'b' });
  await change('a', { state: 'over' });
  await notify(endCard('a'), ended);
  await minutesPass(clock, 20);
  expect(arrivals().slice(tried)).toEqual([expect.stringContaining('Offline · BER-Office')]);
  expect(failed).toEqual([]);
  expect(await store.outbox.backlog()).toEqual({ waiting: 0 });
});

it('A7: brings a card up to date that was there before the conversation died', async () => {
  const { clock, store, alert, change, notify, messenger, arrivals } = await open();
  await alert('a', aPoorTarget());
  await notify('a', raised);
  await clock.advance(2000);
  messenger.answer(blocked);
  await change('a', { state: 'over' });
  await notify('a', raised, 'update');
  await notify(endCard('a'), ended);
  await clock.advance(2000);
  await store.installations.refresh(aPlace(key));
  await store.outbox.revive(ops, noticesWith(notices, 'lasts'), clock.now());
  await clock.advance(5000);
  const lines = arrivals().map((line) => line.split(' · ')[0]);
  expect(lines.slice(2)).toEqual([`update ${key}: Fine again`, `post ${key}: Fine again`]);
});

it('does not send the end of what goes on', async () => {
  const { clock, alert, notify, arrivals } = await open();
  await alert('a', anOfflineAgent());
  await notify(endCard('a'), ended);
  await clock.advance(2000);
  expect(arrivals()).toEqual([]);
});

it('sends what moved to a group with the group, not twice', async () => {
  const { clock, alert, change, notify, arrivals } = await open();
  await alert('a', anOfflineAgent());
  await alert('b', anOfflineAgent({ agentName: 'BER-Lab' }), { agentId: 'lab' });
  await notify('a', raised);
  await change('a', {}, 'g');
  await change('b', {}, 'g');
  await notify('g', { kind: 'group', groupId: 'g' });
  await clock.advance(2000);
  expect(arrivals()).toEqual([`post ${key}: 2 agents are offline · 4 min`]);
});

it('C14: leaves one line without buttons of a card whose agent is on the card of a group now', async () => {
  const { clock, alert, change, notify, draw, arrivals } = await open();
  await alert('a', anOfflineAgent());
  await alert('b', anOfflineAgent({ agentName: 'BER-Lab' }), { agentId: 'lab' });
  await notify('a', raised);
  await clock.advance(2000);
  for (const id of ['a', 'b']) await change(id, {}, 'g');
  await notify('a', raised, 'update');
  await notify('g', { kind: 'group', groupId: 'g' });
  await clock.advance(2000);
  expect(arrivals().slice(1)).toEqual([
    expect.stringMatching(/^update 19:ops: #1 BER-Office, .+On one card with other agents/u),
    `post ${key}: 2 agents are offline · 4 min`,
  ]);
  expect(executesOf((await draw(raised))?.card.content ?? {})).toEqual([]);
});

it('has nothing to send of an alert that nobody knows any more', async () => {
  const { draw } = await open();
  expect(await draw(raised)).toBeUndefined();
});

it("writes times in the conversation's own zone", async () => {
  const at = Date.parse('2026-11-23T12:00:00Z');
  const sight: Notice = { kind: 'sight', what: 'blind', since: at, at };
  const words = async (place: Partial<Place>) => {
    const drawn = await (await open(place)).draw(sight);
    return wordsOf(drawn?.card.content ?? {});
  };
  expect(await words({ timeZone: 'America/Los_Angeles', locale: 'en-GB' })).toContain('04:00');
  expect(await words({ locale: 'en-GB' })).toContain('12:00');
});

it('shows in a 1:1 conversation only what its person may do', async () => {
  const buttons = async (place: Partial<Place>, role: Role) => {
    const { alert, draw } = await open(place, role);
    await alert('a', aPoorTarget());
    return executesOf((await draw(raised))?.card.content ?? {}).map(({ title }) => title);
  };
  expect(await buttons({ kind: 'personal' }, 'operator')).toContain('Acknowledge');
  expect(await buttons({ kind: 'personal' }, 'viewer')).not.toContain('Acknowledge');
  expect(await buttons({ kind: 'channel' }, 'viewer')).toContain('Acknowledge');
});

it('names the targets that resumed by themselves', async () => {
  const { store, draw } = await open();
  await store.sessions.remember('default', 'lax', [{ id: 's1', name: 'crm' }]);
  const drawn = await draw({
    kind: 'resumed',
    agentId: 'lax',
    agentName: 'LAX-12',
    sessions: ['s1'],
    by: 'Megan Bowen',
    dueAt: 0,
    at: 0,
  });
  expect(drawn?.card.summary).toContain('LAX-12 → crm');
});

it('sends a test as one, unless its watch has ended', async () => {
  const { store, watch, draw } = await open();
  const test: Notice = { kind: 'test', watchId: watch.id, by: 'Alex' };
  expect((await draw(test))?.card.summary).toMatch(/^Test · /u);
  await store.watches.remove(ops, watch.number);
  expect(await draw(test)).toBeUndefined();
});

it('sends no digest where there is nothing to send', async () => {
  const { draw } = await open();
  expect(await draw({ kind: 'digest', from: 0, to: 1 })).toBeUndefined();
});

it.each([undefined, 'text', { kind: 'rumour' }, { kind: 'alert' }])(
  'refuses %j, which is no notice',
  async (payload) => {
    const { draw } = await open();
    await expect(draw(payload)).rejects.toMatchObject({ code: 'internal' });
  },
);
