import { plain, plainName } from '../../../ui/escape.ts';
import { bold, run, type TextRun } from '../../../ui/rich-text.ts';
import { type CommonCause, isPlace } from '../domain/common-cause.ts';
import { noClearCause } from './likely.ts';

/** The line of a group: its common cause with the evidence, and who does not share it. */
export const commonCauseRuns = (
  cause: CommonCause | undefined,
  strays: readonly string[],
): readonly TextRun[] => {
  if (cause === undefined) return noClearCause;
  const apart = straysText(strays);
  return [
    bold(`Likely ${causeText(cause)}: `),
    run(`${evidence(cause)}.${apart === '' ? '' : ` ${apart}`}`),
  ];
};

const causeText = (cause: CommonCause): string => {
  const value = plain(cause.value, 60);
  if (cause.kind === 'gateway') return `the network behind ${value}`;
  if (cause.kind === 'target') return `${value} itself`;
  return isPlace(cause) ? `the network at ${value}` : `${plain(cause.name, 40)} ${value}`;
};

const evidence = (cause: CommonCause): string => {
  const { kind, members, of } = cause;
  const share = members === of ? `all ${of} agents` : `${members} of the ${of} agents`;
  if (kind === 'gateway') return `${share} behind this gateway`;
  if (kind === 'target') return `${share} that measure it`;
  return isPlace(cause) ? `${share} there` : `${share} that have it`;
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
