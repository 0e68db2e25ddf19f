import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/change.ts';
import { confirmationLifetimeMs } from '../../../src/core/confirmation.ts';
import { createChangeLog } from '../../../src/store/memory/change-log.ts';
import { createConfirmations } from '../../../src/store/memory/confirmations.ts';
import { createSessionMemory } from '../../../src/store/memory/session-memory.ts';
import { changeLogContract } from '../../contracts/change-log.ts';
import { confirmationsContract } from '../../contracts/confirmations.ts';
import { sessionMemoryContract } from '../../contracts/session-memory.ts';
import { fakeClock } from '../../fakes/clock.ts';

const opened = () => {
  const clock = fakeClock();
  let issued = 0;
  const newToken = () => {
    issued += 1;
    return `token-${issued}`;
  };
  return { clock, confirmations: createConfirmations({ clock, newToken }) };
};

sessionMemoryContract('in memory', async () => createSessionMemory());
changeLogContract('in memory', async () => createChangeLog());
confirmationsContract('in memory', async () => opened());

describe('what is kept in memory', () => {
  it('is no more than a thousand changes', async () => {
    const log = createChangeLog();
    const change: Change = {
      id: '',
      account: 'default',
      tenantId: 'contoso',
      conversationKey: '19:ops',
      personId: 'ada',
      personName: 'Ada',
      at: 0,
      agent: 'lax-12',
      kind: 'rename',
      before: 'a',
      after: 'b',
    };
    for (let count = 0; count <= 1000; count += 1) await log.add({ ...change, id: `c${count}` });
    expect(await log.find('c0')).toBeUndefined();
    expect(await log.find('c1')).toBeDefined();
    expect(await log.find('c1000')).toBeDefined();
  });

  it('is no token that expired long ago', async () => {
    const { clock, confirmations } = opened();
    const binding = {
      tenantId: 'contoso',
      personId: 'ada',
      verb: 'agent.delete',
      subject: 'lax-12',
    } as const;
    const token = await confirmations.issue(binding);
    await clock.advance(2 * confirmationLifetimeMs);
    expect(await confirmations.redeem(token, binding)).toBe('expired');
    await confirmations.issue(binding);
    expect(await confirmations.redeem(token, binding)).toBe('unknown');
  });
});
