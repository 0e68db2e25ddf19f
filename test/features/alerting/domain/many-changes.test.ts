import { expect, it } from 'vitest';
import { matchChanges } from '../../../../src/features/alerting/domain/match-changes.ts';
import { planChanges } from '../../../../src/features/alerting/domain/plan-changes.ts';
import type { InventoryChange } from '../../../../src/features/fleet/domain/inventory-changes.ts';
import type { Watch } from '../../../../src/features/watches/domain/watch.ts';
import { aView } from '../../fleet/an-agent.ts';

const agents = 2000;
const conversations = 40;

it('a fleet that changes as a whole is matched once a filter, and keeps nobody waiting for more than one conversation', async () => {
  const changes = Array.from(
    { length: agents },
    (_, index): InventoryChange => ({ kind: 'new', agent: `a-${index}`, name: `BOX-${index}` }),
  );
  const watches = Array.from(
    { length: conversations },
    (_, index): Watch =>
      ({
        account: 'default',
        conversationKey: `chat-${index}`,
        id: `watch-${index}`,
        number: 1,
        madeBy: { id: 'ada', name: 'Ada' },
        rule: { filter: index % 2 === 0 ? 'box' : '', about: 'changes' },
      }) as unknown as Watch,
  );
  let asked = 0;
  const views = new Map(changes.map(({ agent: id, name }) => [id, aView({ agent: { id, name } })]));
  const viewOf = ({ agent }: InventoryChange) => {
    asked += 1;
    return views.get(agent);
  };
  let [seen, most, over] = [0, 0, false];
  const turn = (): void => {
    most = Math.max(most, asked - seen);
    seen = asked;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  const fresh = await matchChanges(watches, changes, viewOf);
  // Two filters, whoever uses them.
  expect(asked).toBe(2 * agents);
  expect([...fresh.values()].map((all) => all.length)).toEqual(
    Array.from({ length: conversations }, () => agents),
  );
  const { drafts } = await planChanges({
    account: 'default',
    watches,
    fresh,
    held: {},
    known: { get: () => undefined },
    viewOf,
    silences: { of: () => undefined } as never,
    newId: () => 'id',
    now: 0,
  });
  over = true;
  expect(drafts).toHaveLength(conversations);
  expect(asked).toBe((2 + conversations) * agents);
  expect(most).toBeLessThanOrEqual(agents);
  // A message names some, and counts the others.
  for (const { payload } of drafts) expect(JSON.stringify(payload).length).toBeLessThan(5000);
});
