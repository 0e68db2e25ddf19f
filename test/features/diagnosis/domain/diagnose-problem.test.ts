import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosisRuns } from '../../../../src/features/diagnosis/cards/likely.ts';
import {
  changeBefore,
  diagnoseProblem,
} from '../../../../src/features/diagnosis/domain/diagnose-problem.ts';
import { indexOf } from '../../../../src/features/diagnosis/domain/fleet-index.ts';
import type { ConnectionChange } from '../../../../src/features/fleet/domain/connection-change.ts';
import { aReading, aSession, aView } from '../../fleet/an-agent.ts';

const minute = 60_000;

describe('a change that came before a problem', () => {
  const since = 100 * minute;
  const change = (what: ConnectionChange['what'], at: number, after = at - minute) => ({
    what,
    at,
    after,
  });
  it.each<[string, readonly ConnectionChange[], string | undefined]>([
    ['nothing changed', [], undefined],
    ['shortly before', [change('to-wifi', 99 * minute)], 'to-wifi'],
    ['half an hour before', [change('to-wifi', 70 * minute)], 'to-wifi'],
    ['longer ago', [change('to-wifi', 69 * minute)], undefined],
    ['after it', [change('to-wifi', 103 * minute)], undefined],
    ['between the same two polls', [change('vpn-on', 101 * minute, 98 * minute)], 'vpn-on'],
    ['the later of two', [change('to-wifi', 80 * minute), change('vpn-on', 90 * minute)], 'vpn-on'],
  ])('%s', (_, changes, what) => {
    expect(changeBefore(changes, since)).toBe(what);
  });
});

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('10.4.0.1', '203.0.113.7', '::1', 'Router', ' '),
);
const agent = fc.record({
  id: fc.string(),
  name: text,
  online: fc.boolean(),
  address: text,
  platform: text,
  clientDetails: text,
  wifi: fc.boolean(),
  vpn: fc.boolean(),
  lastSeen: fc.oneof(fc.integer(), fc.constant('never' as const)),
  network: fc.record({ gateway: text, address: text, signalPercent: fc.integer() }),
  customFields: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
});
const session = fc
  .record({
    id: fc.string(),
    name: text,
    address: text,
    word: fc.constantFrom('good' as const, 'poor' as const, 'unknown' as const),
  })
  .map(({ word, ...rest }) => aSession({ ...rest, readings: [aReading({ word })] }));
const views = fc.array(
  fc.record({ agent, sessions: fc.array(session, { maxLength: 3 }) }).map((view) => aView(view)),
  { minLength: 1, maxLength: 8 },
);

it('says one line of any agent in any fleet, whatever its texts are', () => {
  fc.assert(
    fc.property(views, (fleet) => {
      const comparison = { index: indexOf(fleet), silent: new Set<string>() };
      for (const view of fleet) {
        const about = view.agent.online ? (view.sessions[0]?.id ?? '') : '';
        const [first] = diagnosisRuns(diagnoseProblem(view, about, comparison), { name: 'crm' });
        expect(first?.text).toMatch(/^(?:Likely |No clear cause)/u);
      }
    }),
    { numRuns: 60 },
  );
});
