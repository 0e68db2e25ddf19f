import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backUp } from '../../src/store/backup/back-up.ts';
import { restore } from '../../src/store/backup/restore.ts';
import { type BotStore, openStore } from '../../src/store/open.ts';
import { connect } from '../../src/store/sql/connect.ts';
import { fakeClock } from '../fakes/clock.ts';
import { silentLog as log } from '../fakes/silent-log.ts';
import { ada, ops, opsPlace } from './store-bed.ts';

export interface BackupEngine {
  readonly name: string;
  /** Of a database that holds nothing yet. */
  newUrl(): Promise<string>;
  /** Where no bot has ever been. */
  untouched(): Promise<string>;
  /** Why that is not backed up. */
  readonly refusal: object;
}

const now = 1_700_000_000_000;

const using = async <T>(url: string, work: (store: BotStore) => Promise<T>): Promise<T> => {
  const store = await openStore({ url, clock: fakeClock(), log });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

const alert = (index: number) => ({
  ...ops,
  id: `alert-${index}`,
  watchId: 'w1',
  agentId: `agent-${index}`,
  sessionId: '',
  openedAt: now,
  detail: { score: 41, name: 'Zürich „ 😀' },
});

const entry = (index: number) => ({
  ...ops,
  tenantId: 'contoso',
  personId: 'ada',
  personName: 'Ada',
  at: now + index,
  action: 'agent.rename',
  result: 'done',
  correlationId: `c-${index}`,
});

const message = (card: string) => ({
  ...ops,
  card,
  kind: 'post' as const,
  payload: { card },
  dueAt: now,
});

/** More rows than one statement takes, and, for row E of the field cases, than a page of a backup. */
const many = Array.from({ length: 1203 }, (_, index) => index);

/** For what is the same with a few: many take a tenth of a second at each backup and at each restore. */
const few = many.slice(0, 3);

const fill = async (store: BotStore, alerts: readonly number[] = many): Promise<void> => {
  await store.installations.refresh(opsPlace);
  await store.watches.add({
    ...ops,
    filter: 'name:"lax*"',
    rule: { below: 'poor' },
    madeBy: ada,
    createdAt: now,
  });
  await store.alerts.open(alerts.map(alert));
  await store.outbox.enqueue([message('one'), message('two')]);
  await store.savedFilters.save({
    ...ops,
    id: 'f1',
    name: 'Boise',
    filter: 'field.Site:Boise',
    by: ada,
    at: now,
  });
  const { agentId } = alert(1);
  await store.verdicts.give({
    account: 'default',
    alertId: 'a1',
    personId: 'ada',
    rule: 'wifi',
    isRight: true,
    at: now,
  });
  await store.suppressions.note([
    { ...ops, agentId, agentName: 'LAX-12', what: 'begin', why: 'quiet', at: now },
  ]);
  await store.suppressions.saveAlerts([{ ...ops, agentId, detail: { why: 'quiet' } }]);
  await store.documents.write('default', 'monitor', { deep: [1, null, 'x'] });
  await store.transaction(async (tx) => {
    for (const index of many.slice(0, 30)) await tx.audit.append(entry(index));
  });
};

const held = (store: BotStore) =>
  Promise.all([
    store.installations.find(ops),
    store.watches.list(ops),
    store.alerts.current('default'),
    store.outbox.backlog(),
    store.savedFilters.list(ops),
    store.verdicts.answers('default', 0),
    store.suppressions.list(ops, 0, { skip: 0, limit: 9 }),
    store.suppressions.alerts('default'),
    store.documents.read('default', 'monitor'),
    store.audit.list({ account: 'default', limit: 100 }),
    store.audit.verify(),
  ]);

const linesOf = async (url: string): Promise<readonly string[]> => {
  const lines: string[] = [];
  await backUp({ url, log }, async (some) => void lines.push(...some));
  return lines;
};

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

const restored = (url: string, lines: readonly string[], more: { replace?: boolean } = {}) =>
  restore({ url, log, now, replace: false, ...more }, each(lines));

export const refusal = (message: string) => ({
  code: 'bad-input',
  message: expect.stringContaining(message),
});

export const backupBetween = (from: BackupEngine, to: BackupEngine): void => {
  describe(`a backup of ${from.name} in ${to.name}`, () => {
    it('brings back the same watches, alerts, messages and audit log', async () => {
      const [source, target] = [await from.newUrl(), await to.newUrl()];
      const before = await using(source, async (store) => {
        await fill(store);
        return held(store);
      });
      expect(await restored(target, await linesOf(source))).toMatchObject({
        audit: { intact: true, entries: 30 },
      });
      expect(await using(target, held)).toEqual(before);
    });

    it('goes on from there', async () => {
      const [source, target] = [await from.newUrl(), await to.newUrl()];
      await using(source, fill);
      await restored(target, await linesOf(source));
      await using(target, async (store) => {
        await store.outbox.enqueue([message('three')]);
        await store.alerts.open([alert(9999)]);
        await store.audit.append(entry(31));
        expect(await store.outbox.backlog()).toMatchObject({ waiting: 3 });
        expect(await store.audit.verify()).toEqual({ intact: true, entries: 31 });
        expect((await store.alerts.find('alert-9999'))?.number).toBe(many.length + 1);
      });
    });
  });
};

/** Columns that are newer than the backup are empty. */
const withoutNulls = (line: string): string =>
  JSON.stringify(JSON.parse(line, (_key, value) => (value === null ? undefined : value)));

export const backupContract = (engine: BackupEngine): void => {
  describe(engine.name, () => {
    let filled: Promise<readonly string[]> | undefined;
    /** The backup of a filled database, made once for all who only read it. */
    const filledBackup = (): Promise<readonly string[]> => {
      const make = async () => {
        const url = await engine.newUrl();
        await using(url, fill);
        return linesOf(url);
      };
      filled ??= make();
      return filled;
    };

    it('is backed up as it is at one moment while a bot goes on writing', async () => {
      const url = await engine.newUrl();
      await using(url, async (store) => {
        await fill(store);
        const lines: string[] = [];
        await backUp({ url, log }, async (some) => {
          lines.push(...some);
          await store.audit.append(entry(lines.length));
        });
        const target = await engine.newUrl();
        const { audit } = await restored(target, lines);
        // The first write comes before the moment, for what is stored is not read yet.
        expect(audit).toMatchObject({ intact: true });
        const { entries } = audit.intact ? audit : { entries: 0 };
        expect([30, 31]).toContain(entries);
      });
    });

    it('is not restored while a bot works on it, not even by force', async () => {
      const url = await engine.newUrl();
      const lines = await using(url, async (store) => {
        await fill(store, few);
        await store.leases.acquire('monitor:default', 'a-bot', 60_000);
        return linesOf(url);
      });
      for (const replace of [false, true])
        await expect(restored(url, lines, { replace })).rejects.toMatchObject(
          refusal('a bot works on this database'),
        );
      await using(url, (store) => store.leases.acquire('monitor:default', 'a-bot', -1));
      const later = { url, log, now: fakeClock().now(), replace: true };
      await expect(restore(later, each(lines))).resolves.toMatchObject({ audit: { intact: true } });
    });

    it('is replaced only when that is wished', async () => {
      const [source, target] = [await engine.newUrl(), await engine.newUrl()];
      await using(source, (store) => fill(store, few));
      await using(target, (store) => store.audit.append(entry(77)));
      const lines = await linesOf(source);
      await expect(restored(target, lines)).rejects.toMatchObject(refusal('not empty'));
      expect(await using(target, (store) => store.audit.verify())).toEqual({
        intact: true,
        entries: 1,
      });
      await restored(target, lines, { replace: true });
      expect(await using(target, held)).toEqual(await using(source, held));
    });

    it.each<readonly [string, (lines: readonly string[]) => readonly string[], string]>([
      ['cut off', (lines) => lines.slice(0, -1), 'no backup'],
      ['short of a row', (lines) => lines.toSpliced(5, 1), 'no backup'],
      ['another file', () => ['{"hello":"world"}'], 'no backup'],
      ['no JSON', () => ['hello'], 'no backup'],
      ['empty', () => [], 'no backup'],
      ['two in one', (lines) => [...lines, ...lines], 'no backup'],
      [
        'of another version',
        ([head = '', ...rest]) => [head.replace('0001-watching', '0001-other'), ...rest],
        'another version',
      ],
    ])('takes nothing from a backup that is %s', async (_what, spoil, message) => {
      const target = await engine.newUrl();
      const spoilt = spoil(await filledBackup());
      await expect(restored(target, spoilt)).rejects.toMatchObject(refusal(message));
      expect(await using(target, (store) => store.alerts.current('default'))).toEqual([]);
    });

    it('takes a backup of the version before, and gives out the same again', async () => {
      const fixture = new URL('../fixtures/backup-0006.jsonl', import.meta.url);
      const lines = readFileSync(fixture, 'utf8').trimEnd().split('\n');
      const url = await engine.newUrl();
      const audit = { intact: true, entries: 1 };
      const rows = lines.length - 2;
      expect(await restored(url, lines)).toEqual({ rows, audit, unchanged: false });
      const again = await linesOf(url);
      // The head names the migrations of this version.
      const filled = (all: readonly string[]) => all.slice(1, -1).map(withoutNulls).toSorted();
      expect(filled(again)).toEqual(filled(lines));
      expect(JSON.parse(again.at(-1) ?? '')).toMatchObject({ rows, audit });
    });

    it.each<readonly [string, (lines: readonly string[]) => readonly string[]]>([
      ['a name in the audit log', (lines) => lines.map((line) => line.replace('Ada', 'Eve'))],
      ['a watch', (lines) => lines.map((line) => line.replace('lax*', 'den*'))],
      [
        'the order of two rows',
        ([head = '', one = '', two = '', ...rest]) => [head, two, one, ...rest],
      ],
      [
        'a name in the audit log, with a new checksum',
        (lines) => {
          const body = lines.slice(0, -1).map((line) => line.replace('Ada', 'Eve'));
          const sha256 = createHash('sha256')
            .update(`${body.join('\n')}\n`)
            .digest('hex');
          return [...body, JSON.stringify({ ...JSON.parse(lines.at(-1) ?? ''), sha256 })];
        },
      ],
    ])('C10: refuses a backup in which somebody changed %s', async (_what, edit) => {
      const [source, target] = [await engine.newUrl(), await engine.newUrl()];
      await using(source, (store) => fill(store, few));
      const lines = await linesOf(source);
      await expect(restored(target, edit(lines))).rejects.toMatchObject(
        refusal('the file was changed after it was written'),
      );
      expect(await using(target, (store) => store.alerts.current('default'))).toEqual([]);
      await expect(restored(target, lines)).resolves.toMatchObject({ unchanged: true });
    });

    it('C10: takes an audit log that was broken already, and says since when', async () => {
      const [source, target] = [await engine.newUrl(), await engine.newUrl()];
      await using(source, (store) => fill(store, few));
      const { db, close } = await connect(source, log);
      await db.updateTable('audit').set({ hash: 'x' }).where('seq', '=', 7).execute();
      await close();
      expect(await restored(target, await linesOf(source))).toMatchObject({
        audit: { intact: false, brokenAt: 7 },
        unchanged: true,
      });
    });

    it('of another version is not backed up', async () => {
      const url = await engine.untouched();
      await expect(linesOf(url)).rejects.toMatchObject(engine.refusal);
      expect(existsSync(url.replace(/^file:/u, ''))).toBe(false);
    });
  });
};
