import { plain } from '../../../ui/escape.ts';
import { isSilent } from '../domain/verdicts.ts';
import type { RuleAnswers } from '../store.ts';

/** What people say of the rules that name causes, the worst first; plain text. */
export const rulesText = (rules: readonly RuleAnswers[]): string =>
  rules
    .toSorted((a, b) => a.right * b.answers - b.right * a.answers)
    .map((one) => {
      const { right, answers } = one;
      const share = `${ruleName(one.rule)} ${right} of ${answers} (${Math.round((100 * right) / answers)} %)`;
      return isSilent(one) ? `${share}: silent, because too few were right` : share;
    })
    .join(', ');

const names: ReadonlyMap<string, string> = new Map([
  ['wifi', 'Wi-Fi'],
  ['machine', 'machine'],
  ['alone', 'machine or its connection'],
  ['gateway', 'network inside a site'],
  ['line', 'line of a site'],
  ['site', 'site'],
  ['provider', 'provider'],
  ['service', 'service'],
  ['vpn', 'VPN'],
  ['platform', 'platform'],
  ['version', 'version'],
  ['group.field', 'several: a field'],
  ['group.gateway', 'several: a gateway'],
  ['group.line', 'several: an address'],
  ['group.prefix', 'several: a provider'],
  ['group.vpn', 'several: the VPN'],
  ['group.pool', 'several: one VPN'],
  ['group.platform', 'several: a platform'],
  ['group.version', 'several: a version'],
  ['group.target', 'several: a target'],
]);

const ruleName = (rule: string): string => names.get(rule) ?? plain(rule, 40);
