import { plain, plainName } from '../../../ui/escape.ts';
import { bold, run, type TextRun } from '../../../ui/rich-text.ts';
import type { Likely } from '../domain/diagnosis.ts';

/** Answers "Where is it broken?" in one sentence. Empty if the facts support no answer. */
export const likelyRuns = ({
  diagnosis,
  target,
}: {
  readonly diagnosis?: Likely;
  readonly target?: { readonly name: string };
}): readonly TextRun[] => {
  const cause = causes[diagnosis?.likely ?? '']?.(plainName(target?.name ?? '', 40));
  if (diagnosis === undefined || cause === undefined) return [];
  const because = diagnosis.because.slice(0, shownFacts).map((fact) => plain(fact, 120));
  return because.length === 0
    ? [bold(`Likely ${cause}.`)]
    : [bold(`Likely ${cause}: `), run(`${joined(because)}.`)];
};

/** The line where the facts support no answer. */
export const noClearCause: readonly TextRun[] = [bold('No clear cause')];

const shownFacts = 4;

const causes: Readonly<Record<string, (target: string) => string>> = {
  wifi: () => "this machine's Wi-Fi",
  site: () => 'the network at its site',
  service: (target) => `${target} itself`,
  machine: () => 'this machine',
  vpn: () => 'its VPN',
};

/** `a` or `a, and b`. The parts are clauses, so a comma precedes `and`. */
const joined = (clauses: readonly string[]): string =>
  [...clauses.slice(0, -1), ...clauses.slice(-1).map((last) => lead(clauses.length) + last)].join(
    ', ',
  );

const lead = (count: number): string => (count > 1 ? 'and ' : '');
