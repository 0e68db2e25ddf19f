import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { environmentVariables } from '../../../src/config/environment.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { openStore } from '../../../src/store/open.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { examined, startPingPlotter } from './examined.ts';

describe('against a PingPlotter, with all in order', () => {
  it('names every variable, and nothing that one of them holds', async () => {
    const { environment } = await startPingPlotter({ key: 'a-key-that-nobody-knows' });
    const { findings, stdout } = await examined({ ...environment, WEBHOOK_SECRET: 'hook-word' });
    const named = findings.filter(({ check }) => check === 'settings').map((one) => one.subject);
    expect(named).toEqual(['.env', ...environmentVariables]);
    expect(stdout).not.toMatch(/a-key-that-nobody-knows|hook-word/u);
  });

  it('changes nothing at PingPlotter and leaves no database behind', async () => {
    const { simulator, environment } = await startPingPlotter();
    const fleet = () =>
      simulator.fleet
        .agents()
        .map(({ id, name, sessions }) => [id, name, sessions.map(({ status }) => status)]);
    const before = fleet();
    await examined(environment);
    expect(fleet()).toEqual(before);
    const ids = before.map(([id]) => `${id}`);
    const changes = simulator.requests.filter(({ method }) => method !== 'GET');
    expect(changes.filter(({ path }) => ids.some((id) => path.includes(id)))).toEqual([]);
    const path = environment['DATABASE_URL']?.slice('file:'.length) ?? '';
    expect(existsSync(join(path, '..'))).toBe(false);
  });

  it('leaves a database that was there as it was', async () => {
    const { environment } = await startPingPlotter();
    const url = environment['DATABASE_URL'] ?? '';
    await (await openStore({ url, clock: systemClock, log: silentLog })).close();
    await examined(environment);
    const database = new Libsql(url.slice('file:'.length), { readonly: true });
    expect(database.prepare('select count(*) as n from leases').all()).toEqual([{ n: 0 }]);
    database.close();
  });
});

describe('what a key may do', () => {
  it.each<readonly [readonly string[], readonly string[]]>([
    [[], ['lacks it', 'lacks it']],
    [['TargetManagement'], ['has it', 'lacks it']],
    [['AgentManagement'], ['lacks it', 'has it']],
  ])('is found out for %j', async (permissions, found) => {
    const { environment } = await startPingPlotter({ permissions });
    const { of, faults } = await examined(environment);
    expect(faults).toEqual([]);
    const reasons = ['TargetManagement', 'AgentManagement'].map(
      (subject) => of('PingPlotter key', subject)?.reason ?? '',
    );
    expect(reasons.map((reason) => /lacks it|has it/u.exec(reason)?.[0])).toEqual(found);
    expect(of('PingPlotter key', 'lists sessions')?.reason).toMatch(/^not allowed/u);
    expect(of('PingPlotter key', 'other permissions')?.reason).toMatch(
      /^cannot be found out without changing something/u,
    );
  });

  it.each<readonly [readonly string[], RegExp]>([
    [['Sessions', 'TraceData'], /^allowed$/u],
    [['TraceData'], /^not refused, as far as can be seen without a target$/u],
    [['Sessions'], /^not allowed: history and evidence go by the bot’s own scores/u],
  ])('of trace data is found out for %j', async (permissions, reason) => {
    const { environment } = await startPingPlotter({ permissions });
    const { of, faults } = await examined(environment);
    expect(faults).toEqual([]);
    expect(of('PingPlotter key', 'reads trace data')?.reason).toMatch(reason);
  });

  it('stays open where PingPlotter takes the call for an agent that does not exist', async () => {
    const { simulator, environment } = await startPingPlotter();
    simulator.fault({ match: { method: 'PUT' }, effect: { kind: 'raw', body: 'true' } });
    const { of } = await examined(environment);
    expect(of('PingPlotter key', 'TargetManagement')?.reason).toBe(
      'cannot be found out without changing something',
    );
  });
});
