import { expect, it } from 'vitest';
import { rulesText } from '../../../../src/features/diagnosis/cards/rules.ts';
import { diagnoseProblem } from '../../../../src/features/diagnosis/domain/diagnose-problem.ts';
import { indexOf } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import { silentRules } from '../../../../src/features/diagnosis/domain/verdicts.ts';
import { aReading, aSession, aView } from '../../fleet/an-agent.ts';

it.each([
  [19, 0, false],
  [20, 13, true],
  [20, 14, false],
  [30, 20, true],
])('of %i answers %i right: silent %j', (answers, right, silent) => {
  const one = { rule: 'wifi', right, answers };
  expect(silentRules([one]).has('wifi')).toBe(silent);
  expect(rulesText([one]).includes('silent')).toBe(silent);
});

const crm = (id: string, word: 'good' | 'poor') =>
  aSession({ id, name: 'crm', readings: [aReading({ word })] });

it('a silent rule names no cause, and no other one takes its place', () => {
  const agent = { id: 'lax', wifi: true, network: { signalPercent: 20 } };
  const view = aView({ agent, sessions: [crm('s', 'poor')] });
  const others = ['a', 'b', 'c'].map((id) => aView({ agent: { id }, sessions: [crm(id, 'good')] }));
  const index = indexOf([view, ...others]);
  expect(diagnoseProblem(view, 's', { index, silent: new Set() }).diagnosis?.likely).toBe('wifi');
  expect(diagnoseProblem(view, 's', { index, silent: new Set(['wifi']) })).toEqual({
    noCause: true,
  });
});
