import { connectionCard } from '../../src/features/connection/cards/connection.ts';
import { fitGuessCard } from '../../src/features/connection/cards/fit-guess.ts';
import { notOne, notSetUp } from '../../src/features/connection/show-connection.ts';
import type { Card } from '../../src/platform/messenger.ts';
import {
  anAgent,
  aReader,
  aReading,
  aTarget,
  aView,
  hostile,
  hour,
  lax12,
  now,
} from './a-fleet.ts';

const reader = aReader({ role: 'none' });
const good = aView({ targets: [aTarget('crm', aReading('good', 93))] });
const fair = aView({ targets: [aTarget('crm', aReading('fair', 64))] });
const offline = aView({ agent: anAgent({ name: hostile, online: false, lastSeen: now - hour }) });

/** A person's own connection, in plain words. */
export const connectionGallery: readonly (readonly [name: string, card: Card])[] = [
  ['connection.good', connectionCard({ view: good }, reader)],
  ...['wifi', 'machine', 'vpn', 'site', 'service', 'none'].map(
    (likely) =>
      [`connection.poor-${likely}`, connectionCard({ view: lax12(), likely }, reader)] as const,
  ),
  ['connection.fair', connectionCard({ view: fair, likely: 'wifi' }, reader)],
  ['connection.offline', connectionCard({ view: offline }, reader)],
  ['connection.unknown', connectionCard({ view: aView({}) }, reader)],
  [
    'connection.news-unfit',
    connectionCard({ view: lax12(), likely: 'wifi', news: 'unfit', notifies: true }, reader),
  ],
  ['connection.news-fine', connectionCard({ view: good, news: 'fine', notifies: true }, reader)],
  ...(['fit', 'mixed', 'unfit', 'unknown'] as const).map(
    (word) =>
      [
        `connection.${word}-at`,
        fitGuessCard(
          {
            agent: { id: 'agent-lax-12', name: word === 'mixed' ? hostile : 'LAX-12' },
            guess: { word, days: word === 'unknown' ? 2 : 18, fit: 12, stuttered: 3 },
            hour: now + hour,
            weekend: word === 'unknown',
          },
          reader,
        ),
      ] as const,
  ),
  ['connection.not-set-up', notSetUp()],
  ['connection.none', notOne({ own: [], shared: 0 }, { reader })],
  ['connection.shared', notOne({ own: [], shared: 1 }, { reader })],
  ['connection.several', notOne({ own: [lax12(), good], shared: 2 }, { reader })],
];
