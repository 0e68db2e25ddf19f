import { describe, expect, it } from 'vitest';
import { alertCard } from '../../../../src/features/alerting/cards/alert.ts';
import type { AlertView } from '../../../../src/features/alerting/domain/alert-view.ts';
import type { ConversationKind, Reader } from '../../../../src/platform/messenger.ts';
import type { Role } from '../../../../src/shared/role.ts';
import { aReader, hour, minute, now } from '../../../cards/a-fleet.ts';
import { anOfflineAgent, aPoorTarget, aWatch } from '../../../cards/a-problem.ts';
import { ofType, rootActions, shownTexts, titles } from '../../../cards/nodes.ts';
import type { OneProblem } from '../one-problem.ts';

const drawn = (model: Partial<AlertView> = {}, reader: Partial<Reader> = {}) =>
  alertCard(
    {
      id: 'alert-7',
      number: 7,
      agentId: 'agent-lax-12',
      detail: aPoorTarget(),
      notes: [],
      watches: [aWatch()],
      ...model,
    },
    aReader(reader),
  );

const buttons = (model: Partial<AlertView>, reader: Partial<Reader> = {}): readonly unknown[] =>
  titles(rootActions(drawn(model, reader).content));

const reading = ['Open', 'Change watch'];
const operating = ['Acknowledge', 'Open', 'Mute 1 h', 'Note', 'Change watch'];

describe('buttons', () => {
  it.each([
    ['viewer', 'personal', reading],
    ['operator', 'personal', operating],
    ['admin', 'personal', operating],
    ['viewer', 'group', operating],
    ['viewer', 'channel', operating],
  ] satisfies readonly (readonly [Role, ConversationKind, readonly string[]])[])(
    'a %s in a %s chat gets what makes sense',
    (role, kind, expected) => {
      expect(buttons({}, { role, kind })).toEqual(expected);
    },
  );

  const acked = { ackedBy: { name: 'Alex Wilber', at: now - 10 * minute } };

  it.each([
    ['acknowledged', acked, ['Give back', 'Open', 'Mute 1 h', 'Note', 'Change watch']],
    [
      'muted',
      { mutedUntil: now + hour },
      ['Acknowledge', 'Open', 'Unmute', 'Note', 'Change watch'],
    ],
    ['a mute that is over', { mutedUntil: now - hour }, operating],
    ['unsteady', { detail: aPoorTarget({ state: 'unsteady' }) }, operating],
    ['over', { detail: aPoorTarget({ state: 'over' }) }, ['Open', 'Right', 'Wrong']],
    ['a deleted agent', { detail: aPoorTarget({ state: 'gone' }) }, ['Right', 'Wrong']],
    ['a closed target', { detail: aPoorTarget({ state: 'closed' }) }, ['Open', 'Right', 'Wrong']],
  ] satisfies readonly (readonly [string, Partial<AlertView>, readonly string[]])[])(
    '%s offers no more than what is left to do',
    (_case, model, expected) => {
      expect(buttons(model)).toEqual(expected);
    },
  );

  it('asks the newest state when it is opened', () => {
    expect(drawn().content['refresh']).toMatchObject({
      action: { verb: 'alert.show', data: { alert: 'alert-7' } },
    });
  });
});

describe('words', () => {
  const recovered: Partial<OneProblem> = { state: 'over', shown: { word: 'good', score: 91 } };

  it.each([
    [aPoorTarget(), 'LAX-12 → crm is Poor', 'Poor 41 · LAX-12 → crm · 14 min'],
    [
      aPoorTarget({ state: 'unsteady' }),
      'LAX-12 → crm is unsteady',
      'Unsteady · LAX-12 → crm · 14 min',
    ],
    [
      aPoorTarget({ ...recovered, at: now - 4 * minute }),
      'LAX-12 → crm is fine again',
      'Fine again · LAX-12 → crm · after 10 min',
    ],
    [aPoorTarget({ state: 'gone' }), 'LAX-12 is deleted', 'Deleted · LAX-12'],
    [aPoorTarget({ state: 'closed' }), 'LAX-12 → crm is closed', 'Closed · LAX-12 → crm'],
    [anOfflineAgent(), 'BER-Office is offline', 'Offline · BER-Office · 2 min'],
    [
      anOfflineAgent({ state: 'unsteady' }),
      'BER-Office comes and goes',
      'Unsteady · BER-Office · 2 min',
    ],
    [
      anOfflineAgent({ state: 'over', shown: { word: 'online' } }),
      'BER-Office is back online',
      'Back online · BER-Office · after 2 min',
    ],
  ])('%# is notified in a title and a toast', (detail, title, toast) => {
    const { content, summary } = drawn({ detail });
    expect(ofType(content, 'TextBlock')[0]).toMatchObject({ text: title });
    expect(summary).toBe(toast);
  });

  it.each([
    [{ word: 'fair', score: 67 }, { word: 'fair' }, 'Fair'],
    [{ word: 'good', score: 76 }, { below: 80 }, 'below 80'],
    [{ word: 'fair', score: 67 }, { below: 80 }, 'below 80'],
    [{ word: 'poor', score: 41 }, { below: 80 }, 'Poor'],
    [{ word: 'unknown' }, 'none', 'not fine'],
  ] as const)('%j by the bound %j is %s', (shown, quality, word) => {
    const { content } = drawn({ detail: aPoorTarget({ shown }), watches: [aWatch({ quality })] });
    expect(ofType(content, 'TextBlock')[0]).toMatchObject({ text: `LAX-12 → crm is ${word}` });
  });

  it('says why this conversation hears of it, and what to type', () => {
    expect(shownTexts(drawn().content)).toContain(
      '#7 · told here because Megan Bowen asked to hear of Poor or offline (watch 3) · measured for Web/Email',
    );
  });

  it('says when it was bad, and how bad, after it is over', () => {
    const detail = aPoorTarget({ ...recovered, was: { word: 'poor', score: 41 } });
    expect(shownTexts(drawn({ detail }).content)).toContain(
      'was Poor 41 for 14 min, until 12:41 · Los Angeles · Wi-Fi 38 %',
    );
  });

  it('does not guess at a cause that it has no words for', () => {
    const detail = aPoorTarget({ diagnosis: { likely: 'sunspots', because: ['the sun is high'] } });
    expect(JSON.stringify(drawn({ detail }).content)).not.toContain('Likely');
  });
});
