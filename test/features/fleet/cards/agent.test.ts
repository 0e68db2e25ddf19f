import { describe, expect, it } from 'vitest';
import { agentCard } from '../../../../src/features/fleet/cards/agent.ts';
import type { ConversationKind } from '../../../../src/platform/messenger.ts';
import type { Role } from '../../../../src/shared/role.ts';
import { aReader, aReading, aTarget, aView, hour, lax12, now } from '../../../cards/a-fleet.ts';
import { executes, rootActions, shownTexts, titles } from '../../../cards/nodes.ts';

const verbsShown = (role: Role, kind: ConversationKind): readonly string[] => [
  ...new Set(
    executes(agentCard({ view: lax12() }, aReader({ role, kind })).content).map(({ verb }) =>
      String(verb),
    ),
  ),
];

const reading = ['agent.show', 'agent.watch'];
const operating = [
  'agent.mute',
  'agent.pause',
  'agent.reconnect',
  'agent.rename',
  'agent.resume',
  'session.pause',
  'session.resume',
];

describe('buttons', () => {
  it.each([
    ['viewer', 'personal', reading],
    ['operator', 'personal', [...reading, ...operating]],
    ['admin', 'personal', [...reading, ...operating, 'agent.delete']],
    ['viewer', 'group', [...reading, ...operating, 'agent.delete']],
    ['viewer', 'channel', [...reading, ...operating, 'agent.delete']],
  ] as const)('a %s in a %s chat may press what it shows', (role, kind, verbs) => {
    expect([...verbsShown(role, kind)].sort()).toEqual([...verbs].sort());
  });

  it('shows five at the most side by side, with Back among them', () => {
    const { content } = agentCard(
      { view: lax12(), list: { filter: '', page: 1 } },
      aReader({ role: 'admin' }),
    );
    const overflow = rootActions(content).filter(({ mode }) => mode === 'secondary');
    expect(titles(overflow)).toEqual(['Resume all', 'Reconnect', 'Rename', 'Refresh', 'Delete']);
  });

  it('goes on naming the list that the agent was opened from', () => {
    const list = { filter: 'is:poor', page: 3 };
    const { content } = agentCard({ view: lax12(), list }, aReader({ role: 'admin' }));
    const unaware = executes(content).filter(
      ({ verb, data }) =>
        !['agents.page', 'agent.mute', 'agent.watch'].includes(String(verb)) &&
        !JSON.stringify(data).includes('is:poor'),
    );
    expect(unaware).toEqual([]);
  });

  it('names the target of a Pause for those who do not see the row', () => {
    const { content } = agentCard(
      { view: aView({ targets: [aTarget('crm', aReading('good', 96))] }) },
      aReader(),
    );
    expect(executes(content).map(({ tooltip }) => tooltip)).toContain('Pause crm');
  });

  it('puts the trend behind what is pressed more often', () => {
    const points = [now - hour, now].map((at) => ({ at, score: 50 }));
    const trend = [{ session: 'session-crm', name: 'crm', points }];
    const { content } = agentCard(
      { view: lax12(), list: { filter: '', page: 1 }, trend },
      aReader({ role: 'admin' }),
    );
    const isBehind = ({ mode }: { readonly mode?: unknown }): boolean => mode === 'secondary';
    const shown = rootActions(content);
    expect(titles(shown.filter((one) => !isBehind(one)))).toEqual([
      'Watch this',
      'Mute',
      'Pause all',
      'Details',
      'Back to list',
    ]);
    expect(titles(shown.filter(isBehind))).toEqual([
      ...['Trend', 'Resume all', 'Reconnect', 'Rename', 'Delete'],
    ]);
  });
});

describe('a pause with an end', () => {
  it.each([
    ['its own', [['session-router', now + hour]], 'resumes by itself at 13:41'],
    ['that of all', [['', now + 2 * hour]], 'resumes by itself at 14:41'],
    [
      'the earlier of both',
      [
        ['', now + 2 * hour],
        ['session-router', now + hour],
      ],
      'resumes by itself at 13:41',
    ],
  ] as const)('says %s', (_case, resumes, text) => {
    const { content } = agentCard({ view: lax12(), resumes: new Map(resumes) }, aReader());
    const said = shownTexts(content).filter((one) => one.includes('resumes by itself'));
    expect(said).toEqual([`paused by Alex Wilber at 11:20 · ${text}`]);
  });
});
