import type { Reply, Scope, Turn } from '../../chat/turn.ts';
import type { AgentId, SessionId } from '../../platform/agent.ts';
import type { Card } from '../../platform/messenger.ts';
import { normalizeId } from '../../shared/names.ts';
import { optional } from '../../shared/optional.ts';
import { runCommand } from '../../ui/action.ts';
import { statement } from '../../ui/plain-cards.ts';
import { counted } from '../../ui/rich-text.ts';
import { whichCard } from '../../ui/which.ts';
import { diagnoseProblem } from '../diagnosis/domain/diagnose-problem.ts';
import { isFresh } from '../fleet/cards/agent-line.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { connectionCard } from './cards/connection.ts';
import { type Owned, onlyOwn } from './domain/owner.ts';
import { type OwnAgentPorts, type Owner, ownedNow, ownerWho, readOwn } from './own-agent.ts';
import type { NotifyWishes } from './store.ts';

export interface ShowPorts extends OwnAgentPorts {
  readonly store: { readonly notifyWishes: Pick<NotifyWishes, 'find'> };
}

/** The answer to `my connection`. Rejects as ownerWho and readOwn. */
export const showConnection =
  (ports: ShowPorts) =>
  async (turn: Turn): Promise<Reply> => {
    const { ownerField: field } = ports;
    if (field === undefined) return forAsker(turn, notSetUp());
    const { account } = turn.scope;
    const owner = await ownerWho(ports)(turn.scope);
    const owned = await ownedNow(ports)(account, owner, field);
    const mine = onlyOwn(owned);
    if (mine === undefined) return forAsker(turn, notOne(owned, turn));
    const view = await readOwn(ports)(account, mine.agent.id, owner, field, turn.signal);
    return forAsker(turn, await cardOf(ports, turn, owner, view));
  };

/** The same of an agent that a button names, once the person is seen to own it. */
export const showOwnAgent =
  (ports: ShowPorts) =>
  async (turn: Turn, agent: AgentId): Promise<Reply> => {
    const { ownerField: field } = ports;
    if (field === undefined) return forAsker(turn, notSetUp());
    const owner = await ownerWho(ports)(turn.scope);
    const view = await readOwn(ports)(turn.scope.account, agent, owner, field, turn.signal);
    return forAsker(turn, await cardOf(ports, turn, owner, view));
  };

/** In their own 1:1 chat people are answered openly; elsewhere to them alone, or not at all. */
export const forAsker = ({ scope }: { readonly scope: Scope }, card: Card): Reply =>
  scope.address.kind === 'personal'
    ? { kind: 'card', card }
    : { kind: 'card', card, private: true, openly: onlyInPrivate() };

const cardOf = async (
  ports: ShowPorts,
  { scope, reader }: Turn,
  { objectId }: Owner,
  view: AgentView,
): Promise<Card> => {
  const { account, address } = scope;
  const key = { tenantId: normalizeId(address.tenantId), personId: normalizeId(objectId) };
  // A store that is down hides no connection.
  const wish = await ports.store.notifyWishes.find({ account, ...key }).catch(() => undefined);
  const likely = await likelyOf(ports, account, view);
  return connectionCard(
    { view, notifies: wish !== undefined, ...optional('likely', likely) },
    reader,
  );
};

/** The word of the diagnosis of the worst target, or of being offline. */
export const likelyOf = async (
  { comparisons }: Pick<OwnAgentPorts, 'comparisons'>,
  account: string,
  view: AgentView,
): Promise<string | undefined> => {
  const worst: SessionId = view.agent.online ? (view.sessions.find(isFresh)?.id ?? '') : '';
  if (view.statusWord !== 'poor' && view.statusWord !== 'fair') return undefined;
  const comparison = await comparisons.of(account);
  return comparison && diagnoseProblem(view, worst, comparison).diagnosis?.likely;
};

export const notSetUp = (): Card =>
  statement(
    {
      title: 'My connection is not set up here',
      line: '',
      sentence:
        'An administrator has to say which custom field of PingPlotter holds whose computer it is.',
      actions: [],
    },
    'My connection is not set up here',
  );

const onlyInPrivate = (): Card =>
  statement(
    {
      title: 'I answer this to you alone',
      line: '',
      sentence: 'Here everybody would see it. Open a chat with me and write “my connection” there.',
      actions: [],
    },
    'I answer this to you alone',
  );

/** What the press on one of several does: a question takes the whole command along. */
type ConnectionPress =
  | { readonly verb: 'connection.show'; readonly data: { readonly own: AgentId } }
  | {
      readonly verb: 'connection.fit';
      readonly data: { readonly own: AgentId; readonly at: number };
    };

/** Nothing is guessed: what is not clear is said. */
export const notOne = (
  { own, shared }: Owned,
  { reader }: Pick<Turn, 'reader'>,
  press: (own: AgentId) => ConnectionPress = (one) => ({
    verb: 'connection.show',
    data: { own: one },
  }),
): Card => {
  const others =
    shared === 0
      ? ''
      : ` ${counted(shared, 'computer')} ${shared === 1 ? 'names' : 'name'} you and somebody else as owners, so I cannot tell whose ${shared === 1 ? 'it is' : 'they are'}.`;
  if (own.length > 0)
    return whichCard(
      {
        question: `${counted(own.length, 'computer')} ${own.length === 1 ? 'is' : 'are'} yours alone. Which one?${others}`,
        choices: own.slice(0, mostChoices).map(({ agent }) => ({
          title: fullName(agent),
          subtitle: '',
          ...press(agent.id),
        })),
        more: Math.max(0, own.length - mostChoices),
      },
      reader,
    );
  const title =
    shared === 0 ? 'I find no computer of yours' : 'I cannot tell which computer is yours';
  return statement(
    {
      title,
      line: '',
      sentence:
        `${others.trim()} Ask your help desk to write your address, and only yours, into PingPlotter where it says whose computer it is.`.trim(),
      actions: [runCommand('Who am I', 'whoami')],
    },
    title,
  );
};

const mostChoices = 10;
