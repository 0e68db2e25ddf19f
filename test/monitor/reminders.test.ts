import { describe, expect, it } from 'vitest';
import { reminderNotices } from '../../src/features/alerting/reminder-notices.ts';
import { remindersJob } from '../../src/features/alerting/reminders-job.ts';
import { renderNotice } from '../../src/platform/notice.ts';
import { aReader, aView } from '../cards/a-fleet.ts';
import { ada, ops } from '../contracts/store-bed.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aMonitor, type Message, type MonitorBed, minute } from './a-monitor.ts';

const never = new AbortController().signal;
const ids = ['lax', 'boi', 'den'];
const agents = ids.map((id) =>
  aView({ agent: { id, customFields: [{ name: 'Manager', value: 'boss@contoso.com' }] } }),
);
const fleets = { last: () => ({ agents }), read: async () => ({ agents }) };

const job = (bed: MonitorBed) =>
  remindersJob({ clock: bed.clock, log: silentLog, store: bed.store(), fleets });

/** Polls until these agents are Poor, and forgets what was said of it. */
const poor = async (bed: MonitorBed, ...who: readonly string[]): Promise<void> => {
  for (const id of ids) {
    bed.fleet.add(id);
    bed.fleet.measure(id, 'good');
  }
  await bed.poll();
  for (let polls = 0; polls < 3; polls += 1) {
    for (const id of ids) bed.fleet.measure(id, who.includes(id) ? 'poor' : 'good');
    await bed.poll();
  }
  await bed.messages();
};

/** The messages of the job after so many minutes, which arrive unless they are lost. */
const later = async (
  bed: MonitorBed,
  minutes: number,
  lost = false,
): Promise<readonly Message[]> => {
  await bed.clock.advance(minutes * minute);
  await job(bed).run(never);
  const sent = await bed.messages();
  for (const { card } of lost ? [] : sent) await bed.store().cardMessages.add(ops, card, card, 1);
  return sent;
};

const said = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ notice }) =>
    notice.kind === 'reminder' ? `${notice.what} ${notice.round}-${notice.number}` : notice.kind,
  );

describe('reminders of what a poll found', () => {
  it('come each after the interval, three of them, and an escalation once', async () => {
    const bed = await aMonitor();
    await bed.watch('poor remind 10m', { escalate: { to: { person: ada }, afterMs: 15 * minute } });
    await poor(bed, 'lax');
    expect(said(await later(bed, 5))).toEqual([]);
    expect(said(await later(bed, 4))).toEqual(['remind 1-1']);
    const rest = [];
    for (let tens = 0; tens < 6; tens += 1) rest.push(said(await later(bed, 10)));
    expect(rest.flat()).toEqual(['escalate 1-1', 'remind 1-2', 'remind 1-3']);
  });

  it('are for a group’s card, not for each of its members', async () => {
    const bed = await aMonitor();
    await bed.watch('poor remind 10m');
    await poor(bed, ...ids);
    const [only, ...more] = await later(bed, 10);
    expect(more).toEqual([]);
    const [member] = await bed.store().alerts.current('default');
    expect(only?.card).toBe(`${member?.groupId}:remind:1-1`);
  });

  it('are queued again under the same number as long as they have not arrived', async () => {
    const bed = await aMonitor();
    await bed.watch('poor remind 10m');
    await poor(bed, 'lax');
    expect(said(await later(bed, 10, true))).toEqual(['remind 1-1']);
    expect(said(await later(bed, 10))).toEqual(['remind 1-1']);
    expect(said(await later(bed, 10))).toEqual(['remind 1-2']);
  });

  it('are neither lost nor doubled over a restart and by two instances at once', async () => {
    const bed = await aMonitor();
    await bed.watch('poor remind 10m');
    await poor(bed, 'lax');
    await bed.restart();
    await bed.clock.advance(10 * minute);
    await Promise.all([job(bed).run(never), job(bed).run(never)]);
    expect(said(await bed.messages())).toEqual(['remind 1-1']);
  });

  it('do not come in quiet hours, and come after them', async () => {
    const bed = await aMonitor();
    const watch = await bed.watch('poor remind 10m');
    await poor(bed, 'lax');
    const quiet = {
      from: '00:00',
      to: '23:59',
      days: [1, 2, 3, 4, 5, 6, 7],
      timeZone: 'UTC',
    };
    const store = bed.store();
    const rule = { filter: '', quality: { word: 'poor' }, offline: false, remindMs: 10 * minute };
    await store.watches.change(watch.id, { filter: '', rule: { ...rule, quiet } });
    for (let tens = 0; tens < 4; tens += 1) expect(said(await later(bed, 10))).toEqual([]);
    await store.watches.change(watch.id, { filter: '', rule });
    expect(said(await later(bed, 10))).toEqual(['remind 1-1']);
  });
});

describe('a reminder that waited', () => {
  const render = async (bed: MonitorBed, { notice }: Message) => {
    const store = bed.store();
    const comparisons = { of: async () => undefined };
    const ports = { clock: bed.clock, comparisons, fleets: fleetsRead, store, findMember };
    return renderNotice(reminderNotices, ports, notice, ops, aReader());
  };
  const fleetsRead = fleets as never;
  const findMember = async (_: unknown, id: string) =>
    id === 'boss@contoso.com' ? { objectId: 'boss', name: 'Pat Boss', guest: false } : undefined;

  it('is drawn as long as it holds, with whom a field of the agent names', async () => {
    const bed = await aMonitor();
    await bed.watch('poor', { escalate: { to: { field: 'manager' }, afterMs: 10 * minute } });
    await poor(bed, 'lax');
    const [one] = await later(bed, 10, true);
    if (one === undefined) throw new Error('nothing was sent');
    const drawn = await render(bed, one);
    expect(JSON.stringify(drawn)).toContain('"text":"<at>Pat Boss</at>"');
    expect(drawn).toMatchObject({ follows: one.card.split(':')[0] });
    await bed.store().cardMessages.add(ops, one.card, 'message', 1);
    expect(await render(bed, one)).toBeUndefined();
  });

  it.each([
    [
      'somebody has it',
      async (bed: MonitorBed, id: string) =>
        void (await bed.store().alerts.acknowledge(id, ada, 1)),
    ],
    [
      'the agent is muted',
      async (bed: MonitorBed) =>
        bed.store().mutes.set({ ...ops, agentId: 'lax', until: Number.MAX_SAFE_INTEGER, by: ada }),
    ],
    [
      'it is over',
      async (bed: MonitorBed) => {
        const open = await bed.store().alerts.current('default');
        await bed.store().alerts.save(open.map((alert) => ({ ...alert, closedAt: 1 })));
      },
    ],
  ])('is not sent when meanwhile %s', async (_, happens) => {
    const bed = await aMonitor();
    await bed.watch('poor remind 10m');
    await poor(bed, 'lax');
    const [one] = await later(bed, 10, true);
    const [alert] = await bed.store().alerts.current('default');
    if (one === undefined || alert === undefined) throw new Error('nothing was sent');
    expect(await render(bed, one)).toBeDefined();
    await happens(bed, alert.id);
    expect(await render(bed, one)).toBeUndefined();
  });
});

describe('an acknowledgement for a time', () => {
  it('ends once, by a message, whoever looks', async () => {
    const bed = await aMonitor();
    await bed.watch('poor');
    await poor(bed, 'lax');
    const [alert] = await bed.store().alerts.current('default');
    await bed.store().alerts.acknowledge(alert?.id ?? '', ada, 1, bed.clock.now() + 5 * minute);
    expect(said(await later(bed, 4))).toEqual([]);
    await bed.clock.advance(minute);
    await Promise.all([job(bed).run(never), job(bed).run(never)]);
    expect(said(await bed.messages())).toEqual(['ack-ended']);
    expect((await bed.store().alerts.find(alert?.id ?? ''))?.ackedBy).toBeUndefined();
  });
});
