import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Reminder,
  type ReminderKind,
  reminderMessage,
  type Situation,
  stepReminder,
} from '../../../../src/features/alerting/domain/reminder.ts';

const minute = 60_000;
const everyMs = 10 * minute;
const calling: Situation = { is: 'calling', everyMs };

const reminder = (changes: Partial<Reminder> = {}): Reminder => ({
  account: 'default',
  conversationKey: '19:ops',
  card: 'alert-a',
  kind: 'remind',
  round: 1,
  next: 1,
  dueAt: 0,
  done: false,
  ...changes,
});

/** As the rows in the table have it: what was sent, what follows and when. */
const stepped = (before: Partial<Reminder>, situation: Situation, arrived: boolean) => {
  const { after, sends } = stepReminder(reminder(before), situation, arrived, 1000);
  return after === undefined
    ? { ends: true }
    : { sends, next: after.next, dueAt: after.dueAt, done: after.done };
};

describe('a reminder that is due', () => {
  it.each<[string, Partial<Reminder>, Situation, boolean, object]>([
    ['is sent', {}, calling, false, { sends: 1, next: 1, dueAt: 1000 + everyMs, done: false }],
    [
      'is sent again under its number if it never arrived',
      { next: 2 },
      calling,
      false,
      { sends: 2, next: 2, dueAt: 1000 + everyMs, done: false },
    ],
    [
      'is followed by the next once it arrived',
      { next: 2 },
      calling,
      true,
      { sends: 3, next: 3, dueAt: 1000 + everyMs, done: false },
    ],
    [
      'is the last after three',
      { next: 3 },
      calling,
      true,
      { sends: undefined, next: 3, dueAt: undefined, done: true },
    ],
    [
      'is the only one of an escalation',
      { kind: 'escalate' },
      calling,
      true,
      { sends: undefined, next: 1, dueAt: undefined, done: true },
    ],
    [
      'waits while somebody has it',
      { next: 2 },
      { is: 'acknowledged' },
      true,
      { sends: undefined, next: 2, dueAt: undefined, done: false },
    ],
    [
      'is asked about again in a silence',
      {},
      { is: 'silent', everyMs },
      false,
      { sends: undefined, next: 1, dueAt: 1000 + everyMs, done: false },
    ],
    [
      'is asked about again within a quarter of an hour, for a silence may end early',
      {},
      { is: 'silent', everyMs: 600 * minute },
      false,
      { sends: undefined, next: 1, dueAt: 1000 + 15 * minute, done: false },
    ],
    ['ends with the alert', {}, { is: 'over' }, false, { ends: true }],
    ['ends with the watch', {}, { is: 'unwatched' }, false, { ends: true }],
  ])('%s', (_, before, situation, arrived, expected) => {
    expect(stepped(before, situation, arrived)).toEqual(expected);
  });
});

/** One card with its job, its outbox and Teams, as the state machine meets them. */
const world = (kind: ReminderKind) => {
  const first = reminder({ kind, dueAt: everyMs });
  let now = 0;
  let state: Reminder | undefined = first;
  let acked = false;
  let silent = false;
  let over = false;
  let reachable = true;
  const waiting = new Map<string, number>();
  const arrived: { readonly name: string; readonly round: number }[] = [];
  const has = (name: string) => arrived.some((one) => one.name === name);
  const situation = (): Situation => {
    if (over) return { is: 'over' };
    if (acked) return { is: 'acknowledged' };
    return silent ? { is: 'silent', everyMs } : calling;
  };
  const runJob = (): void => {
    if (state?.dueAt === undefined || state.dueAt > now) return;
    const { after, sends } = stepReminder(
      state,
      situation(),
      has(reminderMessage(state, state.next)),
      now,
    );
    if (sends !== undefined) waiting.set(reminderMessage(state, sends), state.round);
    state = after;
  };
  const deliver = (): void => {
    if (!reachable) return;
    for (const [name, round] of waiting) {
      waiting.delete(name);
      const holds = situation().is === 'calling' && state?.round === round && !has(name);
      if (holds) {
        expect({ acked, silent, over }).toEqual({ acked: false, silent: false, over: false });
        arrived.push({ name, round });
      }
    }
  };
  return {
    arrived,
    pass: (minutes: number): void => {
      for (let each = 0; each < minutes; each += 1) {
        now += minute;
        runJob();
        deliver();
      }
    },
    act: (what: string): void => {
      if (what === 'ack') acked = true;
      if (what === 'unack' && acked && !over) {
        acked = false;
        const before: Reminder = state ?? first;
        if (kind === 'remind' || !before.done)
          state = {
            ...before,
            round: before.round + (kind === 'remind' ? 1 : 0),
            next: 1,
            dueAt: now + everyMs,
            done: false,
          };
      }
      if (what === 'silent') silent = true;
      if (what === 'loud') silent = false;
      if (what === 'down') reachable = false;
      if (what === 'up') reachable = true;
      if (what === 'over') over = true;
    },
    round: () => state?.round,
    done: () => state?.done,
  };
};

const acts = ['ack', 'unack', 'silent', 'loud', 'down', 'up', 'over'] as const;
const story = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 45 }) },
    { weight: 2, arbitrary: fc.constantFrom(...acts.slice(0, 6)) },
    { weight: 1, arbitrary: fc.constantFrom('pass', 'over') },
  ),
  { maxLength: 40 },
);

describe.each(['remind', 'escalate'] as const)('%s, whatever happens', (kind) => {
  const most = kind === 'remind' ? 3 : 1;

  it('comes at most so often a round, each message once, none after an end', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const it = world(kind);
        for (const step of steps) typeof step === 'number' ? it.pass(step) : it.act(step);
        const names = it.arrived.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const { round } of it.arrived)
          expect(it.arrived.filter((one) => one.round === round).length).toBeLessThanOrEqual(most);
        if (kind === 'escalate') expect(it.arrived.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is never stuck: once nothing holds it back, all of its round comes', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const it = world(kind);
        for (const step of steps.filter((one) => one !== 'over'))
          typeof step === 'number' ? it.pass(step) : it.act(step);
        for (const step of ['unack', 'loud', 'up']) it.act(step);
        it.pass(100);
        const inRound = it.arrived.filter(({ round }) => round === it.round());
        expect(kind === 'remind' ? inRound.length : it.arrived.length).toBe(most);
        expect(it.done()).toBe(true);
      }),
    );
  });
});
