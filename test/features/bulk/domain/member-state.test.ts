import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bulkActs } from '../../../../src/features/bulk/domain/job.ts';
import {
  afterEvent,
  type MemberEvent,
  type MemberProgress,
  mostCalls,
  newMember,
} from '../../../../src/features/bulk/domain/member-state.ts';

const events: readonly MemberEvent[] = [
  'leave-out',
  'begin',
  'done',
  'refused',
  'not-made',
  'doubt',
  'seen',
  'unseen',
  'unreadable',
];

const ends = ['done', 'failed', 'left-out', 'not-known'];

it('never makes a call while another may have been made, whatever comes in which order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...bulkActs),
      fc.array(fc.constantFrom(...events), { maxLength: 30 }),
      (act, all) => {
        let now: MemberProgress = newMember;
        let undecided = false;
        for (const event of all) {
          const next = afterEvent(act, now, event);
          if (next.calls > now.calls) {
            expect(event).toBe('begin');
            expect(undecided).toBe(false);
            expect(now.inDoubt).toBe(false);
          }
          if (ends.includes(now.state)) expect(next).toBe(now);
          if (next.state === 'done' && now.state !== 'done')
            expect(['done', 'seen']).toContain(event);
          undecided = next.inDoubt;
          now = next;
        }
        expect(now.calls).toBeLessThanOrEqual(mostCalls);
        if (act === 'reconnect') {
          expect(now.inDoubt).toBe(false);
          expect(now.calls).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 100 },
  );
});

const walk = (act: (typeof bulkActs)[number], ...all: readonly MemberEvent[]): MemberProgress =>
  all.reduce<MemberProgress>((now, event) => afterEvent(act, now, event), newMember);

it.each([
  ['pause', ['begin', 'done'], 'done', 1],
  ['pause', ['begin', 'doubt', 'seen'], 'done', 1],
  ['pause', ['begin', 'doubt', 'unseen', 'begin', 'done'], 'done', 2],
  ['pause', ['begin', 'doubt', 'begin'], 'in-flight', 1],
  ['pause', ['begin', 'doubt', 'unreadable'], 'not-known', 1],
  ['pause', ['begin', 'not-made', 'begin', 'not-made', 'begin', 'not-made'], 'failed', 3],
  ['rename', ['begin', 'refused', 'begin'], 'failed', 1],
  ['reconnect', ['begin', 'doubt', 'unseen', 'begin'], 'not-known', 1],
  ['reconnect', ['begin', 'not-made', 'begin'], 'failed', 1],
  ['delete', ['leave-out', 'begin'], 'left-out', 0],
] as const)('%s: after %j it is %s', (act, all, state, calls) => {
  expect(walk(act, ...all)).toMatchObject({ state, calls });
});
