import type { Reply, Turn } from '../../chat/turn.ts';
import type { AgentId } from '../../platform/agent.ts';
import type { Card } from '../../platform/messenger.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import { hourMs, type RolledHour } from '../history/domain/rolled-hour.ts';
import type { RollUps } from '../history/store.ts';
import { fitGuessCard } from './cards/fit-guess.ts';
import { askedHour, fitGuess } from './domain/fit-guess.ts';
import { onlyOwn } from './domain/owner.ts';
import { type OwnAgentPorts, ownedNow, ownerWho, readOwn } from './own-agent.ts';
import { forAsker, notOne, notSetUp } from './show-connection.ts';

export interface FitGuessPorts extends OwnAgentPorts {
  readonly store: { readonly rollUps: Pick<RollUps, 'visit'> };
}

/** Whether one's own connection will be fit for calls at a time, ms since 1970. Rejects as ownerWho and readOwn. */
export const showFitGuess =
  (ports: FitGuessPorts) =>
  async (turn: Turn, at: number, own?: AgentId): Promise<Reply> => {
    const { ownerField: field } = ports;
    if (field === undefined) return forAsker(turn, notSetUp());
    const { account } = turn.scope;
    const owner = await ownerWho(ports)(turn.scope);
    const owned = own === undefined ? await ownedNow(ports)(account, owner, field) : undefined;
    const id = own ?? (owned && onlyOwn(owned)?.agent.id);
    if (id === undefined)
      return forAsker(
        turn,
        notOne(owned ?? { own: [], shared: 0 }, turn, (one) => ({
          verb: 'connection.fit',
          data: { own: one, at },
        })),
      );
    const view = await readOwn(ports)(account, id, owner, field, turn.signal);
    return forAsker(turn, await cardOf(ports, turn, view, at));
  };

const cardOf = async (
  { store }: FitGuessPorts,
  { scope, reader }: Turn,
  { agent, sessions }: AgentView,
  at: number,
): Promise<Card> => {
  const { hour, weekend, before } = askedHour(at, reader);
  const ids = new Set(sessions.map(({ id }) => id));
  const hours: RolledHour[] = [];
  const period = {
    from: Math.min(hour, ...before),
    until: Math.max(...before, 0) + hourMs,
    agents: new Set([agent.id]),
  };
  if (before.size > 0)
    await store.rollUps.visit(scope.account, period, ({ sessionId }, rolled) => {
      if (ids.has(sessionId) && before.has(rolled.at)) hours.push({ ...rolled });
    });
  const name = fullName(agent);
  return fitGuessCard(
    { agent: { id: agent.id, name }, guess: fitGuess(hours), hour, weekend },
    reader,
  );
};
