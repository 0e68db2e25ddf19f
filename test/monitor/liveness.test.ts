import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/delivery/outcome.ts';
import { watchCredentials } from '../../src/delivery/watch-credentials.ts';
import type { AlertState, Step } from '../../src/features/alerting/domain/alert-state.ts';
import { stepOffline } from '../../src/features/alerting/domain/offline-rule.ts';
import { stepQuality } from '../../src/features/alerting/domain/quality-rule.ts';
import {
  blindToQualitySince,
  noOutage,
  type Outage,
  type PollResult,
  stepOutage,
} from '../../src/features/health/domain/outage.ts';
import { findTroubles } from '../../src/features/health/domain/troubles.ts';
import { createTimetable } from '../../src/monitor/timetable.ts';
import type { Delivery } from '../../src/platform/messenger.ts';

/**
 * Nothing falls silent for ever: from every state that some input leads to, ordinary input (polls that succeed, time
 * that passes, messages that arrive) leads back to a bot that works and notifies.
 */

const minute = 60_000;
const start = 1_795_435_200_000;
/** Between two polls; a clock that is set goes either way. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 5_000, max: 5 * minute }) },
  { weight: 1, arbitrary: fc.integer({ min: -180 * minute, max: 180 * minute }) },
);
const runs = { numRuns: 500 };

describe('an outage', () => {
  const anyPoll: fc.Arbitrary<PollResult> = fc.oneof(
    fc.record({
      ok: fc.constant(false as const),
      code: fc.constantFrom('key-wrong', 'unavailable', 'timeout', 'permission-missing'),
    }),
    fc
      .tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.boolean(), fc.boolean())
      .map(([online, before, lost, samePicture, isUnmeasured]) => ({
        ok: true as const,
        online,
        before,
        lost: Math.min(lost, before),
        samePicture,
        ...(isUnmeasured ? { unmeasured: { why: 'no-fresh' as const } } : {}),
      })),
  );
  /** A fleet that stays as it is, however little of it is left: the snapshot does not move while it is blind. */
  const stays = fc.record({ online: fc.nat(50), before: fc.nat(50) }).map(
    ({ online, before }): PollResult => ({
      ok: true,
      online,
      before,
      lost: Math.max(0, before - online),
      samePicture: true,
    }),
  );

  it('of any kind is over after twenty polls that succeed, a minute apart, and is notified as over', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyPoll, step), { maxLength: 40 }), stays, (polls, fleet) => {
        let now = start;
        let state: Outage = noOutage;
        let blind = 0;
        const see = (poll: PollResult): void => {
          const next = stepOutage(state, poll, now);
          state = next.state;
          for (const { kind } of next.notices)
            blind += kind === 'blind' ? 1 : kind === 'sighted' ? -1 : 0;
        };
        for (const [poll, ms] of polls) {
          now += ms;
          see(poll);
        }
        for (let poll = 0; poll < 20 && (poll === 0 || state.blind !== undefined); poll += 1) {
          now += minute;
          see(fleet);
        }
        expect(state).toEqual({ failures: 0 });
        expect(blindToQualitySince(state)).toBeUndefined();
        // As often as people heard that it is blind they heard that it is over.
        expect(blind).toBe(0);
        expect(
          findTroubles({
            now,
            pollSeconds: 60,
            store: true,
            polls: { lastAt: now, lastGoodAt: now },
            clockAheadMs: 0,
            delivery: true,
          }),
        ).toEqual([]);
      }),
      runs,
    );
  });
});

describe('a watch', () => {
  const raises = (
    look: (isBad: boolean, state: AlertState | undefined, now: number) => Step,
    looks: readonly (readonly [boolean, number])[],
  ): boolean => {
    let now = start;
    let state: AlertState | undefined;
    const see = (isBad: boolean, ms: number): boolean => {
      now += ms;
      const { state: after, event } = look(isBad, state, now);
      state = after;
      return event?.kind === 'raised';
    };
    for (const [isBad, ms] of looks) see(isBad, ms);
    // Calm for as long as flapping is remembered.
    for (let poll = 0; poll < 25; poll += 1) see(false, minute);
    expect(state?.bad).toBe(false);
    expect(state?.problem).toBeUndefined();
    return [1, 2, 3].map(() => see(true, minute)).includes(true);
  };
  const looks = fc.array(fc.tuple(fc.boolean(), step), { maxLength: 60 });

  it('on quality raises within three bad polls, whatever was before', () => {
    const rule = { quality: { word: 'poor' }, pollSeconds: 60 } as const;
    fc.assert(
      fc.property(looks, (before) => {
        const isRaised = raises((isBad, state, now) => {
          const word = isBad ? 'poor' : 'good';
          const reading = { definitionId: 'voip', word, measuredAt: now - 1000 } as const;
          return stepQuality(rule, state, { reading }, now);
        }, before);
        expect(isRaised).toBe(true);
      }),
      runs,
    );
  });

  it('on being offline raises within three polls, whatever was before', () => {
    fc.assert(
      fc.property(looks, (before) => {
        const isRaised = raises(
          (isBad, state, now) =>
            stepOffline({ pollSeconds: 60 }, state, { online: !isBad, lastSeen: now }, now),
          before,
        );
        expect(isRaised).toBe(true);
      }),
      runs,
    );
  });
});

describe('delivery', () => {
  const failure = fc.record({
    ok: fc.constant(false as const),
    reason: fc.constantFrom('unauthorized', 'broken', 'transient', 'throttled'),
    refusedBy: fc.constantFrom('sign-in', 'connector'),
    retryAfterMs: fc.nat(86_400_000),
  });

  it('waits through an outage of its own for ten minutes at most, and gives nothing up', () => {
    fc.assert(
      fc.property(failure, fc.integer({ min: 1, max: 9999 }), (delivery, attempt) => {
        fc.pre(delivery.reason === 'unauthorized' || delivery.reason === 'broken');
        const made = {
          sending: 'post',
          attempt,
          failingForMs: attempt * minute,
          inThread: false,
          serviceUrl: 'https://smba.example/',
        } as const;
        const outcome = outcomeOf(delivery, made, () => 0.5);
        expect(outcome.kind).toBe('later');
        expect(outcome.kind === 'later' && outcome.waitMs).toBeLessThanOrEqual(10 * minute);
      }),
      runs,
    );
  });

  it('gives up nothing that lasts while Teams is busy or away, however long, and goes on with the rest', () => {
    fc.assert(
      fc.property(failure, fc.nat(7 * 24 * 60), (delivery, minutes) => {
        fc.pre(delivery.reason === 'transient' || delivery.reason === 'throttled');
        const made = {
          sending: 'post',
          attempt: 1 + Math.ceil(minutes / 5),
          failingForMs: minutes * minute,
          inThread: false,
          serviceUrl: 'https://smba.example/',
          lasts: true,
        } as const;
        const outcome = outcomeOf(delivery, made, () => 0.5);
        expect(outcome.kind).toBe('later');
        if (minutes > 60) expect(outcome).toMatchObject({ othersMayPass: true });
      }),
      runs,
    );
  });

  it('has its credentials back with the first message that arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(failure, { maxLength: 20 }), async (failures) => {
        const answers: Delivery[] = [...failures];
        const next = async (): Promise<Delivery> =>
          answers.shift() ?? { ok: true, activityId: '1' };
        const { messenger, refusal } = watchCredentials({ post: next, update: next, typing: next });
        const to = {
          tenantId: 't',
          serviceUrl: 'https://smba.example/',
          conversationId: 'c',
          kind: 'personal',
          botId: 'b',
          channelId: 'msteams',
        } as const;
        for (let sent = 0; sent <= failures.length; sent += 1) await messenger.typing(to);
        expect(refusal()).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});

describe('the timetable', () => {
  it('has a poll due within one interval of now, whatever happened', () => {
    const act = fc.constantFrom('pollBegins', 'pollNow', 'pollSoon', 'pollAgainSooner', 'nothing');
    const passing = fc.nat(3 * 3_600_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 3600 }),
        fc.array(fc.tuple(act, passing), { maxLength: 30 }),
        (pollSeconds, acts) => {
          let monotonic = 1000;
          const clock = { monotonic: () => monotonic };
          const timetable = createTimetable({ clock, pollMs: pollSeconds * 1000 });
          for (const [what, ms] of acts) {
            monotonic += ms;
            // A poll begins only when it is due.
            const isPossible = what !== 'pollBegins' || timetable.isPollDue();
            if (what !== 'nothing' && isPossible) timetable[what]();
          }
          expect(timetable.untilPollMs()).toBeLessThanOrEqual(pollSeconds * 1000);
          monotonic += pollSeconds * 1000;
          expect(timetable.isPollDue()).toBe(true);
        },
      ),
      runs,
    );
  });
});
