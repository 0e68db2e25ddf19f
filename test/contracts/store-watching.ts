import { describe, expect, it } from 'vitest';
import type { AlertDraft, StoredAlertState } from '../../src/features/alerting/store.ts';
import type { WatchDraft } from '../../src/features/watches/store.ts';
import { ada, bob, dev, type OpenBed, ops } from './store-bed.ts';

const draft: WatchDraft = {
  ...ops,
  filter: 'is:online name:"lax*"',
  rule: { below: 'poor', after: 120_000 },
  madeBy: ada,
  createdAt: 1_700_000_000_000,
};

const alert = (id: string, more: Partial<AlertDraft> = {}): AlertDraft => ({
  ...ops,
  id,
  watchId: 'w1',
  agentId: 'lax-12',
  sessionId: 's-crm',
  openedAt: 1_700_000_000_000,
  detail: { score: 41 },
  ...more,
});

export const watchingContract = (name: string, open: OpenBed): void => {
  describe(`watches, ${name}`, () => {
    it('numbers the watches of each conversation from one', async () => {
      const { watches } = (await open()).store;
      const made = [
        await watches.add(draft),
        await watches.add({ ...draft, ...dev }),
        await watches.add({ ...draft, filter: 'is:vpn' }),
      ];
      expect(made.map(({ number }) => number)).toEqual([1, 1, 2]);
      expect(made[2]).toMatchObject({ ...draft, filter: 'is:vpn' });
      expect(await watches.list(ops)).toEqual([made[0], made[2]]);
      expect(await watches.all('default')).toEqual([made[1], made[0], made[2]]);
      expect(await watches.all('other')).toEqual([]);
      expect(await watches.find(made[0]?.id ?? '')).toEqual(made[0]);
    });

    it('never gives a number twice', async () => {
      const { watches } = (await open()).store;
      await watches.add(draft);
      const second = await watches.add(draft);
      expect(await watches.remove(ops, 2)).toEqual(second);
      expect((await watches.add(draft)).number).toBe(3);
    });

    it('gives each its own number when many are made at once', async () => {
      const { store, another } = await open();
      const stores = [store, await another()];
      const made = await Promise.all(
        Array.from({ length: 10 }, (_, index) => stores[index % 2]?.watches.add(draft)),
      );
      expect(made.map((watch) => watch?.number).sort((a = 0, b = 0) => a - b)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
    });

    it('removes by number, in this conversation only', async () => {
      const { watches } = (await open()).store;
      const made = await watches.add(draft);
      expect(await watches.remove(dev, 1)).toBeUndefined();
      expect(await watches.remove(ops, 1)).toEqual(made);
      expect(await watches.remove(ops, 1)).toBeUndefined();
      expect(await watches.find(made.id)).toBeUndefined();
    });

    it('changes the terms under the same number', async () => {
      const { watches } = (await open()).store;
      const made = await watches.add({ ...draft, filter: 'is:vpn' });
      expect(await watches.change(made.id, { filter: 'is:wifi', rule: 7 })).toBe(true);
      expect(await watches.list(ops)).toEqual([
        { ...draft, id: made.id, number: 1, filter: 'is:wifi', rule: 7 },
      ]);
      expect(await watches.change('gone', { filter: '', rule: 1 })).toBe(false);
    });
  });

  describe(`alert states, ${name}`, () => {
    const state = (watchId: string, agentId: string, badInARow = 1): StoredAlertState => ({
      watchId,
      agentId,
      sessionId: '',
      state: { badInARow },
    });
    const sorted = (states: readonly StoredAlertState[]) =>
      [...states].sort((a, b) => (a.agentId < b.agentId ? -1 : 1));

    it('gives back the newest state of each', async () => {
      const { watches, alertStates } = (await open()).store;
      const { id } = await watches.add(draft);
      await alertStates.save('default', [state(id, 'a'), state(id, 'b')]);
      await alertStates.save('default', [state(id, 'b', 2), { ...state(id, 'c'), sessionId: 's' }]);
      expect(sorted(await alertStates.all('default'))).toEqual([
        state(id, 'a'),
        state(id, 'b', 2),
        { ...state(id, 'c'), sessionId: 's' },
      ]);
      expect(await alertStates.all('other')).toEqual([]);
    });

    it('forgets some, or all of a watch that ends or changes', async () => {
      const { watches, alertStates } = (await open()).store;
      const { id } = await watches.add(draft);
      const other = await watches.add(draft);
      await alertStates.save('default', [state(id, 'a'), state(id, 'b'), state(other.id, 'c')]);
      await alertStates.forget('default', [{ watchId: id, agentId: 'a', sessionId: '' }]);
      expect(sorted(await alertStates.all('default'))).toEqual([
        state(id, 'b'),
        state(other.id, 'c'),
      ]);
      await watches.remove(ops, 1);
      expect(await alertStates.all('default')).toEqual([state(other.id, 'c')]);
      await watches.change(other.id, draft);
      expect(await alertStates.all('default')).toEqual([]);
    });

    it('never shows what was saved for a watch that had ended', async () => {
      const { store } = await open();
      await store.alertStates.save('default', [state('gone', 'a')]);
      expect(await store.alertStates.all('default')).toEqual([]);
      await store.prune(0);
    });

    it('saves and forgets ten thousand', async () => {
      const { watches, alertStates } = (await open()).store;
      const { id } = await watches.add(draft);
      const many = Array.from({ length: 10_000 }, (_, index) => state(id, `agent-${index}`));
      await alertStates.save('default', many);
      expect(await alertStates.all('default')).toHaveLength(10_000);
      await alertStates.save('default', many);
      await alertStates.forget('default', many.slice(1));
      expect(await alertStates.all('default')).toEqual(many.slice(0, 1));
    });
  });

  describe(`alerts, ${name}`, () => {
    it('may have ended before it was notified', async () => {
      const { alerts } = (await open()).store;
      await alerts.open([alert('a', { closedAt: 1_700_000_000_000 })]);
      expect(await alerts.current('default')).toEqual([]);
      expect(await alerts.find('a')).toMatchObject({ number: 1, closedAt: 1_700_000_000_000 });
    });

    it('numbers alerts within their conversation', async () => {
      const { alerts } = (await open()).store;
      const opened = await alerts.open([alert('a'), alert('b', dev), alert('c')]);
      expect(opened.map(({ id, number }) => [id, number]).sort()).toEqual([
        ['a', 1],
        ['b', 1],
        ['c', 2],
      ]);
      expect(await alerts.byNumber(ops, 2)).toEqual({ ...alert('c'), number: 2 });
      expect(await alerts.byNumber(ops, 3)).toBeUndefined();
      expect(await alerts.find('a')).toEqual({ ...alert('a'), number: 1 });
      expect(await alerts.find('z')).toBeUndefined();
      expect(await alerts.open([])).toEqual([]);
    });

    it('are taken care of: acknowledged, given back, assigned, with notes in their order', async () => {
      const { alerts } = (await open()).store;
      await alerts.open([alert('a')]);
      expect(await alerts.acknowledge('a', ada, 5)).toBe(true);
      await alerts.addNote('a', { by: 'Ada', at: 6, text: 'on it' });
      await alerts.addNote('a', { by: 'Bob', at: 7, text: 'ticket 4711' });
      await alerts.assign('a', ada);
      expect(await alerts.find('a')).toMatchObject({
        ackedBy: ada,
        assignedTo: ada,
        notes: [
          { by: 'Ada', text: 'on it' },
          { by: 'Bob', text: 'ticket 4711' },
        ],
      });
      // A poll writes what it saw, and nothing of this.
      await alerts.save([{ ...alert('a'), number: 1 }]);
      expect(await alerts.find('a')).toMatchObject({ ackedBy: ada, assignedTo: ada });
      expect(await alerts.unacknowledge('a')).toBe(true);
      expect(await alerts.unacknowledge('a')).toBe(false);
      expect((await alerts.find('a'))?.ackedBy).toBeUndefined();
    });

    it('are listed for their conversation, with those that ended since', async () => {
      const { alerts } = (await open()).store;
      const [a, b] = await alerts.open([alert('a'), alert('b'), alert('c')]);
      if (a === undefined || b === undefined) throw new Error('not opened');
      await alerts.save([
        { ...a, closedAt: 10 },
        { ...b, closedAt: 20 },
      ]);
      const ids = async (since: number) => (await alerts.list(ops, since)).map(({ id }) => id);
      expect(await ids(15)).toEqual(['b', 'c']);
      expect(await ids(Number.MAX_SAFE_INTEGER)).toEqual(['c']);
      expect(await alerts.list({ ...ops, conversationKey: 'elsewhere' }, 0)).toEqual([]);
    });

    it('E: stays closed when its watch ends while a poll stores what it saw before', async () => {
      const { store, another } = await open();
      const other = await another();
      const { id } = await store.watches.add(draft);
      await store.alerts.open([{ ...alert('a'), watchId: id }]);
      const end = () =>
        other.transaction(async (tx) => {
          await tx.watches.remove(ops, 1);
          const open = await tx.alerts.current('default');
          await tx.alerts.save(open.map((one) => ({ ...one, closedAt: 9 })));
        });
      const ending = await store.transaction(async (tx) => {
        await tx.watches.all('default');
        const open = await tx.alerts.current('default');
        const ended = end();
        // Time for the other one to end it, if nothing holds it back.
        for (let reads = 0; reads < 20; reads += 1) await tx.watches.find(id);
        await tx.alerts.save(open.map((one) => ({ ...one, detail: { score: 12 } })));
        return { ended };
      });
      await ending.ended;
      expect(await store.alerts.current('default')).toEqual([]);
    });

    it('is current until it is closed', async () => {
      const { alerts } = (await open()).store;
      const [first, second] = await alerts.open([alert('a'), alert('b')]);
      if (first === undefined || second === undefined) throw new Error('not opened');
      await alerts.save([{ ...first, closedAt: 9, detail: { score: 90 } }]);
      expect(await alerts.current('default')).toEqual([second]);
      expect(await alerts.current('other')).toEqual([]);
      expect(await alerts.find('a')).toEqual({ ...first, closedAt: 9, detail: { score: 90 } });
    });

    it('E: are current however many there are, in their order, each as it is now', async () => {
      const { alerts } = (await open()).store;
      const all = 2100;
      const places = Array.from({ length: all }, (_, place) => place);
      await alerts.open(
        places.map((place) =>
          alert(`many-${place}`, { openedAt: place < 5 ? 2 : 1, detail: { score: place } }),
        ),
      );
      const read = await alerts.current('default');
      expect(read.map(({ number }) => number)).toEqual([
        ...places.slice(5).map((place) => place + 1),
        1,
        2,
        3,
        4,
        5,
      ]);
      expect(new Set(read.map(({ id }) => id)).size).toBe(all);
      const [first, second, third] = read;
      if (first === undefined || second === undefined || third === undefined) return;
      await alerts.save([
        { ...first, detail: { score: 7 } },
        { ...second, closedAt: 9 },
      ]);
      await alerts.acknowledge(third.id, ada, 5);
      const again = await alerts.current('default');
      expect(again.slice(0, 2)).toEqual([
        { ...first, detail: { score: 7 } },
        { ...third, ackedBy: ada, ackedAt: 5 },
      ]);
      expect(again.slice(2)).toEqual(read.slice(3));
    });

    it('finds those that share a card', async () => {
      const { alerts } = (await open()).store;
      const opened = await alerts.open([
        alert('a', { groupId: 'g' }),
        alert('b', { groupId: 'g', openedAt: 1 }),
        alert('c'),
      ]);
      const [a, b] = opened;
      expect(await alerts.inGroup('g')).toEqual([b, a]);
      expect(await alerts.inGroup('h')).toEqual([]);
    });

    it('is acknowledged by the first one only, and saving does not undo it', async () => {
      const { alerts } = (await open()).store;
      const [opened] = await alerts.open([alert('a')]);
      if (opened === undefined) throw new Error('not opened');
      expect(await alerts.acknowledge('a', ada, 5)).toBe(true);
      expect(await alerts.acknowledge('a', bob, 6)).toBe(false);
      await alerts.save([{ ...opened, detail: { score: 30 } }]);
      expect(await alerts.find('a')).toMatchObject({
        ackedBy: ada,
        ackedAt: 5,
        detail: { score: 30 },
      });
    });

    it('cannot be acknowledged when it is over or unknown', async () => {
      const { alerts } = (await open()).store;
      const [opened] = await alerts.open([alert('a')]);
      if (opened === undefined) throw new Error('not opened');
      await alerts.save([{ ...opened, closedAt: 5 }]);
      expect(await alerts.acknowledge('a', ada, 6)).toBe(false);
      expect(await alerts.acknowledge('z', ada, 6)).toBe(false);
    });
  });

  describe(`card messages, ${name}`, () => {
    it('knows the messages of a card in the order they were posted', async () => {
      const { cardMessages } = (await open()).store;
      await cardMessages.add(ops, 'alert-1', '200', 1);
      await cardMessages.add(ops, 'alert-1', '100', 2);
      await cardMessages.add(ops, 'alert-1', '100', 3);
      await cardMessages.add(dev, 'alert-2', '100', 3);
      expect(await cardMessages.list(ops, 'alert-1')).toEqual(['200', '100']);
      expect(await cardMessages.list(dev, 'alert-2')).toEqual(['100']);
      expect(await cardMessages.list(dev, 'alert-1')).toEqual([]);
    });

    it('forgets a message that Teams no longer knows', async () => {
      const { cardMessages } = (await open()).store;
      await cardMessages.add(ops, 'alert-1', '100', 1);
      await cardMessages.add(dev, 'alert-1', '100', 1);
      await cardMessages.forget(ops, '100');
      expect(await cardMessages.list(ops, 'alert-1')).toEqual([]);
      expect(await cardMessages.list(dev, 'alert-1')).toEqual(['100']);
    });
  });
};
