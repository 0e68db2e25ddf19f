import { z } from 'zod';
import { optional } from '../../../shared/optional.ts';

/** A change of how an agent is connected. Its texts come from outside: escape them. */
export const ConnectionChange = z
  .object({
    what: z.enum(['to-wifi', 'to-cable', 'vpn-on', 'vpn-off', 'interface', 'address']),
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
    /** When a poll first saw it, in ms since 1970. */
    at: z.number(),
    /** When the poll before that did not see it yet. */
    after: z.number(),
  })
  .readonly();
export type ConnectionChange = z.infer<typeof ConnectionChange>;

/** How an agent is connected; what is unknown is absent. */
interface Connection {
  readonly wifi?: boolean;
  readonly vpn?: boolean;
  readonly interfaceName?: string;
  readonly interfaceAddress?: string;
  readonly address?: string;
}

/** What changed between two polls. Of several changes the one that explains the others: Wi-Fi has its own interface. */
export const connectionChange = (
  before: Connection,
  after: Connection,
  moment: { readonly now: number; readonly before: number },
): ConnectionChange | undefined => {
  const change = whatChanged(before, after);
  return change && { ...change, at: moment.now, after: moment.before };
};

const whatChanged = (
  before: Connection,
  after: Connection,
): Pick<ConnectionChange, 'what' | 'from' | 'to'> | undefined => {
  if (differs(before.wifi, after.wifi)) return { what: after.wifi ? 'to-wifi' : 'to-cable' };
  if (differs(before.vpn, after.vpn)) return { what: after.vpn ? 'vpn-on' : 'vpn-off' };
  if (differs(before.interfaceName, after.interfaceName))
    return fromTo('interface', before.interfaceName, after.interfaceName);
  if (differs(before.interfaceAddress, after.interfaceAddress))
    return fromTo('address', before.interfaceAddress, after.interfaceAddress);
  if (differs(before.address, after.address))
    return fromTo('address', before.address, after.address);
  return undefined;
};

/** What was unknown, or is, has not changed. */
const differs = <T>(a: T | undefined, b: T | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b;

const fromTo = (
  what: 'interface' | 'address',
  from: string | undefined,
  to: string | undefined,
) => ({ what, ...optional('from', from), ...optional('to', to) });
