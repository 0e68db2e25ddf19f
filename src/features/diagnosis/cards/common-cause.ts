import { plain, plainName } from '../../../ui/escape.ts';
import { bold, run, type TextRun } from '../../../ui/rich-text.ts';
import type { CommonCause } from '../domain/common-cause.ts';
import { isPlace, type Trait } from '../domain/traits.ts';
import { noClearCause } from './likely.ts';

/** The line of a group: its common cause with the evidence, and who does not share it. */
export const commonCauseRuns = (
  cause: CommonCause | undefined,
  strays: readonly string[],
): readonly TextRun[] => {
  if (cause === undefined) return noClearCause;
  const apart = straysText(strays);
  return [
    bold(`Likely ${commonCauseText(cause)}: `),
    run(`${evidence(cause)}.${apart === '' ? '' : ` ${apart}`}`),
  ];
};

export const commonCauseText = (cause: Trait): string => {
  const value = plain(cause.value, 60);
  switch (cause.kind) {
    case 'gateway':
    case 'line':
      return `the network behind ${value}`;
    case 'prefix':
      return `the provider at ${value}`;
    case 'vpn':
      return 'the VPN';
    case 'pool':
      return `the VPN at ${value}`;
    case 'target':
      return `${value} itself`;
    case 'version':
      return `the version ${value}`;
    case 'platform':
      return `the platform ${value}`;
    default:
      return isPlace(cause) ? `the network at ${value}` : `${plain(cause.name, 40)} ${value}`;
  }
};

const evidence = (cause: CommonCause): string => {
  const { kind, members, of } = cause;
  const share = members === of ? `all ${of} agents` : `${members} of ${of} agents`;
  switch (kind) {
    case 'gateway':
      return `${share} behind this gateway`;
    case 'line':
      return `${share} behind this address`;
    case 'prefix':
      return `${share} at these addresses`;
    case 'vpn':
    case 'pool':
      return `${share} on it`;
    case 'target':
      return `${share} that trace it`;
    default:
      return isPlace(cause) ? `${share} there` : `${share} that have it`;
  }
};

const namedStrays = 3;

const straysText = (strays: readonly string[]): string => {
  if (strays.length === 0) return '';
  const named = strays.slice(0, namedStrays).map((name) => plainName(name, 40));
  const more = strays.length - named.length;
  const all = more > 0 ? [...named, `${more} more`] : named;
  const [last, ...before] = all.toReversed();
  const who = before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
  return `${who} ${strays.length === 1 ? 'does' : 'do'} not share it.`;
};
