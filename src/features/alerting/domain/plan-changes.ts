import type { OutboxDraft } from '../../../platform/outbox.ts';
import { otherTurns } from '../../../platform/slices.ts';
import { groupBy } from '../../../shared/grouped.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { type InventoryChange, inventoryKinds } from '../../fleet/domain/inventory-changes.ts';
import type { KnownAgents } from '../../fleet/domain/known-agent.ts';
import type { Silence } from '../../silence/domain/silence.ts';
import type { SuppressedMessage } from '../../silence/domain/suppressed.ts';
import type { Watch } from '../../watches/domain/watch.ts';
import type { Silences } from './alert-changes.ts';
import {
  type HeldChanges,
  type HeldHere,
  holdBack,
  joined,
  type MatchedChange,
} from './held-changes.ts';

export interface ChangesFacts {
  readonly account: string;
  /** Those of changes. */
  readonly watches: readonly Watch[];
  /** By conversation key. */
  readonly fresh: ReadonlyMap<string, readonly MatchedChange[]>;
  readonly held: HeldChanges;
  /** As of now. */
  readonly known: Pick<KnownAgents, 'get'>;
  readonly viewOf: (change: InventoryChange) => AgentView | undefined;
  readonly silences: Silences;
  readonly newId: () => string;
  readonly now: number;
}

export interface PlannedChanges {
  readonly drafts: readonly OutboxDraft[];
  readonly held: HeldChanges;
  /** At most one for each conversation: what came at once would have shared a message. */
  readonly suppressed: readonly SuppressedMessage[];
}

/** One message for each conversation with something to say; what a silence covers waits for its end. */
export const planChanges = async (facts: ChangesFacts): Promise<PlannedChanges> => {
  const watchesOf = groupBy(facts.watches, ({ conversationKey }) => conversationKey);
  const drafts: OutboxDraft[] = [];
  const held: [string, HeldHere][] = [];
  const suppressed: SuppressedMessage[] = [];
  for (const key of new Set([...Object.keys(facts.held), ...facts.fresh.keys()])) {
    // A whole fleet may change at once; one conversation keeps nobody waiting for long.
    await otherTurns();
    const here = planHere(facts, key, watchesOf.get(key) ?? []);
    if (here.draft !== undefined) drafts.push(here.draft);
    if (here.held !== undefined) held.push([key, here.held]);
    if (here.suppressed !== undefined) suppressed.push(here.suppressed);
  }
  return { drafts, held: Object.fromEntries(held), suppressed };
};

const planHere = (
  facts: ChangesFacts,
  conversationKey: string,
  watches: readonly Watch[],
): {
  readonly draft?: OutboxDraft;
  readonly held?: HeldHere | undefined;
  readonly suppressed?: SuppressedMessage | undefined;
} => {
  const { account, known, now, newId } = facts;
  const before = Object.hasOwn(facts.held, conversationKey)
    ? facts.held[conversationKey]
    : undefined;
  const fresh = facts.fresh.get(conversationKey) ?? [];
  const byId = new Map(watches.map((watch) => [watch.id, watch]));
  const said: MatchedChange[] = [];
  const silent: MatchedChange[] = [];
  let until = Number.POSITIVE_INFINITY;
  let suppressed: SuppressedMessage | undefined;
  const isFresh = new Set(fresh.map(({ change }) => change.agent));
  for (const { change, watchIds } of joined(before?.changes ?? [], fresh, known)) {
    const asking = watchIds.flatMap((id) => byId.get(id) ?? []);
    const silence = silenceOf(change, asking, facts);
    const matched = { change, watchIds: asking.map(({ id }) => id) };
    if (asking.length === 0) continue;
    if (silence === undefined) said.push(matched);
    else {
      silent.push(matched);
      until = Math.min(until, silence.until);
      if (isFresh.has(change.agent))
        suppressed ??= messageOf(change, account, conversationKey, silence.why, now);
    }
  }
  const more = watches.length === 0 ? 0 : (before?.more ?? 0);
  if (said.length === 0)
    return silent.length === 0
      ? {}
      : { held: holdBack(byImportance(silent), more, until), suppressed };
  return {
    // What was too much to be listed is counted with what is said first.
    held: holdBack(byImportance(silent), 0, until),
    draft: {
      account,
      conversationKey,
      card: newId(),
      kind: 'post',
      payload: payloadOf(byImportance(said), more, now),
      dueAt: now,
    },
  };
};

/** Only if every watch that asks is silent; the one that ends first. */
const silenceOf = (
  change: InventoryChange,
  watches: readonly Watch[],
  { silences, viewOf }: ChangesFacts,
): Silence | undefined => {
  const view = viewOf(change);
  if (view === undefined) return undefined;
  const found = watches.map((watch) => silences.of(watch, view));
  const active = found.filter((silence) => silence !== undefined);
  if (active.length < found.length) return undefined;
  return active.toSorted((a, b) => a.until - b.until)[0];
};

const messageOf = (
  { agent: agentId, name: agentName }: InventoryChange,
  account: string,
  conversationKey: string,
  why: SuppressedMessage['why'],
  at: number,
): SuppressedMessage => ({
  account,
  conversationKey,
  agentId,
  agentName,
  what: 'changes',
  why,
  at,
});

const byImportance = (changes: readonly MatchedChange[]): readonly MatchedChange[] =>
  changes.toSorted(
    (a, b) => inventoryKinds.indexOf(a.change.kind) - inventoryKinds.indexOf(b.change.kind),
  );

/** More than the card lists: some of it may not be so any more when it is sent. */
const mostNamed = 30;

const payloadOf = (said: readonly MatchedChange[], more: number, at: number) => {
  const named = said.slice(0, mostNamed).map(({ change }) => change);
  const rest = said.slice(mostNamed);
  const watchIds = [...new Set(said.flatMap((one) => one.watchIds))];
  return { kind: 'changes' as const, changes: named, more: more + rest.length, watchIds, at };
};
