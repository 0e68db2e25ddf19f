import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/platform/agent.ts';
import { AppError } from '../../src/platform/errors.ts';
import type { PingPlotter } from '../../src/platform/pingplotter.ts';
import { bucketMs } from '../../src/platform/trace.ts';

/** An account with at least one online agent that has two open sessions, and a key that may do everything. */
export type OpenAccount = () => Promise<PingPlotter>;

const liveShare = { description: 'crm', notes: 'Case #1', expiresAt: 1_800_000_000_000 };

const nobody = '00000000-0000-4000-8000-00000000dead';

/** What every implementation of the port does. */
export const pingPlotterContract = (name: string, open: OpenAccount): void => {
  const openWithAgent = async () => {
    const pingPlotter = await open();
    return { pingPlotter, ...(await someAgent(pingPlotter)) };
  };

  describe(`${name}, reading`, () => {
    it('lists agents, without templates and deleted ones', async () => {
      const { agents, skipped } = await (await open()).agents();
      expect(skipped).toBe(0);
      expect(agents.length).toBeGreaterThan(0);
      expect(agents.filter(({ template, deleted }) => template || deleted)).toEqual([]);
      expect(new Set(agents.map(({ id }) => id)).size).toBe(agents.length);
    });

    it('shows an agent of the list by itself', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      const shown = await pingPlotter.agent(agent.id);
      expect([shown.id, shown.name]).toEqual([agent.id, agent.name]);
    });

    it('gives the status of the agents asked for', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      const { agents } = await pingPlotter.agents();
      const statuses = await pingPlotter.status(agents.map(({ id }) => id));
      expect([...statuses.keys()].sort()).toEqual(agents.map(({ id }) => id).sort());
      expect(statuses.get(agent.id)).toMatchObject({ agentId: agent.id, online: true });
    });

    it('leaves unknown agents out of a status', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      const statuses = await pingPlotter.status([agent.id, nobody]);
      expect([...statuses.keys()]).toEqual([agent.id]);
    });

    it('gives the status of no agents without effort', async () => {
      expect(await (await open()).status([])).toEqual(new Map());
    });

    it('gives one agent the same sessions as a batch does', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      const one = await pingPlotter.agentStatus(agent.id);
      const batch = (await pingPlotter.status([agent.id])).get(agent.id);
      const ids = (status: typeof batch) =>
        status?.targets.map(({ sessionId }) => sessionId).sort();
      expect(ids(one)).toEqual(ids(batch));
      expect(one.targets.every(({ readings }) => readings.length > 0)).toBe(true);
    });

    it('lists the sessions of all agents at once as those of one by one', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      const all = await pingPlotter.allSessions();
      if (all === 'not permitted') throw new Error('the key may not list sessions');
      const ofAgent = all.filter(({ agentId }) => agentId === agent.id);
      expect(ofAgent.length).toBeGreaterThan(1);
      const byId = (listed: typeof all) => [...listed].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId(ofAgent)).toEqual(byId(await listedSessions(pingPlotter, agent.id)));
    });

    it('lists the sessions that a status shows', async () => {
      const { pingPlotter, agent, sessions } = await openWithAgent();
      const listed = await listedSessions(pingPlotter, agent.id);
      expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([...sessions]));
      expect(listed.every(({ agentId }) => agentId === agent.id)).toBe(true);
    });

    it('gives the buckets of a session, the oldest first, and no other', async () => {
      const { pingPlotter, sessions } = await openWithAgent();
      const until = Date.parse('2026-11-23T12:02:00Z');
      const from = until - 60 * 60_000;
      const { points } = await pingPlotter.trace(sessions[0] ?? '', { from, until });
      const times = points.map(({ at }) => at);
      expect(times.length).toBeGreaterThan(10);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      expect(times.every((at) => at % bucketMs === 0 && at > from - bucketMs && at < until)).toBe(
        true,
      );
      expect(points.every(({ sent, lost }) => lost >= 0 && lost <= sent)).toBe(true);
    });

    it('names the custom fields', async () => {
      const fields = await (await open()).customFields();
      expect(fields.every((field) => field !== '')).toBe(true);
    });

    it.each<[string, (pingPlotter: PingPlotter, id: string) => Promise<unknown>]>([
      ['agent', (p, id) => p.agent(id)],
      ['agentStatus', (p, id) => p.agentStatus(id)],
      ['trace', (p, id) => p.trace(id, { from: 0, until: 1 })],
      ['createLiveShare', (p, id) => p.createLiveShare({ ...liveShare, session: id })],
      ['rename', (p, id) => p.rename(id, 'x')],
      ['reconnect', (p, id) => p.reconnect(id)],
      ['setSession', (p, id) => p.setSession(id, 's1', 'pause')],
      ['setSessions', (p, id) => p.setSessions(id, 'pause')],
      ['remove', (p, id) => p.remove(id, { uninstall: false })],
    ])(
      'answers %s of an agent that is not there, or has an empty id, with not-found',
      async (_name, act) => {
        const pingPlotter = await open();
        for (const id of [nobody, ''])
          await expect(act(pingPlotter, id)).rejects.toMatchObject({ code: 'not-found' });
      },
    );

    it('rejects with an AppError for a caller who gave up', async () => {
      const pingPlotter = await open();
      const given = pingPlotter.agents({}, AbortSignal.abort());
      await expect(given).rejects.toBeInstanceOf(AppError);
    });
  });

  describe(`${name}, changing`, () => {
    it('renames', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      await pingPlotter.rename(agent.id, 'Büro "Süd" <b>');
      expect((await pingPlotter.agent(agent.id)).name).toBe('Büro "Süd" <b>');
    });

    it('pauses and resumes one session and leaves the others', async () => {
      const { pingPlotter, agent, sessions } = await openWithAgent();
      const [session = '', other = ''] = sessions;
      await pingPlotter.setSession(agent.id, session, 'pause');
      expect(await stateOf(pingPlotter, agent.id, session)).toBe('paused');
      expect(await stateOf(pingPlotter, agent.id, other)).toBe('active');
      await pingPlotter.setSession(agent.id, session, 'resume');
      expect(await stateOf(pingPlotter, agent.id, session)).toBe('active');
    });

    it('answers the same to calls that are made a single time', async () => {
      const { pingPlotter, agent, sessions } = await openWithAgent();
      const [session = ''] = sessions;
      expect(await pingPlotter.once.agent(agent.id)).toEqual(await pingPlotter.agent(agent.id));
      await pingPlotter.once.setSession(agent.id, session, 'pause');
      expect(await stateOf(pingPlotter, agent.id, session)).toBe('paused');
      await expect(pingPlotter.once.rename(nobody, 'new')).rejects.toMatchObject({
        code: 'not-found',
      });
    });

    it('pauses and resumes all sessions of an agent', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      for (const [action, state] of [
        ['pause', 'paused'],
        ['resume', 'active'],
      ] as const) {
        await pingPlotter.setSessions(agent.id, action);
        const listed = await listedSessions(pingPlotter, agent.id);
        const open = listed.filter(({ state }) => state !== 'closed');
        expect(open.length).toBeGreaterThan(1);
        expect(new Set(open.map((one) => one.state))).toEqual(new Set([state]));
      }
    });

    it('reconnects', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      await expect(pingPlotter.reconnect(agent.id)).resolves.toBeUndefined();
    });

    it('makes a link to a session, and lists it', async () => {
      const { pingPlotter, sessions } = await openWithAgent();
      const share = await pingPlotter.createLiveShare({ ...liveShare, session: sessions[0] ?? '' });
      expect(share).toMatchObject({
        url: expect.stringMatching(/^https:/),
        expiresAt: liveShare.expiresAt,
      });
      expect(await pingPlotter.liveShares()).toContainEqual({
        ...{ id: share.id, url: share.url },
        ...{ about: 'session', entity: sessions[0] },
      });
    });

    it('creates an agent that can be found', async () => {
      const pingPlotter = await open();
      const created = await pingPlotter.create({
        name: 'Reception',
        template: false,
        targets: [{ target: '192.168.0.1 Router', intervalMs: 2500 }],
      });
      expect(created).toMatchObject({ name: 'Reception', template: false });
      expect(await pingPlotter.agent(created.id)).toMatchObject({
        id: created.id,
        name: 'Reception',
      });
    });

    it('creates a template, which is no agent of the fleet', async () => {
      const pingPlotter = await open();
      const { id } = await pingPlotter.create({ name: 'Kiosk', template: true, targets: [] });
      const has = ({ agents }: { readonly agents: readonly Agent[] }) =>
        agents.some((agent) => agent.id === id && agent.template);
      expect(has(await pingPlotter.agents())).toBe(false);
      expect(has(await pingPlotter.agents({ templates: true }))).toBe(true);
    });

    it('removes an agent, which is then listed as deleted only', async () => {
      const { pingPlotter, agent } = await openWithAgent();
      await pingPlotter.remove(agent.id, { uninstall: true });
      const find = ({ agents }: { readonly agents: readonly Agent[] }) =>
        agents.find(({ id }) => id === agent.id);
      expect(find(await pingPlotter.agents())).toBeUndefined();
      expect(find(await pingPlotter.agents({ deleted: true }))?.deleted).toBe(true);
    });
  });
};

const someAgent = async (pingPlotter: PingPlotter) => {
  const { agents } = await pingPlotter.agents();
  const statuses = await pingPlotter.status(agents.map(({ id }) => id));
  for (const agent of agents) {
    const sessions = statuses.get(agent.id)?.targets.map(({ sessionId }) => sessionId) ?? [];
    if (agent.online && sessions.length > 1) return { agent, sessions };
  }
  throw new Error('the account has no online agent with two sessions');
};

const listedSessions = async (pingPlotter: PingPlotter, agentId: string) => {
  const listed = await pingPlotter.sessions(agentId);
  if (listed === 'not permitted') throw new Error('the key may not list sessions');
  return listed;
};

const stateOf = async (pingPlotter: PingPlotter, agentId: string, sessionId: string) =>
  (await listedSessions(pingPlotter, agentId)).find(({ id }) => id === sessionId)?.state;
