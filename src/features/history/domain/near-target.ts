import type { Agent } from '../../../platform/agent.ts';
import type { SessionView } from '../../fleet/domain/session-view.ts';

type Near = Pick<SessionView, 'id' | 'name' | 'address'>;

/**
 * The target on the agent's own side of the line: its gateway, else one in its own network. Nothing where the agent
 * traces none; an agent on a VPN has the far end of it as its gateway, which is not near.
 */
export const nearTarget = <S extends Near>(
  { network, vpn }: Pick<Agent, 'network' | 'vpn'>,
  sessions: readonly S[],
  besides: string,
): S | undefined => {
  const others = sessions.filter(({ id, address }) => id !== besides && address !== undefined);
  if (vpn === true) return undefined;
  return (
    others.find(({ address }) => address === network?.gateway) ??
    others.find(({ address }) => isBeside(address, network?.address))
  );
};

/** In the same network of 256 addresses; of IPv6 nobody knows how large it is. */
const isBeside = (address: string | undefined, own: string | undefined): boolean => {
  const network = /^(?:10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.(?:\d{1,3}\.)*/u.exec(
    own ?? '',
  );
  return network !== null && address?.startsWith(network[0]) === true && address !== own;
};
