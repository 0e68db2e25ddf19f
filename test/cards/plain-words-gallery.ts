import { plainWordsCard, understoodAs } from '../../src/chat/cards/plain-words.ts';
import { fieldsCard } from '../../src/features/fleet/cards/fields.ts';
import { watchedHereCard } from '../../src/features/watches/cards/watched-here.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { runCommand } from '../../src/ui/action.ts';
import { aReader, hostile, hour, now } from './a-fleet.ts';
import { aWatch } from './a-problem.ts';

const lead = 'Nothing is done before you press. This is the command for it:';
const agent = { agent: 'agent-lax-12' };
const pause = {
  title: 'Pause LAX-12 for 2h',
  press: { verb: 'agent.pause', data: { ...agent, for: '2h' } },
} as const;

export const plainWords: readonly (readonly [name: string, card: Card])[] = [
  [
    'plain-words.one',
    plainWordsCard(
      { title: 'Do you want this?', lead, commands: ['pause LAX-12 for 2h'], buttons: [pause] },
      aReader(),
    ),
  ],
  [
    'plain-words.several',
    plainWordsCard(
      {
        title: 'Which of these do you want?',
        lead,
        commands: ['pause LAX-12 for 2h', 'mute LAX-12 for 1h', 'resume DEN-01'],
        buttons: [
          pause,
          {
            title: 'Mute LAX-12 for 1h',
            press: { verb: 'agent.mute', data: { ...agent, for: '1h' } },
          },
          { title: 'Resume DEN-01', press: { verb: 'agent.resume', data: { agent: 'den-01' } } },
        ],
      },
      aReader(),
    ),
  ],
  [
    'plain-words.mute',
    plainWordsCard(
      {
        title: 'Do you want this?',
        lead,
        commands: ['maintenance boise from now to tomorrow 08:00'],
        notes: [
          'Mute boise here until tomorrow 08:00. In the last 7 days it would have hidden 3 alerts about 2 agents at these hours.',
        ],
        buttons: [
          {
            title: 'Mute boise here',
            press: { verb: 'maintenance.plan', data: { filter: 'boise', to: 'tomorrow 08:00' } },
          },
        ],
      },
      aReader(),
    ),
  ],
  [
    'plain-words.rename',
    plainWordsCard(
      {
        title: 'Do you want this?',
        lead,
        commands: ['rename LAX-12 to Front Desk'],
        buttons: [{ title: 'Rename LAX-12', press: { verb: 'agent.rename', data: agent } }],
        input: { id: 'name', label: 'New name', value: 'Front Desk' },
      },
      aReader(),
    ),
  ],
  [
    'plain-words.english',
    plainWordsCard(
      {
        title: 'I understand English',
        lead: 'Type an agent’s name, or a question such as:',
        commands: ['which agents are bad?', 'is lax-12 ok?'],
        buttons: [],
        more: [runCommand('Agents', 'agents'), runCommand('Help', 'help')],
      },
      aReader(),
    ),
  ],
  [
    'plain-words.hostile',
    plainWordsCard(
      {
        title: hostile,
        lead: hostile,
        commands: [hostile],
        notes: [hostile],
        buttons: [{ ...pause, title: hostile }],
      },
      aReader(),
    ),
  ],
  ['plain-words.understood', understoodAs(fieldsCard({ names: ['Site'] }, aReader()), 'fields')],
  [
    'watched-here.some',
    watchedHereCard(
      {
        watches: [1, 2, 3, 4, 5].map((number) => ({
          ...aWatch({ filter: `name:lax-${number}` }),
          id: `watch-${number}`,
          number,
        })),
      },
      aReader(),
    ),
  ],
  ['watched-here.none', watchedHereCard({ watches: [] }, aReader())],
  [
    'watched-here.muted',
    watchedHereCard({ watches: [aWatch()], allMutedUntil: now + hour }, aReader()),
  ],
  [
    'watched-here.viewer',
    watchedHereCard(
      { watches: [{ ...aWatch(), madeBy: hostile }] },
      aReader({ role: 'viewer', kind: 'channel' }),
    ),
  ],
];
