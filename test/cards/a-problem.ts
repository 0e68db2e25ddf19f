import type { AlertDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import type { GroupMember } from '../../src/features/alerting/domain/alert-view.ts';
import type { NamedWatch, WatchRule } from '../../src/features/watches/domain/watch.ts';
import { type OneProblem, oneProblem } from '../features/alerting/one-problem.ts';
import { minute, now } from './a-fleet.ts';

export const aRule = (changes: Partial<WatchRule> = {}): WatchRule => ({
  filter: '',
  quality: { word: 'poor' },
  offline: true,
  ...changes,
});

export const aWatch = (rule: Partial<WatchRule> = {}): NamedWatch => ({
  id: 'watch-3',
  number: 3,
  rule: aRule(rule),
  madeBy: 'Megan Bowen',
});

/** LAX-12 → crm is Poor since 12:27. */
export const aPoorTarget = (changes: Partial<OneProblem> = {}): AlertDetail =>
  oneProblem({
    about: 'quality',
    agentName: 'LAX-12',
    target: { name: 'crm', address: 'crm.example.com' },
    state: 'open',
    since: now - 14 * minute,
    at: now,
    shown: { word: 'poor', score: 41.4 },
    was: { word: 'good', score: 92 },
    expected: 'Web/Email',
    circumstances: ['Los Angeles', 'Wi-Fi 38 %'],
    diagnosis: {
      likely: 'wifi',
      because: ['its Wi-Fi signal is 38 %', 'router is bad too', '9 other agents reach crm well'],
    },
    ...changes,
  });

/** BER-Office is offline for two minutes. */
export const anOfflineAgent = (changes: Partial<OneProblem> = {}): AlertDetail =>
  oneProblem({
    about: 'offline',
    agentName: 'BER-Office',
    state: 'open',
    since: now - 2 * minute,
    at: now,
    shown: { word: 'offline' },
    was: { word: 'online' },
    circumstances: ['Berlin', 'wired'],
    ...changes,
  });

export const aMember = (number: number, changes: Partial<GroupMember> = {}): GroupMember => ({
  alertId: `alert-${number}`,
  number,
  agentId: `agent-boi-${number}`,
  agentName: `BOI-Desk-${String(number).padStart(2, '0')}`,
  state: 'offline',
  shown: { word: 'offline' },
  since: now - 14 * minute,
  ...changes,
});

/** Fourteen agents of one site: some offline, most Poor, one in between. */
export const aSite: readonly GroupMember[] = Array.from({ length: 14 }, (_, index) => {
  if (index === 2) return aMember(9, { state: 'unsteady', shown: { word: 'poor', score: 55 } });
  if (index === 5) return aMember(12, { state: 'over', shown: { word: 'good', score: 94 } });
  return index % 4 === 0
    ? aMember(index + 7)
    : aMember(index + 7, {
        state: 'poor',
        shown: { word: 'poor', score: 40 - index },
        target: 'crm',
        since: now - 13 * minute,
      });
});
