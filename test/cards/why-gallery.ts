import { diagnosisRuns } from '../../src/features/diagnosis/cards/likely.ts';
import { whyCard } from '../../src/features/diagnosis/cards/why.ts';
import { diagnosedFrom } from '../../src/features/diagnosis/domain/diagnose-problem.ts';
import type { DiagnosisFacts } from '../../src/features/diagnosis/domain/facts.ts';
import type { Explanation } from '../../src/features/diagnosis/explain.ts';
import { agentCard } from '../../src/features/fleet/cards/agent.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { aReader, aReading, aTarget, aView, hostile, minute, now } from './a-fleet.ts';

const view = aView({
  targets: [
    aTarget('crm', aReading('poor', 41)),
    aTarget('mail', aReading('poor', 48)),
    aTarget('wiki', aReading('good', 95)),
  ],
});
const [crm, mail] = view.sessions;

const facts: DiagnosisFacts = {
  target: 'crm',
  near: { name: 'Router', reach: 'badly' },
  otherTargets: { well: 0, badly: 2 },
  wifi: true,
  signalPercent: 38,
  noisePercent: 61,
  vpn: false,
  changed: 'to-wifi',
  tracing: { well: 38, badly: 1 },
  besides: { well: 110, badly: 4 },
  neighbours: { well: 11, badly: 1 },
  circles: [
    {
      trait: { kind: 'field', name: 'Site', value: 'Los Angeles' },
      inside: { well: 11, badly: 1 },
      outside: { well: 27, badly: 0 },
      near: { inside: { well: 12, badly: 0 }, outside: { well: 20, badly: 0 } },
    },
  ],
};

const why = (changes: Partial<Explanation> & { readonly facts?: DiagnosisFacts } = {}): Card =>
  whyCard(
    {
      view,
      state: 'bad',
      ...(crm === undefined ? {} : { session: crm }),
      ...(changes.facts === undefined
        ? {}
        : { diagnosed: diagnosedFrom(changes.facts, new Set()) }),
      ...changes,
    },
    aReader(),
  );

const { target: _crm, near: _router, ...absence } = facts;
const offline = aView({ agent: { online: false, lastSeen: now - 12 * minute } });
const healthy = aView({ targets: [aTarget('crm', aReading('good', 95))] });
const hostileFacts: DiagnosisFacts = {
  ...facts,
  target: hostile,
  near: { name: hostile, reach: 'badly' },
  circles: facts.circles.map((circle) => ({
    ...circle,
    trait: { kind: 'prefix', name: hostile, value: hostile },
  })),
};

export const whyGallery: readonly (readonly [name: string, card: Card])[] = [
  ['why.likely', why({ facts })],
  [
    'why.no-clear-cause',
    why({ facts: { ...facts, near: { name: 'Router', reach: 'well' }, circles: [] } }),
  ],
  ['why.nobody-to-compare', why({ facts: { ...facts, circles: [] }, isAlone: true })],
  [
    'why.offline',
    whyCard(
      {
        view: offline,
        state: 'offline',
        facts: absence,
        diagnosed: diagnosedFrom(absence, new Set()),
      },
      aReader(),
    ),
  ],
  [
    'why.healthy',
    whyCard(
      {
        view: healthy,
        state: 'healthy',
        ...(healthy.sessions[0] === undefined ? {} : { session: healthy.sessions[0] }),
      },
      aReader(),
    ),
  ],
  [
    'why.other-target-bad',
    why({ state: 'healthy', ...(mail === undefined ? {} : { session: mail }) }),
  ],
  ['why.paused', why({ state: 'paused' })],
  ['why.unmeasured', why({ state: 'unmeasured' })],
  [
    'why.scores-unread',
    why({ state: 'unmeasured', view: { ...view, unread: { scores: 'unavailable' } } }),
  ],
  ['why.no-targets', whyCard({ view: aView({}), state: 'unmeasured' }, aReader())],
  ['why.never', whyCard({ view: aView({}), state: 'never' }, aReader())],
  ['why.template', whyCard({ view: aView({}), state: 'template' }, aReader())],
  [
    'why.hostile',
    why({ facts: hostileFacts, view: aView({ agent: { name: hostile }, targets: [] }) }),
  ],
  [
    'agent.likely',
    agentCard({ view, likely: diagnosisRuns(diagnosedFrom(facts, new Set()), crm) }, aReader()),
  ],
];
