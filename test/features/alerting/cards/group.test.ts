import { describe, expect, it } from 'vitest';
import { groupCard, worstOfEach } from '../../../../src/features/alerting/cards/group.ts';
import type { GroupView } from '../../../../src/features/alerting/domain/alert-view.ts';
import type { CommonCause } from '../../../../src/features/diagnosis/domain/common-cause.ts';
import { aReader, minute, now } from '../../../cards/a-fleet.ts';
import { aMember, aSite, aWatch } from '../../../cards/a-problem.ts';
import { executes, rootActions, shownTexts, titles } from '../../../cards/nodes.ts';

const drawn = (model: Partial<GroupView> = {}) =>
  groupCard(
    {
      id: 'group-1',
      title: '13 agents at Boise are Poor or offline',
      members: aSite,
      total: 14,
      open: 13,
      since: now - 14 * minute,
      watches: [aWatch()],
      filter: 'field.Site:Boise',
      ...model,
    },
    aReader(),
  );

const opened = (model: Partial<GroupView>): readonly unknown[] =>
  executes(drawn(model).content)
    .filter(({ verb }) => verb === 'agent.show')
    .map(({ title }) => title);

describe('rows', () => {
  it('are the ten worst, and the rest is counted', () => {
    expect(opened({})).toHaveLength(10);
    expect(shownTexts(drawn().content)).toContain('and 4 more · 1 back so far');
  });

  it('name no numbers when all are shown and none is back', () => {
    const { content } = drawn({ members: [aMember(7), aMember(8)], total: 2, open: 2 });
    expect(shownTexts(content).filter((text) => /more|back/.test(text))).toEqual([]);
  });

  it('are one for each agent, with its worst target', () => {
    const members = [
      aMember(1, { agentId: 'a', state: 'fair', shown: { word: 'fair', score: 66 } }),
      aMember(2, { agentId: 'a', state: 'poor', shown: { word: 'poor', score: 20 } }),
      aMember(3, { agentId: 'b', state: 'over', shown: { word: 'good', score: 99 } }),
      aMember(4, { agentId: 'a', state: 'poor', shown: { word: 'poor', score: 12 } }),
    ];
    expect(worstOfEach(members).map(({ number }) => number)).toEqual([4, 3]);
  });

  it('give way to the names once all is over', () => {
    const model = { members: [aMember(7), aMember(8)], total: 2, open: 0 };
    expect(opened(model)).toEqual([]);
    expect(shownTexts(drawn(model).content)).toContain('BOI-Desk-07, BOI-Desk-08');
  });
});

describe('buttons', () => {
  it.each([
    ['open', {}, ['Acknowledge', 'All 14', 'Mute 1 h', 'Note', 'Change watch']],
    [
      'acknowledged',
      { ackedBy: { name: 'Alex Wilber', at: now } },
      ['Give back', 'All 14', 'Mute 1 h', 'Note', 'Change watch'],
    ],
    ['over', { open: 0 }, ['All 14']],
  ] satisfies readonly (readonly [string, Partial<GroupView>, readonly string[]])[])(
    'of a group that is %s',
    (_case, model, expected) => {
      expect(titles(rootActions(drawn(model).content))).toEqual(expected);
    },
  );

  it('mean the whole card', () => {
    const acts = executes(drawn().content).filter(({ verb }) => /^alert/.test(String(verb)));
    expect(acts.map(({ data }) => data)).toEqual(
      Array.from(acts, () => expect.objectContaining({ alert: 'group-1' })),
    );
  });
});

describe('what speaks for the cause', () => {
  const cause = (changes: Partial<CommonCause>): CommonCause => ({
    kind: 'field',
    name: 'Site',
    value: 'Boise',
    members: 14,
    of: 15,
    ...changes,
  });

  it.each([
    [cause({}), 'Likely the network at Boise: 14 of 15 agents there.'],
    [cause({ of: 14 }), 'Likely the network at Boise: all 14 agents there.'],
    [cause({ name: 'ISP' }), 'Likely ISP Boise: 14 of 15 agents that have it.'],
    [
      cause({ kind: 'gateway', name: '' }),
      'Likely the network behind Boise: 14 of 15 agents behind this gateway.',
    ],
    [cause({ kind: 'target', name: '' }), 'Likely Boise itself: 14 of 15 agents that trace it.'],
    [undefined, 'No clear cause'],
  ])('%j', (one, text) => {
    const { content } = drawn(one === undefined ? {} : { cause: one });
    expect(shownTexts(content).join(' ').replaceAll(/\s+/gu, ' ')).toContain(text);
  });
});

it('is known by the lowest of its numbers', () => {
  expect(shownTexts(drawn({ members: [aMember(9), aMember(7), aMember(8)] }).content)).toContain(
    '#7 · told here because Megan Bowen asked to hear of Poor or offline (watch 3)',
  );
});
