import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertEvent,
  AlertState,
  advance,
  firstSeen,
  gone,
  isWorthStoring,
  type Observation,
  type Patience,
} from '../../../../src/features/alerting/domain/alert-state.ts';
import { below70, fair, kindsOf, minute, poor, type Story, type Told, tell } from './a-story.ts';

const steadily = (samples: readonly Told[], times: number): readonly Told[] =>
  Array.from({ length: times }, () => samples).flat();
const flutter = (times: number): readonly Told[] => steadily([60, 90], times);

describe('a watch on a score below 70', () => {
  it.each<[readonly Told[], readonly string[]]>([
    [[60], []],
    [[60, 60], ['raised']],
    [
      [60, 60, 75, 90, 90],
      ['raised', 'cleared'],
    ],
    [[60, 90, 60, 90], []],
    [[60, 60, 72, 72, 72], ['raised']],
    [[60, 60, 90, 72, 90], ['raised']],
    [
      [60, 60, 90, 72, 90, 90],
      ['raised', 'cleared'],
    ],
    [[60, 72, 60], []],
    [[72, 72, 72], []],
    [[60, 60, ...steadily([72, 60], 12)], ['raised']],
    [[60, 60, 90, 60, 90, 60], ['raised']],
    [[60, 60, 60, 60, 60], ['raised']],
    [
      [60, 60, 90, 90, 60, 60],
      ['raised', 'cleared', 'raised'],
    ],
    [[60, 60, 41, 60, 41], ['raised']],
    [[60, 60, 40, 40, 40], ['raised']],
    [[60, 'nothing', 'nothing', 60], ['raised']],
    [[60, 60, 'nothing', 'nothing', 'nothing'], ['raised']],
    [
      [60, 60, 'nothing', 90, 'unknown', 90],
      ['raised', 'cleared'],
    ],
  ])('%j → %j', (samples, events) => {
    expect(kindsOf(tell(below70, samples))).toEqual(events);
  });
});

describe('a watch on a word', () => {
  it.each<[typeof poor, readonly Told[], readonly string[]]>([
    [poor, ['good', 'poor', 'poor'], ['raised']],
    [poor, ['poor', 'poor', 'fair', 'fair'], ['raised', 'cleared']],
    [poor, ['fair', 'fair', 'fair'], []],
    [poor, ['poor', 'poor', 'poor', 'poor', 'poor'], ['raised']],
    [fair, ['fair', 'fair'], ['raised']],
    [fair, ['fair', 'poor'], ['raised']],
    [fair, ['fair', 'fair', 'poor', 'poor', 'poor'], ['raised']],
    [fair, ['fair', 'fair', 'poor', 'fair', 'poor'], ['raised']],
    [fair, ['poor', 'poor', 'fair', 'fair'], ['raised']],
    [fair, ['poor', 'poor', 'good', 'good'], ['raised', 'cleared']],
    [poor, ['poor', 'unknown', 'unknown', 'poor'], ['raised']],
    [poor, ['poor', 'poor', 'unknown', 'unknown', 'unknown'], ['raised']],
  ])('%j: %j → %j', (rule, samples, events) => {
    expect(kindsOf(tell(rule, samples))).toEqual(events);
  });
});

describe('a watch with after 5m', () => {
  const patient = { ...poor, afterMs: 5 * minute };
  it.each<[readonly Told[], readonly string[]]>([
    [steadily(['poor'], 5), []],
    [steadily(['poor'], 6), ['raised']],
    [['poor', 'poor', 'poor', 'good', 'poor', 'poor', 'poor'], []],
    [
      [...steadily(['poor'], 6), 'good', 'good'],
      ['raised', 'cleared'],
    ],
    [[...steadily(['poor'], 6), 'good', 'poor', 'good', 'poor'], ['raised']],
    [[...steadily(['poor'], 6), 'good', 'poor', 'poor', 'poor'], ['raised']],
  ])('%j → %j', (samples, events) => {
    expect(kindsOf(tell(patient, samples))).toEqual(events);
  });

  it('does not count the fluttering that it is asked to overlook', () => {
    expect(kindsOf(tell(patient, steadily(['poor', 'good'], 20)))).toEqual([]);
  });
});

describe('flapping', () => {
  it('is said once, and holds every raise and clear until it is steady again', () => {
    const story = tell(below70, [...flutter(20), 60, 60, 90, 90, 60, 60, ...steadily([90], 21)]);
    expect(kindsOf(story)).toEqual(['flapping', 'steady']);
    expect(story.events.map(({ open }) => open)).toEqual([true, false]);
  });

  it('may end in a problem that goes on and is cleared later', () => {
    const story = tell(below70, [...flutter(10), ...steadily([60], 20), 90, 90]);
    expect(kindsOf(story)).toEqual(['flapping', 'steady', 'cleared']);
    expect(story.events.map(({ open }) => open)).toEqual([true, true, false]);
  });

  it('takes over a problem that was notified', () => {
    const story = tell(below70, [60, 60, ...flutter(10), ...steadily([90], 20)]);
    expect(kindsOf(story)).toEqual(['raised', 'flapping', 'steady']);
  });
});

describe('an event', () => {
  it('says since when, and whether it goes on', () => {
    const { events } = tell(below70, [92, 60, 41, 92, 90]);
    expect(events).toEqual([
      {
        kind: 'raised',
        open: true,
        at: 3 * minute,
        since: 2 * minute,
      },
      {
        kind: 'cleared',
        open: false,
        at: 5 * minute,
        since: 2 * minute,
      },
    ]);
  });
});

describe('what is deleted', () => {
  it('ends its open problem', () => {
    const { state } = tell(below70, [60, 60]);
    expect(state && gone(state, 9 * minute)).toEqual({
      kind: 'gone',
      open: false,
      at: 9 * minute,
      since: minute,
    });
  });

  it('has nothing to end when all was good', () => {
    const { state } = tell(below70, [90, 90]);
    expect(state && gone(state, 9 * minute)).toBeUndefined();
  });
});

/** Stretches of equal observations, so that every state is come by and left again. */
const stretches = fc.array(
  fc.record({
    verdict: fc.constantFrom('bad', 'good', 'between'),
    times: fc.constantFrom(1, 1, 1, 2, 3, 5, 22),
    gap: fc.constantFrom(minute, minute, 10 * minute, 40 * minute),
  }),
  { maxLength: 40 },
);
const observations: fc.Arbitrary<readonly Observation[]> = stretches.map((all) => {
  let at = 0;
  return all.flatMap(({ verdict, times, gap }) =>
    Array.from({ length: times }, () => {
      at += gap;
      const shown = { word: verdict === 'bad' ? 'poor' : 'good' } as const;
      return { at, verdict, shown };
    }),
  );
});
const patience: fc.Arbitrary<Patience> = fc.constantFrom(
  { coldAfterMs: 30 * minute },
  { coldAfterMs: 30 * minute, afterMs: 20 * minute },
);

const run = (
  waits: Patience,
  seen: readonly Observation[],
  between: (state: AlertState, before: AlertState | undefined) => AlertState = (state) => state,
): Story =>
  seen.reduce<Story>(
    ({ state, events }, observation) => {
      const step =
        state === undefined
          ? { state: firstSeen(observation) }
          : advance(waits, state, observation);
      const event = 'event' in step && step.event ? [step.event] : [];
      return { state: step.state && between(step.state, state), events: [...events, ...event] };
    },
    { state: undefined, events: [] },
  );

describe('whatever is observed', () => {
  it('never raises twice without an end between, and never ends what is not open', () => {
    fc.assert(
      fc.property(patience, observations, (waits, seen) => {
        let open = false;
        for (const event of run(waits, seen).events) {
          if (event.kind === 'raised') expect(open).toBe(false);
          if (event.kind === 'cleared') expect(open).toBe(true);
          open = event.open;
        }
      }),
    );
  });

  it('has notified of a problem exactly while one is open', () => {
    fc.assert(
      fc.property(patience, observations, (waits, seen) => {
        const { state, events } = run(waits, seen);
        expect(state?.problem !== undefined).toBe(events.at(-1)?.open ?? false);
        expect(state === undefined || state.flapping || state.bad === Boolean(state.problem)).toBe(
          true,
        );
      }),
    );
  });

  it('says the begin and the end of flapping in turns, and nothing between', () => {
    fc.assert(
      fc.property(patience, observations, (waits, seen) => {
        let flapping = false;
        for (const { kind } of run(waits, seen).events) {
          if (flapping) expect(kind).toBe('steady');
          else expect(kind).not.toBe('steady');
          flapping = kind === 'flapping';
        }
      }),
    );
  });

  it('notifies alike when every state went through the store', () => {
    const stored = (state: AlertState): AlertState =>
      AlertState.parse(JSON.parse(JSON.stringify(state)));
    fc.assert(
      fc.property(patience, observations, (waits, seen) => {
        expect(run(waits, seen, stored)).toEqual(run(waits, seen));
      }),
    );
  });

  it('notifies alike after restarts that find only the states worth keeping, unless it flaps', () => {
    const bothBefore = 'gb'.repeat(4) + 'g'.repeat(30) + 'gb'.repeat(4);
    const badForHours = `gg${'b'.repeat(90)}gg`;
    let compared = 0;
    fc.assert(
      fc.property(patience, observations, (waits, seen) => {
        const [again, events] = [restarted(waits, seen), run(waits, seen).events];
        if ([...again, ...events].some(({ kind }) => kind === 'flapping')) return;
        compared += 1;
        expect(again.map(essence)).toEqual(events.map(essence));
      }),
      {
        examples: [bothBefore, badForHours].map((letters) => [
          { coldAfterMs: 30 * minute },
          spelled(letters),
        ]),
      },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('knows after restarts how often it changed within the window, if not when', () => {
    fc.assert(
      fc.property(patience, observations, (waits, seen) => {
        let kept: AlertState | undefined;
        let exact: AlertState | undefined;
        for (const observation of seen) {
          const before: AlertState | undefined = exact;
          exact =
            before === undefined
              ? firstSeen(observation)
              : advance(waits, before, observation).state;
          if (exact !== undefined && isWorthStoring(before, exact)) kept = exact;
        }
        expect(kept && countChanges(kept)).toBe(exact && countChanges(exact));
      }),
    );
  });
});

/** Restarted after each observation. */
const restarted = (waits: Patience, seen: readonly Observation[]): readonly AlertEvent[] => {
  let kept: AlertState | undefined;
  return run(waits, seen, (state, before) => {
    if (isWorthStoring(before, state)) kept = state;
    return kept ?? state;
  }).events;
};

const countChanges = ({ history }: AlertState): number =>
  [...history].filter((letter, at) => at > 0 && letter !== history[at - 1]).length;

const spelled = (letters: string): readonly Observation[] =>
  [...letters].map((letter, index) => ({
    at: index * minute,
    verdict: letter === 'b' ? 'bad' : 'good',
    shown: { word: letter === 'b' ? 'poor' : 'good' },
  }));

const essence = ({ kind, open, at, since }: AlertEvent): unknown => ({ kind, open, at, since });
