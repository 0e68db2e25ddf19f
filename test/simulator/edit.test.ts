import { describe, expect, it } from 'vitest';
import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { videoCall, voiceOverIp, webEmail } from '../../src/simulator/quality-definition.ts';
import { smallFleet, started, startedAt } from './started.ts';

const minute = 60_000;

describe('a test may', () => {
  it('add an agent and take it away without a trace', async () => {
    const { simulator, call } = await started({ agents: [] });
    simulator.edit.add(
      simulatedAgent({ id: 'a1', name: 'A1', sessions: [simulatedSession({ id: 's1' })] }),
    );
    expect((await call('GET', '/agents')).json).toMatchObject([{ UniqueId: 'a1' }]);
    simulator.edit.drop('a1');
    expect((await call('GET', '/agents?includeDeleted=true')).json).toEqual([]);
  });

  it('set the quality of a session, all of it or by one definition', async () => {
    const { simulator, call } = await started({ agents: smallFleet });
    const quality = async () => (await call('GET', '/sessions/voice-1/status')).json;
    simulator.edit.setQuality('lax-12', 'voice-1', { score: 99 });
    expect(await quality()).toMatchObject({
      TargetQuality: [
        { QualityScore: 99, QualityValue: 'Good' },
        { QualityScore: 99, QualityValue: 'Good' },
      ],
    });
    simulator.edit.setQuality('lax-12', 'voice-1', {
      score: 97,
      word: 'Poor',
      definitionId: videoCall.id,
    });
    simulator.edit.setQuality('lax-12', 'voice-1', { score: 50, definitionId: webEmail.id });
    expect(await quality()).toMatchObject({
      TargetQuality: [
        { QualityDefinitionId: voiceOverIp.id, QualityScore: 99, QualityValue: 'Good' },
        { QualityDefinitionId: videoCall.id, QualityScore: 97, QualityValue: 'Poor' },
        { QualityDefinitionId: webEmail.id, QualityScore: 50, QualityValue: 'Fair' },
      ],
    });
  });

  it('disconnect an agent, whose readings then grow old, and connect it again', async () => {
    const { simulator, advance, call } = await started({ agents: smallFleet });
    const status = async () =>
      (await call('POST', '/agents/lax-12/status', { body: { TargetName: 'crm' } })).json;
    simulator.edit.setOnline('lax-12', false);
    const gone = await status();
    advance(10 * minute);
    expect(gone).toMatchObject({ IsOnline: false });
    expect(await status()).toEqual(gone);
    simulator.edit.setOnline('lax-12', true);
    expect(await status()).toMatchObject({ IsOnline: true });
    expect(simulator.fleet.session('lax-12', 'crm-1')?.readings[0]?.measuredAt).toBeGreaterThan(
      startedAt + 9 * minute,
    );
  });

  it('rename, and change any field of an agent or a session', async () => {
    const { simulator, advance, call } = await started({ agents: smallFleet });
    simulator.edit.rename('lax-12', 'LAX-99');
    simulator.edit.change('lax-12', { platform: 'Linux' });
    simulator.edit.changeSession('lax-12', 'crm-1', { stalled: true, description: 'crm (old)' });
    expect((await call('GET', '/agents/lax-12')).json).toMatchObject({
      Name: 'LAX-99',
      Platform: 'Linux',
    });
    advance(minute);
    expect(simulator.fleet.session('lax-12', 'crm-1')).toMatchObject({
      status: 'Active',
      description: 'crm (old)',
      readings: [{ measuredAt: expect.closeTo(startedAt, -4) }],
    });
  });

  it('not change what does not exist', async () => {
    const { simulator } = await started({ agents: smallFleet });
    expect(() => simulator.edit.rename('nobody', 'x')).toThrow('no agent nobody');
    expect(() => simulator.edit.drop('nobody')).toThrow('no agent nobody');
    expect(() => simulator.edit.setQuality('lax-12', 'nothing', { score: 1 })).toThrow(
      'no session nothing on agent lax-12',
    );
  });
});
