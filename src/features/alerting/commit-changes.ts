import type { AgentId } from '../../platform/agent.ts';
import { optional } from '../../shared/optional.ts';
import { type AgentView, viewAgent } from '../fleet/domain/agent-view.ts';
import type { InventoryChange } from '../fleet/domain/inventory-changes.ts';
import { formerAgent, type KnownAgents } from '../fleet/domain/known-agent.ts';
import type { AgentObservation } from '../fleet/domain/observation.ts';
import type { SeenSession } from '../fleet/store.ts';
import { readWatch } from '../watches/domain/watch.ts';
import type { StoredWatch } from '../watches/store.ts';
import { type HeldChanges, heldDocument } from './domain/held-changes.ts';
import { matchChanges } from './domain/match-changes.ts';
import { planChanges } from './domain/plan-changes.ts';
import type { AlertingCollections } from './ports.ts';
import { readSilences } from './suppression.ts';

interface Ports {
  readonly account: string;
  readonly newId: () => string;
}

export interface ChangeFindings {
  readonly changes: readonly InventoryChange[];
  /** What silences have held back so far. */
  readonly held: HeldChanges;
  /** As of now. */
  readonly known: Pick<KnownAgents, 'get'>;
  /** The agents as they were seen last; of one that comes twice the last counts. */
  readonly observations: () => Iterable<AgentObservation>;
  readonly sessions: ReadonlyMap<AgentId, readonly SeenSession[]>;
  readonly now: number;
}

/** Stores who is to hear of changes of the fleet, in the transaction of the poll; gives what is held back now. */
export const commitChanges = async (
  { account, newId }: Ports,
  tx: AlertingCollections,
  stored: readonly StoredWatch[],
  findings: ChangeFindings,
): Promise<HeldChanges> => {
  const { changes, held, known, now } = findings;
  if (changes.length === 0 && Object.keys(held).length === 0) return held;
  const watches = stored
    .flatMap((one) => readWatch(one) ?? [])
    .filter(({ rule }) => rule.about !== undefined);
  const viewOf = viewFinder(findings);
  const planned = await planChanges({
    account,
    watches,
    fresh: await matchChanges(watches, changes, viewOf),
    held,
    known,
    viewOf,
    silences: await readSilences(tx, account, now),
    newId,
    now,
  });
  await tx.outbox.enqueue(planned.drafts);
  await tx.suppressions.note(planned.suppressed);
  if (JSON.stringify(planned.held) === JSON.stringify(held)) return held;
  await tx.documents.write(account, heldDocument, planned.held);
  return planned.held;
};

/** An agent that is gone is shown by what was known of it. */
const viewFinder = ({
  observations,
  known,
  sessions,
  now,
}: ChangeFindings): ((change: InventoryChange) => AgentView | undefined) => {
  let byId: ReadonlyMap<AgentId, AgentObservation> | undefined;
  return ({ agent: id }) => {
    byId ??= new Map([...observations()].map((one) => [one.facts.agent.id, one]));
    const observation = byId.get(id);
    if (observation !== undefined) return observation.view;
    const former = known.get(id);
    if (former === undefined) return undefined;
    const facts = {
      agent: formerAgent(former),
      status: undefined,
      definitions: new Map<string, string>(),
      ...optional('seen', sessions.get(id)),
    };
    return viewAgent(facts, now, 0);
  };
};
