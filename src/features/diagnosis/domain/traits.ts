import type { Agent } from '../../../platform/agent.ts';
import { fold } from '../../../shared/fold.ts';

/**
 * What an agent has in common with others, and what may break for all who have it. 'gateway' = one network at one
 * place, 'line' = the public address of a place, 'prefix' = a provider's addresses, 'pool' = one concentrator of a VPN.
 */
export type TraitKind =
  | 'field'
  | 'gateway'
  | 'line'
  | 'prefix'
  | 'vpn'
  | 'pool'
  | 'platform'
  | 'version';

/** Its texts come from outside: escape them. */
export interface Trait {
  readonly kind: TraitKind | 'target';
  /** The custom field's name; empty for the others. */
  readonly name: string;
  readonly value: string;
}

export type TracedAgent = Pick<
  Agent,
  'id' | 'customFields' | 'network' | 'address' | 'vpn' | 'platform' | 'clientDetails'
>;

/** A place: it is where an agent is, not what it is. */
export const isPlace = ({ kind, name }: Pick<Trait, 'kind' | 'name'>): boolean =>
  kind === 'field' && placeField.test(name);

/** What an agent shares with those at the same place. */
export const isSite = (trait: Pick<Trait, 'kind' | 'name'>): boolean =>
  trait.kind === 'gateway' || trait.kind === 'line' || isPlace(trait);

const placeField = /site|location|office|building|branch|city|region/iu;

/** Each once, by its key. */
export const traitsOf = (agent: TracedAgent): ReadonlyMap<string, Trait> => {
  const { network, address, vpn, platform = '', clientDetails = '' } = agent;
  const found = new Map<string, Trait>();
  const add = (kind: TraitKind, value: string, name = '', apart = ''): void => {
    if (value.trim() !== '') found.set(keyOf({ kind, name, value }) + apart, { kind, name, value });
  };
  const line = address !== undefined && isPublic(address) ? address : '';
  for (const { name, value } of agent.customFields) add('field', value, name);
  // Many homes use the same gateway address: two different public addresses mean two places.
  add('gateway', network?.gateway ?? '', '', `\n${line}`);
  add('line', line);
  for (const prefix of prefixesOf(line)) add('prefix', prefix);
  if (vpn === true) add('vpn', 'VPN');
  if (vpn === true)
    for (const pool of prefixesOf(network?.address ?? '').slice(0, 1)) add('pool', pool);
  if (platform !== 'NotSpecified') add('platform', platform);
  add('version', clientDetails);
  return found;
};

/** Two are the same by the one rule of sameness. Of a gateway, its place belongs to it as well. */
const keyOf = ({ kind, name, value }: Trait): string => `${kind}\n${fold(name)}\n${fold(value)}`;

const privateAddress =
  /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^f[cde]|^::1?$/iu;

const isPublic = (address: string): boolean => !privateAddress.test(address.trim());

/** The wider one first; none of what is no address. */
const prefixesOf = (address: string): readonly string[] => {
  const four = /^(\d{1,3}\.\d{1,3})\.(\d{1,3})\.\d{1,3}$/u.exec(address.trim());
  if (four !== null) return [`${four[1]}.*`, `${four[1]}.${four[2]}.*`];
  const six = /^([\da-f]{1,4}:[\da-f]{1,4}):([\da-f]{1,4}):/iu.exec(address.trim());
  return six === null ? [] : [`${six[1]}:*`, `${six[1]}:${six[2]}:*`];
};
