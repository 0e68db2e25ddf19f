import { changeReply } from '../../chat/reply.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { Conversation, Installations } from '../../platform/conversation.ts';
import type { Card } from '../../platform/messenger.ts';
import { normalizeId } from '../../shared/names.ts';
import { execute } from '../../ui/action.ts';
import { statement } from '../../ui/plain-cards.ts';
import { onlyOwn } from './domain/owner.ts';
import { type OwnAgentPorts, type Owner, ownedNow, ownerWho } from './own-agent.ts';
import { forAsker, notOne, notSetUp } from './show-connection.ts';
import type { NotifyWishes } from './store.ts';

export interface NotifyPorts extends OwnAgentPorts {
  readonly store: {
    readonly notifyWishes: NotifyWishes;
    readonly installations: Pick<Installations, 'list'>;
  };
}

/** From now on the person hears in their 1:1 chat how fit for calls their connection is. */
export const notifyMe =
  (ports: NotifyPorts) =>
  async (turn: Turn): Promise<Reply> => {
    const { ownerField: field, store } = ports;
    if (field === undefined) return forAsker(turn, notSetUp());
    const { account, address } = turn.scope;
    const owner = await ownerWho(ports)(turn.scope);
    const owned = await ownedNow(ports)(account, owner, field);
    if (onlyOwn(owned) === undefined || owner.objectId === '')
      return forAsker(turn, notOne(owned, turn));
    const chat = await chatWith(ports, turn, owner);
    if (chat === undefined) return forAsker(turn, noChat());
    const personId = normalizeId(owner.objectId);
    const tenantId = normalizeId(address.tenantId);
    await store.notifyWishes.set({
      ...chat,
      tenantId,
      personId,
      teamsId: turn.scope.person.id,
      keys: [...owner.keys],
    });
    return alone(turn, await changeReply({ after: 'notified' }, notified), notified());
  };

export const notifyMeNoMore =
  (ports: NotifyPorts) =>
  async (turn: Turn): Promise<Reply> => {
    if (ports.ownerField === undefined) return forAsker(turn, notSetUp());
    const { account, address } = turn.scope;
    const { objectId } = await ownerWho(ports)(turn.scope);
    const key = { tenantId: normalizeId(address.tenantId), personId: normalizeId(objectId) };
    const had = await ports.store.notifyWishes.remove({ account, ...key });
    return alone(turn, await changeReply({ after: 'not notified' }, () => ended(had)), ended(had));
  };

/** With what was changed, for the audit log. */
const alone = (turn: Turn, change: Reply, card: Card): Reply => ({
  ...change,
  ...forAsker(turn, card),
});

/** This chat, if it is the person's own; else the one that the bot has with them. */
const chatWith = async (
  { store }: NotifyPorts,
  { scope }: Turn,
  { objectId }: Owner,
): Promise<Conversation | undefined> => {
  const { account, conversationKey, address } = scope;
  if (address.kind === 'personal') return { account, conversationKey };
  const places = await store.installations.list(account);
  const chat = places.find(
    ({ kind, state, tenantId, personId = '' }) =>
      kind === 'personal' &&
      state === 'alive' &&
      normalizeId(tenantId) === normalizeId(address.tenantId) &&
      normalizeId(personId) === normalizeId(objectId),
  );
  return chat && { account, conversationKey: chat.conversationKey };
};

const notified = (): Card =>
  statement(
    {
      title: 'I will tell you',
      line: '',
      sentence:
        'In our 1:1 chat you hear when your connection is not fit for calls, after two bad measurements in a row, and when it is fine again. While your computer is offline I say nothing.',
      actions: [execute('Stop notifying me', 'connection.notify', { on: false })],
    },
    'You are notified of your connection',
  );

const ended = (had: boolean): Card => {
  const title = had ? 'I tell you no more' : 'You were not notified';
  return statement(
    {
      title,
      line: '',
      sentence: 'You hear nothing of your connection by itself.',
      actions: [execute('Notify me', 'connection.notify', { on: true })],
    },
    title,
  );
};

const noChat = (): Card =>
  statement(
    {
      title: 'We have no 1:1 chat yet',
      line: '',
      sentence:
        'Open this app among your apps in Teams and write “notify me” in its chat: there I can tell you.',
      actions: [],
    },
    'We have no 1:1 chat yet',
  );
