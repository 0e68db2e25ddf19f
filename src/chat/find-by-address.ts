import { wholeAddress } from '../shared/address.ts';
import { mayAct } from '../shared/role.ts';
import { whichCard } from '../ui/which.ts';
import { withoutEndSigns } from './command-line.ts';
import { privateReply } from './reply.ts';
import { type AgentFinder, knownAs, most, showChoice } from './resolve-agent.ts';
import type { Reply, Turn } from './turn.ts';

/**
 * The id of the agent that has the address that was typed alone, or a question where it has none or several. Only the
 * whole of an address counts: a part would be a guess. Undefined for any other text.
 */
export const findByAddress = async (
  { finder }: { readonly finder: AgentFinder },
  turn: Turn,
  text: string,
): Promise<string | Reply | undefined> => {
  const address = wholeAddress(withoutEndSigns(text.trim()));
  if (address === undefined || !mayAct(turn.scope.role, 'viewer')) return undefined;
  const found = await finder.withAddress(turn.scope.account, address);
  const [agent, ...others] = found;
  if (agent !== undefined && others.length === 0) return agent.id;
  const question =
    agent === undefined
      ? `No agent has the address ${address}.`
      : `${found.length} agents have the address ${address}. Which one?`;
  const choices = found.slice(0, most).map((one) => showChoice(one, knownAs(one)));
  const more = found.length - choices.length;
  return privateReply(whichCard({ question, choices, more }, turn.reader));
};
