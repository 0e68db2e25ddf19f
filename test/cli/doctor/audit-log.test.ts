import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/platform/clock.ts';
import { openStore } from '../../../src/store/open.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { examined, startPingPlotter } from './examined.ts';

describe('the audit log', () => {
  const audited = async () => {
    const { environment } = await startPingPlotter();
    const url = environment['DATABASE_URL'] ?? '';
    const store = await openStore({ url, clock: systemClock, log: silentLog });
    for (const action of ['agent.rename', 'agent.pause', 'agent.resume'])
      await store.audit.append({
        account: 'default',
        conversationKey: '19:ops',
        tenantId: 'contoso',
        personId: 'ada',
        personName: 'Ada',
        at: 1,
        action,
        result: 'done',
        correlationId: 'c',
      });
    await store.close();
    return { environment, path: url.slice('file:'.length) };
  };

  it('is looked at only when that is wished', async () => {
    const { environment } = await audited();
    expect((await examined(environment)).of('audit log', 'chain')).toBeUndefined();
    const { of, faults } = await examined(environment, { audit: true });
    expect(of('audit log', 'chain')).toMatchObject({ ok: true, reason: 'whole: 3 entries' });
    expect(faults).toEqual([]);
  });

  it('is broken once somebody changed it', async () => {
    const { environment, path } = await audited();
    const database = new Libsql(path);
    database.exec(`update audit set entry = replace(entry, 'Ada', 'Eve') where seq = 2`);
    database.close();
    const { of, faults } = await examined(environment, { audit: true });
    expect(faults).toEqual([['audit log', 'chain']]);
    expect(of('audit log', 'chain')?.reason).toMatch(/^broken: entry 2 /u);
  });

  it('is not checked where the database does not open', async () => {
    const { environment } = await startPingPlotter();
    const url = 'file:/proc/nowhere/bot.db';
    const { of } = await examined({ ...environment, DATABASE_URL: url }, { audit: true });
    expect(of('audit log', 'chain')).toMatchObject({
      ok: false,
      reason: 'not checked: the database does not open',
    });
  });
});
