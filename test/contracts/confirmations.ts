import { describe, expect, it } from 'vitest';
import {
  type Binding,
  type Confirmations,
  confirmationLifetimeMs,
} from '../../src/chat/confirmation.ts';
import type { FakeClock } from '../fakes/clock.ts';

const binding: Binding = {
  tenantId: 'contoso',
  personId: 'ada',
  verb: 'agent.delete',
  subject: 'lax-12',
};

const strangers: readonly (readonly [string, Partial<Binding>])[] = [
  ['in another tenant', { tenantId: 'fabrikam' }],
  ['by another person', { personId: 'bob' }],
  ['for another verb', { verb: 'agent.create' }],
  ['for another agent', { subject: 'lax-13' }],
];

export const confirmationsContract = (
  name: string,
  open: () => Promise<{ readonly confirmations: Confirmations; readonly clock: FakeClock }>,
): void => {
  describe(`confirmations, ${name}`, () => {
    it('grants once', async () => {
      const { confirmations } = await open();
      const token = await confirmations.issue(binding);
      expect(await confirmations.redeem(token, binding)).toBe('granted');
      expect(await confirmations.redeem(token, binding)).toBe('used');
    });

    it('grants once when it is pressed many times at once', async () => {
      const { confirmations } = await open();
      const token = await confirmations.issue(binding);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => confirmations.redeem(token, binding)),
      );
      expect(answers.sort()).toEqual(['granted', 'used', 'used', 'used', 'used']);
    });

    it('gives each card its own token', async () => {
      const { confirmations } = await open();
      const [first, second] = [
        await confirmations.issue(binding),
        await confirmations.issue(binding),
      ];
      expect(first).not.toBe(second);
      expect(await confirmations.redeem(first, binding)).toBe('granted');
      expect(await confirmations.redeem(second, binding)).toBe('granted');
    });

    it.each(strangers)('is foreign %s, and still good afterwards', async (_, difference) => {
      const { confirmations } = await open();
      const token = await confirmations.issue(binding);
      expect(await confirmations.redeem(token, { ...binding, ...difference })).toBe('foreign');
      expect(await confirmations.redeem(token, binding)).toBe('granted');
    });

    it('does not tell a stranger that it was used', async () => {
      const { confirmations } = await open();
      const token = await confirmations.issue(binding);
      await confirmations.redeem(token, binding);
      expect(await confirmations.redeem(token, { ...binding, personId: 'bob' })).toBe('foreign');
    });

    it.each([
      ['just before its end', -1, 'granted'],
      ['at its end', 0, 'expired'],
    ] as const)('%s (%i ms) it is %s', async (_, offset, answer) => {
      const { confirmations, clock } = await open();
      const token = await confirmations.issue(binding);
      await clock.advance(confirmationLifetimeMs + offset);
      expect(await confirmations.redeem(token, binding)).toBe(answer);
    });

    it.each(['', 'no such token', "' or 1=1 --", '\0'])('does not know %j', async (token) => {
      const { confirmations } = await open();
      await confirmations.issue(binding);
      expect(await confirmations.redeem(token, binding)).toBe('unknown');
    });
  });
};
