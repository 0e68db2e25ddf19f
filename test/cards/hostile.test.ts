import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { greetingCard } from '../../src/chat/cards/greeting.ts';
import { plainWordsCard, understoodAs } from '../../src/chat/cards/plain-words.ts';
import { interimCard } from '../../src/chat/cards/waiting.ts';
import { welcomeCard } from '../../src/chat/cards/welcome.ts';
import { whoamiCard } from '../../src/features/access/cards/whoami.ts';
import { changeLine } from '../../src/features/changes/cards/change-line.ts';
import { deleteCard } from '../../src/features/changes/cards/delete.ts';
import { removedCard } from '../../src/features/changes/cards/deleted.ts';
import { renameCard } from '../../src/features/changes/cards/rename.ts';
import { connectionCard } from '../../src/features/connection/cards/connection.ts';
import { agentCard } from '../../src/features/fleet/cards/agent.ts';
import { previewLine } from '../../src/features/fleet/cards/agent-line.ts';
import { fleetCard } from '../../src/features/fleet/cards/agent-list.ts';
import { fieldsCard } from '../../src/features/fleet/cards/fields.ts';
import { inventoryCard } from '../../src/features/fleet/cards/inventory.ts';
import { linkCard } from '../../src/features/fleet/cards/link.ts';
import { namedAgentsCard } from '../../src/features/fleet/cards/named-agents.ts';
import { countStatuses } from '../../src/features/fleet/domain/agent-view.ts';
import { refusal } from '../../src/platform/errors.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { errorCard } from '../../src/ui/error.ts';
import { whichCard } from '../../src/ui/which.ts';
import { anAgent, aReader, aReading, aTarget, aView, now } from './a-fleet.ts';
import { noticesWith } from './hostile-notices.ts';
import { executes, ofType, shownTexts } from './nodes.ts';

const reader = aReader({ role: 'admin' });
const marker = 'SECRETNAME';

/** Every card that shows text from outside, with that text in each place where some can stand. */
const cardsWith = (text: string): readonly Card[] => {
  const agent = {
    id: 'id',
    name: text,
    platform: text,
    machineName: text,
    address: text,
    notes: text,
    network: { name: text, type: text, gateway: text, address: text },
    expected: { id: 'web', name: text },
    customFields: [
      { name: 'Site', value: text },
      { name: text, value: text },
    ],
  };
  const view = aView({
    agent,
    targets: [{ ...aTarget(text, aReading('poor', 1)), sessionId: 's', address: text }],
    listed: 'not permitted',
    seen: [{ id: 'p', name: text, address: text, pausedBy: { name: text, at: now } }],
  });
  const by = { by: text, at: now };
  const points = [now - 1, now].map((at) => ({ at, score: 50 }));
  return [
    fleetCard(
      {
        agents: [view],
        counts: countStatuses([view]),
        matching: 1,
        page: 1,
        pages: 1,
        place: { filter: '', page: 1 },
        takenAt: now,
        skipped: 0,
      },
      reader,
    ),
    agentCard(
      {
        view,
        warning: text,
        change: { line: changeLine({ ...by, what: 'renamed', before: text, after: text }, reader) },
      },
      reader,
    ),
    agentCard(
      {
        view,
        change: {
          line: changeLine({ ...by, what: 'paused', sessions: [text], all: false }, reader),
        },
      },
      reader,
    ),
    connectionCard({ view, likely: text }, reader),
    linkCard({ url: 'https://share.pingplotter.cloud/1', view, session: 's' }, reader),
    namedAgentsCard({ agents: [view], at: now, isCut: true }, reader),
    deleteCard({ view, token: 't', expiresAt: now, problem: text }, reader),
    renameCard({ agentId: 'id', name: text, problem: text }, reader),
    removedCard({ ...by, name: text, uninstall: true }, reader),
    whichCard(
      {
        question: text,
        choices: [{ title: text, subtitle: text, verb: 'agent.show', data: { agent: 'id' } }],
        more: 1,
      },
      reader,
    ),
    errorCard({ error: refusal('bad-input', 'undo.of-somebody-else', { name: text }) }, reader),
    fieldsCard({ names: [text] }, reader),
    inventoryCard(
      { what: 'templates', agents: [anAgent(agent)], page: 1, pages: 1, total: 1 },
      reader,
    ),
    greetingCard(
      {
        understood: false,
        invited: [],
        said: text,
        commands: [],
        agents: [{ id: 'id', name: text }],
      },
      reader,
    ),
    plainWordsCard(
      {
        title: text,
        lead: text,
        commands: [text],
        buttons: [{ title: text, press: { verb: 'agent.pause', data: { agent: 'id' } } }],
        input: { id: 'name', label: 'New name', value: '' },
      },
      reader,
    ),
    understoodAs(fieldsCard({ names: [] }, reader), text),
    interimCard({ what: text }, reader),
    welcomeCard({ kind: 'channel', invited: [], addedBy: text }, reader),
    whoamiCard({ name: text, id: text, tenantId: text, role: 'viewer', guest: false }, reader),
    agentCard({ view, trend: [{ session: 's', name: text, points }] }, reader),
    ...noticesWith(text, view),
  ];
};

const pieces = [
  ...[
    '[a](https://evil.example)',
    '<at>All</at>',
    '<b>',
    '{{DATE(2026-01-01T00:00:00Z)}}',
    '{{',
    '}}',
    '{',
  ],
  ...[
    '${name}',
    '$',
    '**b**',
    '_',
    '`c`',
    '\\',
    '# h',
    '- l',
    '1. x',
    '\n',
    '\u202E',
    '&lt;at&gt;',
    '](',
    'x ',
  ],
];

const attack = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
  .map((some) => some.join(''));

const parser = new MarkdownIt({ html: true });
const live = /_open$|link|image|html|code|heading|hr$|break$/;

const markup = (text: string): readonly string[] =>
  parser
    .parse(text, {})
    .flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)])
    .filter((type) => live.test(type) && type !== 'paragraph_open');

it('no text from outside ever works as markup, mention or expression', () => {
  fc.assert(
    fc.property(attack, (text) => {
      for (const { content, summary } of cardsWith(text)) {
        const shown = [summary, ...shownTexts(content)];
        expect(shown.filter((one) => /\{\{|\$\{|<\/?at|\u202E|\n/.test(one))).toEqual([]);
        const marked = [
          ...ofType(content, 'TextBlock').map((block) => String(block['text'])),
          ...ofType(content, 'FactSet').flatMap((facts) => shownTexts(facts['facts'])),
        ];
        expect(marked.flatMap(markup)).toEqual([]);
      }
    }),
    // Each piece by itself, then some together.
    { examples: pieces.map((piece) => [piece]), numRuns: 55 },
  );
});

it('no name stands in the data of a button', () => {
  for (const { content } of cardsWith(marker))
    for (const { data } of executes(content)) expect(JSON.stringify(data)).not.toContain(marker);
});

it('search results are plain text too', () => {
  const text = '<at>All</at> {{DATE(2026-01-01T00:00:00Z)}}';
  const { title, subtitle } = previewLine(
    aView({ agent: { name: text }, targets: [aTarget(text, aReading('poor', 1))] }),
    reader,
  );
  expect(`${title} ${subtitle}`).not.toMatch(/<at|\{\{/);
});
