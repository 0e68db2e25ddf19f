import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Demo } from '../../src/cli/start-demo.ts';
import { type Chat, openChat } from './chat.ts';
import { startChromium } from './chromium.ts';
import { pictureOnFailure } from './failure-picture.ts';
import { startQuietDemo } from './quiet-demo.ts';

describe('a person in the Agents Playground', () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  let chat: Chat;
  let requestsBefore = 0;

  beforeAll(async () => {
    demo = await startQuietDemo();
    browser = await startChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    chat = await openChat(page, demo.page);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  beforeEach((context) => {
    requestsBefore = demo.simulator.requests.length;
    pictureOnFailure(page, context);
  });

  /** What the simulator was asked to change since the test began. */
  const changes = () =>
    demo.simulator.requests
      .slice(requestsBefore)
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/status'))
      .map(({ method, path, body }) => ({ method, path, body: JSON.parse(body) }));

  const agentCalled = (name: string) => {
    const agent = demo.simulator.fleet.agents().find((each) => each.name === name);
    if (agent === undefined) throw new Error(`the simulator has no agent ${name}`);
    return agent;
  };

  it('opens an agent from the list, pauses and resumes a target, and renames the agent', async () => {
    const agent = agentCalled('LAX-12');
    const path = `/agents/${agent.id}`;

    await chat.say('agents');
    await chat.press('Open LAX-12');
    await chat.shows('Back to list');
    expect(changes()).toEqual([]);

    await chat.press('Pause');
    await chat.shows(/Paused .+ by Alex Wilber at \d+:\d\d/);
    await chat.shows(/paused by Alex Wilber at \d+:\d\d/);
    const paused = agentCalled('LAX-12').sessions.filter(({ status }) => status === 'Paused');
    expect(paused).toHaveLength(1);
    const session = paused[0]?.id;
    const pause = {
      method: 'PUT',
      path: `${path}/session`,
      body: { SessionId: session, Action: 'pause' },
    };
    expect(changes()).toEqual([pause]);

    await chat.press('Resume');
    await chat.shows(/Resumed .+ by Alex Wilber at \d+:\d\d/);
    const resume = { ...pause, body: { SessionId: session, Action: 'resume' } };
    expect(changes()).toEqual([pause, resume]);
    expect(agentCalled('LAX-12').sessions.map(({ status }) => status)).not.toContain('Paused');

    await chat.pressInMenu('Rename');
    await chat.fill('New name', 'LAX-12 (moved)');
    await chat.press('Save');
    await chat.shows(/Renamed LAX-12 → LAX-12 \(moved\) · by Alex Wilber/);
    expect(changes()).toEqual([
      pause,
      resume,
      { method: 'PUT', path, body: { Name: 'LAX-12 (moved)' } },
    ]);
    expect(demo.simulator.fleet.agent(agent.id)?.name).toBe('LAX-12 (moved)');
  });

  it('is told by help what to type', async () => {
    await chat.say('help');
    await chat.shows('Tell me when…');
    await chat.press('More: all commands');
    await chat.shows('agents [filter]');
    await chat.shows('rename <agent | where filter> to <new name>');
    expect(changes()).toEqual([]);
  });

  it('deletes an agent only after a confirmation that names it', async () => {
    const { id } = agentCalled('DEN-01');
    await chat.say('agent DEN-01');
    await chat.pressInMenu('Delete');
    await chat.shows('Delete DEN-01?');
    expect(changes()).toEqual([]);

    await chat.press('Delete DEN-01');
    await chat.shows(/DEN-01[\s\S]*by Alex Wilber/);
    expect(changes()).toEqual([
      { method: 'DELETE', path: '/agents', body: { UniqueId: id, ShouldUninstall: false } },
    ]);
    expect(demo.simulator.fleet.agent(id)?.deletedAt).toBeDefined();
  });

  it('changes nothing when the confirmation is declined', async () => {
    await chat.say('delete DEN-02');
    await chat.press('Keep');
    await chat.shows('Pause all');
    expect(changes()).toEqual([]);
  });

  it('is notified in one sentence when PingPlotter is down, and goes on with one press after it', async () => {
    await chat.say('agent LAX-14');
    const mend = demo.simulator.fault({ match: {}, effect: { kind: 'status', status: 503 } });
    await chat.press('Pause');
    await chat.shows('PingPlotter Cloud cannot answer just now.');
    expect(agentCalled('LAX-14').sessions.map(({ status }) => status)).not.toContain('Paused');

    mend();
    await chat.press('Show agent');
    await chat.shows('LAX-14');
    await chat.shows('Pause all');
  });
});
