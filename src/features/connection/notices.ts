import { z } from 'zod';
import type { Member } from '../../chat/person.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Conversation } from '../../platform/conversation.ts';
import { defineNotice } from '../../platform/notice.ts';
import { optional } from '../../shared/optional.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { type ConnectionModel, connectionCard } from './cards/connection.ts';
import { Fitness } from './domain/fitness.ts';
import { onlyOwn, ownedBy, ownerKeys } from './domain/owner.ts';
import type { OwnAgentPorts } from './own-agent.ts';
import { likelyOf } from './show-connection.ts';
import type { NotifyWishes } from './store.ts';

const ConnectionPayload = z
  .object({
    kind: z.literal('connection'),
    tenantId: z.string(),
    personId: z.string(),
    agentId: z.string(),
    news: z.enum(['unfit', 'fine']),
    /** The card that says that it began. */
    problem: z.string(),
  })
  .readonly();
type ConnectionPayload = z.infer<typeof ConnectionPayload>;

declare module '../../platform/notice.ts' {
  interface Notices {
    connection: ConnectionPayload;
  }
}

interface Ports extends Pick<OwnAgentPorts, 'comparisons' | 'ownerField'> {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'last' | 'read'>;
  /** Somebody of a conversation, by its roster; nothing where they are not in it. */
  readonly findMember: (to: Conversation, id: string) => Promise<Member | undefined>;
  readonly store: { readonly notifyWishes: NotifyWishes };
}

/** Undefined where the person does not want it any more, is not in that chat, or does not own the agent alone by now. */
const load = async (
  { comparisons, fleets, ownerField, findMember, store }: Ports,
  { tenantId, personId, agentId, news, problem }: ConnectionPayload,
  to: Conversation,
): Promise<ConnectionModel | undefined> => {
  const wish = await store.notifyWishes.find({ account: to.account, tenantId, personId });
  if (ownerField === undefined || wish?.conversationKey !== to.conversationKey) return undefined;
  // What is over before it was sent is no news.
  const state = Fitness.safeParse(wish.state).data;
  if (news === 'unfit' && state?.notified !== problem) return undefined;
  const member = await findMember(to, wish.teamsId);
  if (member === undefined) return undefined;
  const { objectId, addresses = [], guest } = member;
  const fleet = fleets.last(to.account) ?? (await fleets.read(to.account));
  const keys = ownerKeys([objectId, ...(guest ? [] : addresses)]);
  const view = onlyOwn(await ownedBy(keys, fleet.agents, ownerField));
  if (view?.agent.id !== agentId) return undefined;
  const likely = await likelyOf({ comparisons }, to.account, view);
  return { view, news, notifies: true, ...optional('likely', likely) };
};

const connectionNotice = defineNotice('connection', {
  payload: ConnectionPayload,
  lasts: true,
  load,
  view: (model, reader, { news, problem }) => ({
    card: connectionCard(model, reader),
    ...(news === 'fine' ? { follows: problem, after: [problem] } : {}),
  }),
});

export const connectionNotices = { connection: connectionNotice };
