import { type ChangesModel, changesCard } from '../../src/features/alerting/cards/changes.ts';
import { testNoticeCard } from '../../src/features/alerting/cards/test.ts';
import type { InventoryChange } from '../../src/features/fleet/domain/inventory-changes.ts';
import type { Card, Reader } from '../../src/platform/messenger.ts';
import { aReader, hostile, minute, now } from './a-fleet.ts';
import { aWatch } from './a-problem.ts';

type Picture = readonly [name: string, card: Card];

const watch = aWatch({ about: 'changes', quality: 'none', offline: false, filter: 'boise' });

const changes = (
  list: readonly InventoryChange[],
  model: Partial<ChangesModel> = {},
  reader: Partial<Reader> = {},
): Card =>
  changesCard(
    { changes: list, more: 0, watches: [watch], at: now - minute, ...model },
    aReader({ role: 'admin', ...reader }),
  );

const one = (
  kind: InventoryChange['kind'],
  more: Partial<InventoryChange> = {},
): InventoryChange => ({ kind, agent: 'agent-kiosk', name: 'KIOSK-7', ...more });

const twin = one('same-machine', {
  name: 'LAX-12',
  distinction: 'b7c21f04',
  other: { agent: 'agent-lax-12', name: 'LAX-12', distinction: '10.4.0.12' },
});

const several: readonly InventoryChange[] = [
  one('waiting', { agent: 'agent-lobby', name: 'LOBBY-1' }),
  twin,
  one('deleted', { agent: 'agent-den-1', name: 'DEN-1' }),
  one('renamed', { agent: 'agent-boi-1', name: 'BOI-Reception', was: 'BOI-Desk-01' }),
  one('new'),
  one('back', { agent: 'agent-ber', name: 'BER-Office' }),
];

const many = Array.from({ length: 30 }, (_, index) =>
  one('new', { agent: `agent-${index}`, name: `KIOSK-${index}` }),
);

/** What a watch of changes tells, in every state. */
export const changesGallery: readonly Picture[] = [
  ['changes.new', changes([one('new')])],
  ['changes.waiting', changes([one('waiting')])],
  ['changes.waiting-viewer', changes([one('waiting')], {}, { role: 'viewer' })],
  ['changes.same-machine', changes([twin])],
  ['changes.deleted', changes([one('deleted')])],
  ['changes.renamed', changes([one('renamed', { was: 'KIOSK-6' })])],
  ['changes.back', changes([one('back')])],
  ['changes.several', changes(several)],
  ['changes.channel', changes(several, {}, { kind: 'channel', role: 'viewer' })],
  ['changes.many', changes(many, { more: 370 })],
  ['changes.watch-ended', changes([one('new')], { watches: [] })],
  ['changes.hostile', changes([one('renamed', { name: hostile, was: hostile }), twin])],
  ['changes.test', testNoticeCard({ watch, by: 'Alex Wilber' }, aReader())],
];
