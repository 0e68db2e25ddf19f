import { describe, expect, it } from 'vitest';
import { digestSetCard } from '../../../../src/features/digest/cards/digest-set.ts';
import { healthCard } from '../../../../src/features/health/cards/health.ts';
import { silenceCard } from '../../../../src/features/silence/cards/silence.ts';
import { watchFormCard } from '../../../../src/features/watches/cards/watch-form.ts';
import { watchMadeCard } from '../../../../src/features/watches/cards/watch-made.ts';
import { watchesCard } from '../../../../src/features/watches/cards/watches.ts';
import { aReader, hour, minute, now } from '../../../cards/a-fleet.ts';
import { aWatch } from '../../../cards/a-problem.ts';
import { executes, inputs, rootActions, shownTexts, titles } from '../../../cards/nodes.ts';

const filledIn = (card: { readonly content: unknown }): unknown =>
  Object.fromEntries(inputs(card.content).map(({ id, value }) => [id, value]));

describe('the form of a watch', () => {
  const noCare = { remind: '', escalateTo: '', escalateAfter: '' };
  const empty = {
    filter: '',
    limits: '',
    below: '',
    after: '',
    quietFrom: '',
    quietTo: '',
    ...noCare,
  };

  it('starts with what watch alone would be', () => {
    expect(filledIn(watchFormCard({}, aReader()))).toEqual({
      ...empty,
      bound: 'poor',
      offline: 'true',
    });
  });

  it('holds the terms of the one that is changed', () => {
    const watch = aWatch({
      filter: 'field.Site:Boise',
      quality: { below: 70 },
      offline: false,
      afterMs: 90 * minute,
      remindMs: 15 * minute,
      escalate: { to: { field: 'Manager' }, afterMs: 30 * minute },
      quiet: { from: '22:00', to: '07:00', days: [1], timeZone: 'UTC' },
    });
    expect(filledIn(watchFormCard({ watch }, aReader()))).toEqual({
      filter: 'field.Site:Boise',
      bound: 'below',
      limits: '',
      below: '70',
      offline: 'false',
      after: '1h30m',
      remind: '15m',
      escalateTo: 'field.Manager',
      escalateAfter: '30m',
      quietFrom: '22:00',
      quietTo: '07:00',
    });
  });

  it('gives back verbatim what was typed', () => {
    const values = { after: 'soon ${x}', bound: 'none' };
    expect(filledIn(watchFormCard({ watch: aWatch(), values, problem: 'No.' }, aReader()))).toEqual(
      {
        ...empty,
        offline: 'true',
        ...values,
      },
    );
  });

  it('sends its inputs with Preview alone', () => {
    const rest = executes(watchFormCard({ watch: aWatch() }, aReader()).content).filter(
      ({ associatedInputs }) => associatedInputs !== 'none',
    );
    expect(titles(rest)).toEqual(['Preview']);
  });
});

describe('a watch that was made', () => {
  const backtest = { notifications: 3, problems: 4, agents: 2, open: 0 };
  const texts = (changes: Partial<Parameters<typeof watchMadeCard>[0]>): readonly string[] =>
    shownTexts(
      watchMadeCard(
        {
          watch: aWatch(),
          matching: 14,
          agents: [],
          backtest,
          changed: false,
          ...changes,
        },
        aReader(),
      ).content,
    );
  const quality = aWatch({ offline: false });

  it.each([
    [{ watch: quality }, 'it would have sent 3 notifications about 2 agents.'],
    [{}, 'about 2 agents, those about being offline not counted.'],
    [
      { watch: quality, backtest: { ...backtest, notifications: 1, agents: 1, open: 1 } },
      '1 notification about 1 agent. 1 problem of these would still be open.',
    ],
    [{ watch: quality, backtest: { ...backtest, notifications: 0 } }, 'sent no notification.'],
    [
      { backtest: { ...backtest, offline: { problems: 2, usual: 0 } } },
      'sent about 3 notifications about 2 agents. Found offline, by quarters of an hour and at any hour of the day: about 2 times.',
    ],
    [
      {
        backtest: {
          ...backtest,
          since: now - 30 * hour,
          offline: { problems: 0, usual: 0, since: now - hour },
        },
      },
      'when what is stored of them begins, it would have sent about 3',
    ],
    [
      { backtest: { ...backtest, offline: { problems: 0, usual: 0 } } },
      'By quarters of an hour, nobody was seen going offline.',
    ],
    [
      { backtest: { ...backtest, offline: { problems: 2, usual: 5 } } },
      'Found offline, by quarters of an hour: about 2 times. Not counted: about 5 times outside their usual hours.',
    ],
    [
      { backtest: { ...backtest, offline: { problems: 0, usual: 1 } } },
      'nobody was seen going offline in their usual hours. Not counted: about 1 time outside their usual hours.',
    ],
    [
      { watch: quality, backtest: { ...backtest, notifications: 0, unmeasured: true as const } },
      'There are no samples of these agents yet, so nobody knows',
    ],
    [
      {
        watch: aWatch({ quality: 'none' }),
        backtest: { ...backtest, offline: { problems: 4, usual: 0 } },
      },
      'In the last 7 days it would have sent about 3 notifications about 2 agents. Found offline',
    ],
  ])('%# says what it would have sent', (changes, sentence) => {
    expect(texts(changes).join('\n')).toContain(sentence);
  });

  it('claims nothing about offline, of which no samples tell', () => {
    expect(texts({ watch: aWatch({ quality: 'none' }) }).join('\n')).not.toContain('7 days');
  });
});

it('a list has a way to end a mute only for those who may', () => {
  const model = {
    watches: [],
    mutes: [{ agentId: '', agentName: '', until: now + hour }] as const,
    maintenance: [],
  };
  const verbs = (role: 'viewer' | 'operator'): readonly unknown[] =>
    executes(watchesCard(model, aReader({ role })).content).map(({ verb }) => verb);
  expect(verbs('operator')).toContain('mute.end');
  expect(verbs('viewer')).not.toContain('mute.end');
});

const by = { by: 'Alex Wilber', at: now };
const agent = { id: 'agent-lax-12', name: 'LAX-12' };

it.each([
  [{ ...by, what: 'muted', agent, until: now + hour }, 'LAX-12 is muted here until 13:41'],
  [{ ...by, what: 'muted', until: now + hour }, 'All agents are muted here until 13:41'],
  [{ ...by, what: 'unmuted', agent }, 'LAX-12 is no longer muted here'],
  [
    { ...by, what: 'maintenance', filter: '', from: now, until: now + hour, matching: 1 },
    'Maintenance of all agents from 12:41 to 13:41 · 1 agent now',
  ],
  [{ ...by, what: 'maintenance-ended', filter: 'oslo' }, 'Maintenance of oslo has ended'],
] as const)('a silence is notified in one line: %#', (model, line) => {
  expect(silenceCard(model, aReader()).summary).toBe(`${line} · by Alex Wilber at 12:41`);
});

it.each([
  [{ schedule: 'daily at 08:00' }, ['now', 'off']],
  [{ before: 'daily at 08:00' }, ['daily at 08:00']],
  [{}, []],
])('a digest that is set as %j can be taken back', (model, expected) => {
  const pressed = rootActions(digestSetCard({ ...model, ...by }, aReader()).content);
  expect(pressed.map(({ data }) => data)).toEqual(expected.map((when) => ({ when })));
});

describe('health', () => {
  const well = {
    api: { ok: true, lastGoodAt: now },
    poll: { lastAt: now },
    store: { ok: true },
    queue: { waiting: 0 },
    here: { sent: 0, failed: 0 },
  };

  it.each([
    [{}, 'All works'],
    [{ store: { ok: false } }, 'Trouble: Store'],
    [{ queue: { waiting: 3, oldestDueAt: now - 4 * minute } }, 'All works'],
    [{ queue: { waiting: 3, oldestDueAt: now - 5 * minute } }, 'Trouble: Queue'],
    [{ poll: { lastAt: now, blindSince: now } }, 'Trouble: Monitor'],
    [{ poll: {} }, 'Trouble: Monitor'],
    [
      { api: { ok: false }, here: { sent: 0, failed: 1, dead: 'blocked' } },
      'Trouble: PingPlotter, Here',
    ],
  ])('%j in one line', (changes, summary) => {
    expect(healthCard({ ...well, ...changes }, aReader()).summary).toBe(summary);
  });

  it('names other conversations to admins alone, the dead ones first', () => {
    const model = {
      ...well,
      conversations: [
        { label: 'Alive', kind: 'group', sent: 1, failed: 9, state: 'alive' },
        { label: 'Dead', kind: 'group', sent: 1, failed: 0, state: 'dead' },
      ],
    } as const;
    const named = (role: 'operator' | 'admin'): readonly string[] =>
      shownTexts(healthCard(model, aReader({ role })).content).filter((text) =>
        /^(Alive|Dead)$/.test(text),
      );
    expect(named('admin')).toEqual(['Dead', 'Alive']);
    expect(named('operator')).toEqual([]);
  });
});
