import { inSlices, otherTurns } from '../../../platform/slices.ts';
import { groupBy } from '../../../shared/grouped.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { matches, parseFilter, stablePart } from '../../fleet/domain/filter.ts';
import type { AgentTest } from '../../fleet/domain/filter-conditions.ts';
import type { InventoryChange } from '../../fleet/domain/inventory-changes.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { MatchedChange } from './held-changes.ts';

/** For each conversation, the changes that its watches ask for. Each filter runs once, whoever uses it. */
export const matchChanges = async (
  watches: readonly Watch[],
  changes: readonly InventoryChange[],
  viewOf: (change: InventoryChange) => AgentView | undefined,
): Promise<ReadonlyMap<string, readonly MatchedChange[]>> => {
  const found = new Map<string, Map<InventoryChange, string[]>>();
  if (changes.length === 0) return new Map();
  for (const [filter, same] of groupBy(watches, ({ rule }) => rule.filter)) {
    const isAsked = changeTest(filter);
    if (isAsked === undefined) continue;
    const asked: InventoryChange[] = [];
    await inSlices(changes, (change) => {
      const view = viewOf(change);
      if (view !== undefined && isAsked(change, view)) asked.push(change);
    });
    for (const { id, conversationKey } of same) {
      const here = found.get(conversationKey) ?? new Map<InventoryChange, string[]>();
      found.set(conversationKey, here);
      await inSlices(asked, (change) => {
        here.set(change, [...(here.get(change) ?? []), id]);
      });
    }
  }
  const matched = new Map<string, readonly MatchedChange[]>();
  for (const [key, here] of found) {
    await otherTurns();
    matched.set(
      key,
      [...here].map(([change, watchIds]) => ({ change, watchIds })),
    );
  }
  return matched;
};

type ChangeTest = (change: InventoryChange, view: AgentView) => boolean;

/** Undefined for a filter that cannot be read: it must not hide the others. */
const changeTest = (text: string): ChangeTest | undefined => {
  try {
    const filter = parseFilter(text, 'stored');
    const whole = matches(filter);
    const stable = matches(stablePart(filter));
    return (change, view) => passes(change, view, change.kind === 'deleted' ? stable : whole);
  } catch {
    return undefined;
  }
};

/** An agent that is renamed out of a filter was still one of those that it asks for. */
const passes = ({ was }: InventoryChange, view: AgentView, test: AgentTest): boolean =>
  test(view) || (was !== undefined && test({ ...view, agent: { ...view.agent, name: was } }));
