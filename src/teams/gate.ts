import type { Activity } from './activity.ts';
import { serviceAt } from './service-address.ts';

export interface GateRules {
  readonly tokenChecks: boolean;
  readonly allowedTenants: readonly string[] | 'any';
  /** Lower case; `*.` in front means any subdomain. */
  readonly serviceHosts: readonly string[];
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Ids of Entra are written in either case. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const matches = (host: string, listed: string): boolean =>
  listed.startsWith('*.')
    ? host.endsWith(listed.slice(1)) && host.length > listed.length - 1
    : host === listed || host === `[${listed}]`;

const hostFault = (serviceUrl: string | undefined, rules: GateRules): string | undefined => {
  const service = serviceUrl === undefined ? undefined : serviceAt(serviceUrl);
  if (service === undefined) return 'no service url';
  const { protocol, hostname, username, password } = service.url;
  const here = loopback.test(hostname);
  const safe = protocol === 'https:' || (protocol === 'http:' && here);
  if (!safe || username !== '' || password !== '') return 'service url';
  const listed = rules.serviceHosts.some((host) => matches(hostname, host));
  return listed || (here && !rules.tokenChecks) ? undefined : 'service host';
};

/** The tenant that an activity names, if it names one and only one. */
export const tenantOf = ({ conversation, channelData }: Activity): string | undefined => {
  const named = [conversation?.tenantId, channelData?.tenant?.id].filter(
    (id): id is string => id !== undefined && id !== '',
  );
  const [first, second] = named;
  return first !== undefined && same(first, second ?? first) ? first : undefined;
};

const tenantFault = (activity: Activity, rules: GateRules): string | undefined => {
  const tenant = tenantOf(activity);
  if (tenant === undefined) return 'no tenant, or two';
  if (rules.allowedTenants === 'any') return undefined;
  return rules.allowedTenants.some((allowed) => same(allowed, tenant)) ? undefined : 'tenant';
};

/** Why an activity may not come in. Constant words: they name a metric too. */
export const activityFault = (activity: Activity, rules: GateRules): string | undefined => {
  const channels = rules.tokenChecks ? ['msteams'] : ['msteams', 'emulator'];
  if (!channels.includes(activity.channelId ?? '')) return 'channel';
  return tenantFault(activity, rules) ?? hostFault(activity.serviceUrl, rules);
};
